"""Rights (権限): what can be allowed, for how long, and which items only some may see.

A right names an action, a business and an item group, and always has an end. Groups of items are data
(`item_groups.csv`): a municipality switches them on per person, whatever screen shows them.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yakuba.tenancy.acting import Actor

ALL = "*"
"""Every business, or every item group."""
ORDINARY = ""
"""Items of a business that no group sets apart."""
ALWAYS = "always"
"""Pseudo group of items that nobody may be kept from once the business is open to them (続柄)."""
_MARCH, _LAST = 3, 31


class Action(StrEnum):
    """What a person may be allowed to do; each is switched on its own, none follows from rank or another one."""

    VIEW = "view"
    OUTPUT = "output"
    WRITE = "write"
    ISSUE = "issue"
    VOID = "void"
    CERTIFICATES = "certificates"
    LOAD = "load"
    EXPORT = "export"
    MIGRATE = "migrate"
    DECIDE = "decide"
    RIGHTS = "rights"
    AUDIT = "audit"
    PROTECTED_VIEW = "protected_view"
    PROTECTED_MANAGE = "protected_manage"
    BLOCK_SET = "block_set"
    BLOCK_RELEASE = "block_release"
    BLOCK_SUSPEND = "block_suspend"
    OPERATE = "operate"

    @property
    def label(self) -> str:
        """Its name on screens, in the words of the standard specification."""
        return _LABELS[self]

    @property
    def by_business(self) -> bool:
        """Whether it is allowed business by business; the others hold for the municipality."""
        return self in {Action.VIEW, Action.OUTPUT, Action.WRITE, Action.ISSUE}

    @property
    def grantable(self) -> bool:
        """Whether somebody can be given it: operating a group follows from the account itself."""
        return self is not Action.OPERATE


_LABELS = {
    Action.VIEW: "照会",
    Action.OUTPUT: "出力（EUC）",
    Action.WRITE: "異動入力",
    Action.ISSUE: "証明書の交付",
    Action.VOID: "交付の取消し",
    Action.CERTIFICATES: "証明書の設定と承認",
    Action.LOAD: "取込み",
    Action.EXPORT: "全件の書出し",
    Action.MIGRATE: "データ移行",
    Action.DECIDE: "移行時の決定",
    Action.RIGHTS: "権限の管理",
    Action.AUDIT: "操作ログの照会",
    Action.PROTECTED_VIEW: "支援対象者照会",
    Action.PROTECTED_MANAGE: "支援対象者管理",
    Action.BLOCK_SET: "抑止の設定",
    Action.BLOCK_RELEASE: "抑止の解除",
    Action.BLOCK_SUSPEND: "抑止の一時解除",
    Action.OPERATE: "共同利用の運用",
}


@dataclass(frozen=True, slots=True)
class Grant:
    """One right as it was given: from the first to the last day, both included."""

    action: Action
    business: str
    item_group: str
    valid_from: date
    valid_until: date
    exceptional: bool = False
    reason: str = ""

    def allows(self, action: Action, business: str, item_group: str, on: date) -> bool:
        """Whether it allows this on this day; an action that is not given by business takes no notice of one."""
        if action is not self.action or not self.valid_from <= on <= self.valid_until:
            return False
        if not action.by_business:
            return True
        return (not business or self.business in (ALL, business)) and self.item_group in (ALL, item_group)


@dataclass(frozen=True, slots=True)
class ItemGroup:
    """項目群: items that only some may see. pattern: searched for in the official item name."""

    identifier: str
    label: str
    pattern: re.Pattern[str]
    business: str
    why: str


@cache
def item_groups() -> tuple[ItemGroup, ...]:
    """All rows of item_groups.csv in their order; the first that fits an item is the item's group."""
    text = files("yakuba.tenancy").joinpath("item_groups.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple(
        ItemGroup(row["item_group"], row["label"], re.compile(row["pattern"]), row["business"], row["why"])
        for row in rows
    )


@cache
def item_group_labels() -> dict[str, str]:
    """Label by identifier, of the groups that can be granted."""
    return {group.identifier: group.label for group in item_groups() if group.identifier != ALWAYS}


@cache
def item_group_of(business: str, item_name: str) -> str:
    """Group of an item: `ORDINARY`, `ALWAYS`, or the identifier of the group that sets it apart."""
    for group in item_groups():
        if group.business in (ALL, business) and group.pattern.search(item_name):
            return group.identifier
    return ORDINARY


def masked(actor: Actor, business: str, item_names: Iterable[str]) -> frozenset[str]:
    """The items that this actor must not see; all of them where the business itself is closed to the actor.

    Args:
        business: identifier of the business (juminkihondaicho).
        item_names: official item names (本籍).
    """
    names = frozenset(item_names)
    if not actor.may(Action.VIEW, business):
        return names
    shown = {ORDINARY, ALWAYS} | {group for group in item_group_labels() if actor.may(Action.VIEW, business, group)}
    return frozenset(name for name in names if item_group_of(business, name) not in shown)


def fiscal_year_end(day: date) -> date:
    """Last day of the fiscal year (年度) of a day: 31 March.

    >>> fiscal_year_end(date(2026, 3, 31)), fiscal_year_end(date(2026, 4, 1))
    (datetime.date(2026, 3, 31), datetime.date(2027, 3, 31))
    """
    return date(day.year + (day.month > _MARCH), _MARCH, _LAST)
