"""What changed between two editions (版の差), item by item: the list a town checks before it moves to a new edition."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING

from yakuba.layouts.page import digits, html_document, html_table, standing_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yakuba.layouts.model import CodeList, Group, Item, Layout

RENAME_LIKENESS = 0.6
"""How alike two items must be to be called a renamed candidate; found by looking at the 031 editions."""
OTHER_TYPE = 0.8
SAME_DIGITS = 0.1


class Kind(StrEnum):
    """What happened."""

    GROUP_ADDED = "group-added"
    GROUP_REMOVED = "group-removed"
    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed?"
    """A removed and an added item that look alike: a person decides."""
    TYPE = "type"
    DIGITS = "digits"
    KEY = "key"
    OUTPUT = "output"
    CODES = "codes"

    @property
    def japanese(self) -> str:
        """The word shown to people."""
        return _JAPANESE[self]


_JAPANESE = {
    Kind.GROUP_ADDED: "グループ追加",
    Kind.GROUP_REMOVED: "グループ削除",
    Kind.ADDED: "項目追加",
    Kind.REMOVED: "項目削除",
    Kind.RENAMED: "名称変更の候補",
    Kind.TYPE: "型の変更",
    Kind.DIGITS: "桁数の変更",
    Kind.KEY: "キーの変更",
    Kind.OUTPUT: "出力条件の変更",
    Kind.CODES: "コードの変更",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Attributes:
        kind: see `Kind`. group: group name. item: item name in the new edition (in the old one when removed).
        before, after: values in the old and the new edition.
    """

    kind: Kind
    group: str
    item: str
    before: str
    after: str

    def as_dict(self) -> dict[str, str]:
        """Plain values, for JSON."""
        return {key: str(value) for key, value in asdict(self).items()}


def diff(old: Layout, new: Layout) -> list[Change]:
    """All differences from `old` to `new`, group by group in the order of the new edition, removed ones last."""
    changes: list[Change] = []
    for group in new.groups:
        before = old.by_name.get(group.name)
        if before is None:
            changes.append(Change(Kind.GROUP_ADDED, group.name, "", "", f"{len(group.items)} 項目"))
        else:
            changes.extend(_group(before, group, old, new))
    gone = [group for group in old.groups if group.name not in new.by_name]
    changes += [Change(Kind.GROUP_REMOVED, group.name, "", f"{len(group.items)} 項目", "") for group in gone]
    return changes


def _group(before: Group, after: Group, old: Layout, new: Layout) -> list[Change]:
    removed = [item for item in before.items if item.name not in after.by_name]
    added = [item for item in after.items if item.name not in before.by_name]
    renamed = _renamed(removed, added)
    changes: list[Change] = []
    for item in after.items:
        was = before.by_name.get(item.name) or renamed.get(item.name)
        if was is None:
            changes.append(Change(Kind.ADDED, after.name, item.name, "", _short(item)))
            continue
        if was.name != item.name:
            changes.append(Change(Kind.RENAMED, after.name, item.name, was.name, item.name))
        changes.extend(_item(was, item, old, new))
    gone = {item.name for item in renamed.values()}
    changes += [
        Change(Kind.REMOVED, after.name, item.name, _short(item), "") for item in removed if item.name not in gone
    ]
    return changes


def _item(was: Item, item: Item, old: Layout, new: Layout) -> list[Change]:
    pairs = [
        (Kind.TYPE, was.type.value, item.type.value),
        (Kind.DIGITS, digits(was), digits(item)),
        (Kind.KEY, "主キー" if was.key else "", "主キー" if item.key else ""),
        (Kind.OUTPUT, _when(was), _when(item)),
        (Kind.CODES, *_code_difference(old.codes.get(was.codes), new.codes.get(item.codes))),
    ]
    return [Change(kind, item.group, item.name, before, after) for kind, before, after in pairs if before != after]


def _when(item: Item) -> str:
    return f"{item.output} {item.condition}".strip()


def _short(item: Item) -> str:
    return f"{item.type} {digits(item)}".strip()


def _code_difference(old: CodeList | None, new: CodeList | None) -> tuple[str, str]:
    """The values that are not the same on both sides; empty on both when the lists say the same."""
    before, after = old.values if old else {}, new.values if new else {}
    if (old is None) != (new is None):
        return (_values(before) if old else "なし", _values(after) if new else "なし")
    only = {value: text for value, text in before.items() if after.get(value) != text}
    fresh = {value: text for value, text in after.items() if before.get(value) != text}
    return _values(only), _values(fresh)


def _values(values: dict[str, str]) -> str:
    return "、".join(f"{value} {text}" for value, text in values.items())


def _renamed(removed: Sequence[Item], added: Sequence[Item]) -> dict[str, Item]:
    """New name → old item, the likest pairs first, each item once."""
    pairs = [(likeness(was, item), was, item) for was in removed for item in added]
    pairs = [pair for pair in pairs if pair[0] >= RENAME_LIKENESS]
    found: dict[str, Item] = {}
    for _, was, item in sorted(pairs, key=lambda pair: -pair[0]):
        if item.name not in found and was.name not in {one.name for one in found.values()}:
            found[item.name] = was
    return found


def likeness(was: Item, item: Item) -> float:
    """How alike two items are: name and definition as text (0…1), and whether type and digits are the same."""
    names = SequenceMatcher(None, was.name, item.name, autojunk=False).ratio()
    words = SequenceMatcher(None, was.definition, item.definition, autojunk=False).ratio() if was.definition else names
    text = max(names, (names + words) / 2)
    if was.type is not item.type:
        return text * OTHER_TYPE
    return text + (SAME_DIGITS if was.digits == item.digits else 0.0)


def html_report(old: Layout, new: Layout, changes: Sequence[Change]) -> str:
    """The differences as one HTML document."""
    title = f"版の差 {old.id} → {new.id}"
    rows = [(change.kind.japanese, change.group, change.item, change.before, change.after) for change in changes]
    body = (
        f"<h1>{title}</h1>"
        f'<p class="standing">旧: {standing_sentence(old)}</p><p class="standing">新: {standing_sentence(new)}</p>'
        + html_table(f"{len(rows)} 件", ("種類", "グループ", "項目", "旧", "新"), rows)
    )
    return html_document(title, body)
