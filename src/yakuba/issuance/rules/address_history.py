"""戸籍の附票の写し: this municipality keeps the 附票 of the person, and it is not under 支援措置."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.issuance.application import Refusal

if TYPE_CHECKING:
    from yakuba.issuance.case import Case

GROUP = "戸籍の附票/戸籍の附票"
_YES = "1"


def check(case: Case) -> Refusal | None:
    """There are rows, and none of them is marked."""
    if case.terms.requires != "address":
        return None
    rows = case.record.tables.get(GROUP, ())
    if not rows:
        return Refusal("address_history", "戸籍の附票がありません", "本籍地の市区町村に請求するよう案内してください")
    if case.release is None and any(row.get("支援措置有無") == _YES for row in rows):
        return Refusal("address_history", "支援措置の対象者が含まれます", "支援措置の責任者に引き継いでください")
    return None
