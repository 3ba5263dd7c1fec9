"""外部キー: where an item points to, as written in a catalog table and as one reference of a whole group."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yakuba.layouts.model import Group

_TARGET = re.compile(r"([^/|]+)/([^./|]+)\.([^/|]+)")


@dataclass(frozen=True, slots=True)
class Target:
    """Items of another group: `business`/`group`, and there `items`, in the order of the pointing items."""

    business: str
    group: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference (参照) of a group: its `items` together are found in one of `targets`.

    More than one target means "one of them": an addressee may be a resident or a person outside the register.
    """

    items: tuple[str, ...]
    targets: tuple[Target, ...]


def parse_foreign(text: str) -> tuple[Target, ...]:
    """Read 外部キー: `業務/グループ.項目`, several joined with `|`.

    Raises:
        ValueError: not of that form.

    >>> parse_foreign("住民基本台帳/住民情報.宛名番号")
    (Target(business='住民基本台帳', group='住民情報', items=('宛名番号',)),)
    """
    targets = []
    for part in text.split("|") if text else ():
        match = _TARGET.fullmatch(part)
        if match is None:
            raise ValueError(f"{part!r} is not 業務/グループ.項目")
        targets.append(Target(match[1], match[2], (match[3],)))
    return tuple(targets)


def references(group: Group) -> tuple[Reference, ...]:
    """All references of a group.

    Items that point to different items of the same group are one reference with several items; items that point to
    the same item (applicant and other party are both residents) are references of their own.
    """
    single = [Reference((item.name,), parse_foreign(item.foreign)) for item in group.items if item.foreign]
    joined: list[Reference] = []
    while single:
        first = single.pop(0)
        for other in [other for other in single if _joins(first, other)]:
            single.remove(other)
            first = Reference(first.items + other.items, _zipped(first.targets, other.targets))
        joined.append(first)
    return tuple(joined)


def _joins(first: Reference, other: Reference) -> bool:
    places = [(target.business, target.group) for target in first.targets]
    same = places == [(target.business, target.group) for target in other.targets]
    return same and not any(
        set(one.items) & set(two.items) for one, two in zip(first.targets, other.targets, strict=False)
    )


def _zipped(first: tuple[Target, ...], other: tuple[Target, ...]) -> tuple[Target, ...]:
    return tuple(Target(one.business, one.group, one.items + two.items) for one, two in zip(first, other, strict=True))
