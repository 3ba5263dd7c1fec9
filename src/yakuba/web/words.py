"""Words of the screens: dates, businesses and item groups as people read them here."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django.utils import timezone

from yakuba.kernel.dates.wareki import Wareki
from yakuba.layouts.read import layouts
from yakuba.tenancy.rights import item_group_labels

if TYPE_CHECKING:
    from datetime import date, datetime


def wareki(day: date | None) -> str:
    """令和8年11月20日; "" for no day."""
    if day is None:
        return ""
    found = Wareki.from_iso(day.isoformat())
    return found.text() if found else day.isoformat()


def day_of(moment: datetime) -> str:
    """令和8年11月20日: the town's day of a moment."""
    return wareki(timezone.localdate(moment))


def date_and_time(moment: datetime) -> str:
    """令和8年11月20日 9時05分, in the time zone the moment is in."""
    return f"{wareki(moment.date())} {moment.hour}時{moment:%M}分"


@cache
def business_names() -> dict[str, str]:
    """Official name of every business of the catalog, by identifier; the name of the newest edition counts."""
    return {found.identifier: found.business for found in sorted(layouts(), key=lambda one: one.edition)}


def business_label(identifier: str) -> str:
    """住民基本台帳 for juminkihondaicho; すべて for "*"."""
    return {"*": "すべて", "": ""}.get(identifier) or business_names().get(identifier, identifier)


def item_group_label(identifier: str) -> str:
    """個人番号 for mynumber; すべて for "*"; 通常の項目 for ""."""
    return {"*": "すべて", "": "通常の項目"}.get(identifier) or item_group_labels().get(identifier, identifier)
