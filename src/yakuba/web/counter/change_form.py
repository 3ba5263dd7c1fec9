"""The form of 異動入力: what the clerk chose and typed, and the fields, typed by the layout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms

from yakuba.web.components import Form
from yakuba.web.counter.people import NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yakuba.registry.queries import Entry, Field
    from yakuba.web.screens import StaffRequest

KEY, SEEN = "v-", "w-"
"""Beginnings of the names of an item's field, and of what stood in it; the page has other fields of its own."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the clerk sent.

    Attributes:
        why: 異動事由 (code). items: that are on the page. typed: item → text. seen: item → text that stood in the
            field before. reason: for the log. version: of the person as the clerk saw it.
    """

    why: str
    items: tuple[str, ...]
    typed: Mapping[str, str]
    seen: Mapping[str, str]
    reason: str
    version: int

    @property
    def changed(self) -> dict[str, str]:
        """What the clerk typed; a field that was left alone must not undo what somebody else has written to it."""
        return {name: text for name, text in self.typed.items() if text.strip() != self.seen.get(name, "")}


class Typed(Form):
    """The fields of one change: days, the chosen items as their layout types them, the reason for the log."""

    def __init__(self, entry: Entry, asked: Asked, *, bound: bool) -> None:
        begin = start(entry)
        begin |= {name: text for name, text in asked.changed.items() if name in begin}
        sent = {KEY + name: text for name, text in begin.items()} | {"reason": asked.reason}
        super().__init__(sent if bound else None, initial=sent)
        for one in entry.fields:
            self.fields[KEY + one.name] = _field(one, new=one.name in days(entry))
        first = next(iter(self.fields.values()), None)
        if first is not None:
            first.widget.attrs["autofocus"] = True
        self.fields["reason"] = forms.CharField(
            label="理由",
            max_length=200,
            help_text="届出・通知・職権の根拠など。操作ログに残ります。",
            error_messages={"required": "理由を入力してください"},
        )


def days(entry: Entry) -> tuple[str, str]:
    """Days of the change itself: they begin empty, whatever the change before said."""
    return entry.day_item, entry.notified_item


def start(entry: Entry) -> dict[str, str]:
    """What stands in the fields before anything is typed."""
    return {one.name: "" if one.name in days(entry) else one.typed for one in entry.fields}


def _field(one: Field, *, new: bool) -> forms.Field:
    """A list for an item with codes, a line for all others."""
    now = "" if new else f"今：{one.text or '（空欄）'}"
    told = "　".join(part for part in (now, one.help) if part)
    if one.choices:
        choices = dict([("", "（空欄）"), *one.choices])
        choices.setdefault(one.typed, f"{one.typed}（一覧にない値）")
        return forms.ChoiceField(label=one.name, choices=list(choices.items()), required=False, help_text=told)
    style = {"autocomplete": "off", "class": "name" if NAMES.search(one.name) else ""}
    return forms.CharField(label=one.name, required=False, help_text=told, widget=forms.TextInput(style))


def asked_of(request: StaffRequest) -> Asked:
    """What came with the request."""
    sent = request.POST if request.method == "POST" else request.GET
    items = (*sent.getlist("item"), *sent.getlist("add"))
    typed, seen = (
        {key.removeprefix(start): str(sent[key]) for key in sent if key.startswith(start)} for start in (KEY, SEEN)
    )
    version = sent.get("version", "")
    return Asked(
        sent.get("why", ""), tuple(dict.fromkeys(items)), typed, seen, sent.get("reason", ""),
        int(version) if version.isdecimal() else 0,
    )  # fmt: skip
