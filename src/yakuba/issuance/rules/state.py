"""The paper is not made of somebody in this state: a 住民票の写し of a 除票, a 除票の写し of somebody who lives here.

Source: 住民記録システム標準仕様書 1.1.4, 5.x. Until the day a 転出予定者 counts as living here, and the standard
forbids an alert for one; 転出証明書 is made only for one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.issuance.application import Refusal
from yakuba.issuance.terms import State

if TYPE_CHECKING:
    from yakuba.issuance.case import Case


def check(case: Case) -> Refusal | None:
    """Living, removed or leaving, as the terms of the kind say."""
    subject, wanted = case.record.subject, case.terms.state
    if wanted is State.ANY:
        return None
    if subject.outsider:
        return Refusal("state", "住登外者です。住民票はありません", "別の証明書を選んでください")
    if wanted is State.REMOVED and not subject.removed:
        return Refusal("state", "この人は除票ではありません", "住民票の写しを選んでください")
    if wanted is not State.REMOVED and subject.removed:
        return Refusal("state", "この人は除票です", "除票の写しを選んでください")
    if wanted is State.LEAVING and not subject.leaving:
        return Refusal("state", "転出の届出がありません", "転出届を受け付けてから交付してください")
    return None
