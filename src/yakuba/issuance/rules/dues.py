"""納税証明書: there is something assessed in the chosen year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.issuance.application import Refusal

if TYPE_CHECKING:
    from yakuba.issuance.case import Case

GROUP = "収滞納管理/調定情報"


def check(case: Case) -> Refusal | None:
    """A paper without a line would say nothing and could be taken for 未納なし."""
    if case.terms.requires != "dues":
        return None
    year = str(case.application.choices.get("year", "")).strip()
    if not year:
        return Refusal("dues", "年度がありません", "年度を選んでください")
    if any(row.get("年度") == year for row in case.record.tables.get(GROUP, ())):
        return None
    return Refusal("dues", f"{year}年度の調定の記録がありません", "年度と税目を確かめてください")
