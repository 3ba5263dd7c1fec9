"""Words of the log (操作ログの言葉): what is written there for machines, as people read it."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from django.urls import reverse

from yakuba.tenancy.rights import Action, item_group_labels
from yakuba.web.admin.words import business_label
from yakuba.web.audiences import entries
from yakuba.web.words import wareki

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_LONGEST = 40
_GROUPS = {"": "通常の項目", "*": "すべての項目"}


@cache
def _table(kind: str) -> Mapping[str, str]:
    text = files(__package__).joinpath("log_words.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["word"]: row["japanese"] for row in rows if row["kind"] == kind}


def actions() -> Mapping[str, str]:
    """Everything that may be searched for: what the log says → what it means."""
    return _table("action")


def action(word: str) -> str:
    """What was done; a word that is not in the table as it was written."""
    return actions().get(word, word)


def place(text: str) -> str:
    """The screen; of an address that was refused the entry of the menu that it belongs to, with the address."""
    if "/" not in text:
        return text
    labels = {address: label for address, label in _menu().items() if text.startswith(address)}
    return f"{labels[max(labels, key=len)]}（{text}）" if labels else text


@cache
def _menu() -> Mapping[str, str]:
    """Label of every entry of the menu by its address."""
    found = {reverse(entry.name).lstrip("/"): entry.label for entry, _ in entries()}
    return {address: label for address, label in found.items() if address}


def who(login: str, name: str) -> tuple[str, str]:
    """The person and, quieter, the login name; a command on the server says that it is one."""
    if login == "system" or login.startswith("system:"):
        return "サーバーのコマンド", login.removeprefix("system").removeprefix(":")
    return (name, login) if name else (login, "")


def detail(said: Mapping[str, object]) -> str:
    """The rest of an entry in one line."""
    return "、".join(
        f"{_table('detail').get(name, name)} {text}" for name, value in said.items() if (text := _said(name, value))
    )


def _said(name: str, value: object) -> str:
    if value is True:
        return "はい"
    if value in (None, False, ""):
        return ""
    if isinstance(value, list):
        return "・".join(_said(name, one) for one in value)
    text = str(value)
    return _SPOKEN.get(name, _day)(text)[:_LONGEST]


def _day(text: str) -> str:
    try:
        return wareki(date.fromisoformat(text))
    except ValueError:
        return _table("value").get(text, text)


def _right(text: str) -> str:
    return "・".join(Action(one).label for one in text.split(", ") if one in set(Action)) or text


def _group(text: str) -> str:
    return (_GROUPS | item_group_labels()).get(text, text)


_SPOKEN: dict[str, Callable[[str], str]] = {"right": _right, "business": business_label, "item_group": _group}
