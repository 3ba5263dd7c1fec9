"""People as the counter's screens show them: marks, names, rows of a list, warnings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from django.urls import reverse

from yakuba.web.components import Cell, Column, Notice, Row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yakuba.registry.queries import Caution, Found, Person

JUKI = "juminkihondaicho"
"""The business whose right opens residents (住民基本台帳)."""
NAMES = re.compile(r"氏名|^氏|^名|筆頭者|旧氏|通称")
"""Items that hold a person's name: drawn in the font that has every character."""
_KINDS = {"error": "stop", "alert": "warn"}
_LEFT_OPEN = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff〓\ufffd]")
"""Characters whose shape nobody can be sure of: 外字 that were not identified, and what stands for a lost one."""
_MUST = {
    "protected": (
        "相手方やその代理人に、住所を知られてはなりません。証明書の交付・閲覧・回答は、責任者の確認が要ります。"
    ),
    "blocked": "この人に関わる処理は、抑止の担当者に確かめてから行ってください。",
    "leaving": "",
}


def address(addressee: str) -> str:
    """Address of a person's page."""
    return reverse("counter:resident", args=[addressee])


class Marked(Protocol):
    """Somebody in a list who may have to be treated with care."""

    @property
    def protected(self) -> bool:
        """支援措置."""

    @property
    def blocked(self) -> str:
        """抑止: "", "1" アラート, "2" エラー."""

    @property
    def leaving(self) -> str:
        """転出予定年月日, "" for none."""

    @property
    def removed(self) -> bool:
        """除票."""


def marks_of(found: Marked) -> list[tuple[str, str]]:
    """Marks behind a name in a list, the gravest first."""
    marks = []
    if found.protected:
        marks.append(("支援措置", "stop"))
    if found.blocked:
        marks.append(("抑止", "stop" if found.blocked == "2" else "warn"))
    if found.leaving:
        marks.append(("転出予定", "warn"))
    if found.removed:
        marks.append(("除票", "warn"))
    return marks


def row(found: Found) -> Row:
    """A line of a list of people."""
    marks = marks_of(found)
    if found.outsider:
        marks.append(("住登外", ""))
    other = "　".join(
        f"{label} {value}" for label, value in (("通称", found.alias), ("旧氏", found.former_name)) if value
    )
    small = "　".join(part for part in (found.kana, other) if part)
    return Row(
        (
            Cell(found.name, address(found.addressee), name=True, chips=tuple(marks), small=small),
            found.birth,
            found.sex,
            found.relation,
            found.address,
            found.addressee,
        ),
        gone=found.removed,
        pick="" if found.protected else found.addressee,
    )


COLUMNS = ("氏名", Column("生年月日", "w"), "性別", Column("続柄", "w"), "住所", "宛名番号")


def notices(told: Iterable[Caution]) -> list[Notice]:
    """What a clerk must know, before anything else."""
    return [Notice(one.title, f"{one.detail}\n{_MUST.get(one.kind, '')}".strip(), _KINDS[one.level]) for one in told]


def chips(person: Person) -> list[tuple[str, str]]:
    """Marks beside the name, the gravest first; of a day in the past only what has no day of its own."""
    words = {"protected": "支援措置", "blocked": "抑止", "leaving": "転出予定"}
    levels = {one.kind: one.level for one in reversed(person.warnings)}
    marks = [(word, _KINDS[levels[kind]]) for kind, word in words.items() if kind in levels]
    if not person.as_of:
        marks.append(("除票", "warn") if person.removed else ("住登外者", "") if person.outsider else ("住民", "ok"))
    if not person.outsider:
        marks.append(("外国人住民", "key") if person.foreign else ("日本人", ""))
    return marks


def unsure(texts: Iterable[str]) -> Notice | None:
    """An alert where a name holds a character that no font can be trusted to draw."""
    found = sorted({letter for text in texts for letter in _LEFT_OPEN.findall(text)})
    if not found:
        return None
    codes = "、".join(f"U+{ord(letter):04X}" for letter in found)
    return Notice("字形を確かめられない文字があります", f"{codes}。紙の原票と照らしてください。", "warn")
