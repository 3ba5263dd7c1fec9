"""所得・課税証明書: a decision of the year must be there; 未申告 is not the same as no income.

Source: seals-taxes of the national frame: a paper is not printable when 未申告; "not filed" is never shown as zero.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.issuance.application import Refusal

if TYPE_CHECKING:
    from yakuba.issuance.case import Case

GROUP = "個人住民税/賦課情報"
_NOT_FILED, _NEWEST = "0", "1"


def check(case: Case) -> Refusal | None:
    """The newest decision of the chosen year, and a declaration behind it."""
    if case.terms.requires != "tax":
        return None
    year = str(case.application.choices.get("year", "")).strip()
    if not year:
        return Refusal("tax", "年度がありません", "年度を選んでください")
    rows = [
        row
        for row in case.record.tables.get(GROUP, ())
        if row.get("年度") == year and row.get("最新フラグ", _NEWEST) == _NEWEST
    ]
    if not rows:
        return Refusal("tax", f"{year}年度の課税の記録がありません", "その年の1月1日の住所地を確かめてください")
    if rows[-1].get("課税区分") == _NOT_FILED:
        return Refusal("tax", f"{year}年度は未申告です", "住民税の申告を受け付けてから交付してください")
    return None
