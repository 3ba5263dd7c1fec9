"""本人確認: one paper that is enough alone, or two others; written down before anything is given.

Source: 住民基本台帳法 12条3項; 本人確認書類 (issuance/data/documents.csv).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.issuance.application import ENOUGH, Channel, Refusal, documents
from yakuba.issuance.terms import Need

if TYPE_CHECKING:
    from yakuba.issuance.case import Case


def check(case: Case) -> Refusal | None:
    """The papers seen add up; a batch that the office makes for itself asks nobody."""
    asking = case.application.requester
    if Need.IDENTITY not in case.terms.roles.get(asking.role, ()) or case.channel is Channel.BATCH:
        return None
    known = documents()
    if unknown := [code for code in asking.documents if code not in known]:
        return Refusal("identity", f"本人確認書類 {'、'.join(unknown)} はありません", "一覧から選んでください")
    if sum(known[code].points for code in set(asking.documents)) >= ENOUGH:
        return None
    if not asking.documents:
        return Refusal("identity", "本人確認をしていません", "確かめた書類を選んでください")
    return Refusal("identity", "本人確認書類が足りません", "もう1点確かめるか、顔写真付きの書類1点を確かめてください")
