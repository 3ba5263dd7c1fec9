"""Words of administration: names of businesses, what a right allows, how long it still lasts."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django.utils import timezone

from yakuba.layouts.read import standard
from yakuba.tenancy.rights import ALL, Action
from yakuba.web.words import wareki

if TYPE_CHECKING:
    from datetime import date

    from yakuba.tenancy.queries import RightLine

SOON = 30
"""Days before its end from which a right is marked."""


@cache
def businesses() -> dict[str, str]:
    """Official name by identifier, of every business of the catalog, in the order of its codes."""
    return {layout.identifier: layout.business for name in ("kihon", "chukan") for layout in standard(name).layouts}


def business_label(identifier: str) -> str:
    """Name of a business as a right says it."""
    return {"": "", ALL: "すべての業務"}.get(identifier, businesses().get(identifier, identifier))


def what(right: RightLine) -> str:
    """A right in one phrase: 照会：住民基本台帳（通常の項目）."""
    if not Action(right.action).by_business:
        return right.label
    return f"{right.label}：{business_label(right.business)}（{right.item_group_label}）"


def until(day: date) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Last day as printed, and a mark when it is near or over."""
    left = (day - timezone.localdate()).days
    if left < 0:
        return wareki(day), (("期限切れ", ""),)
    if left <= SOON:
        return wareki(day), (("今日まで" if left == 0 else f"あと{left}日", "warn"),)
    return wareki(day), ()
