"""No fee without a reason that the ordinance knows (手数料の免除)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.issuance.application import Refusal, exemptions

if TYPE_CHECKING:
    from yakuba.issuance.case import Case


def check(case: Case) -> Refusal | None:
    """The reason is one of the list."""
    given = case.application.requester.exemption
    if not given or given in exemptions():
        return None
    return Refusal("exemption", "手数料を免除する理由が一覧にありません", "一覧から選んでください")
