"""支援措置 or 仮支援措置 of anybody on the paper, or of somebody of the household who would be missing from it.

The end of the period lifts nothing; a person releases it. A member whom the clerk may not know of makes the household's
paper impossible too, with a text that says nothing about why.
Source: 住民記録システム標準仕様書 3.4, エラー E6: after review the responsible person can release that one issue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.issuance.application import Refusal

if TYPE_CHECKING:
    from yakuba.issuance.case import Case


def check(case: Case) -> Refusal | None:
    """Nobody on the paper is protected, unless a release of today is there to be used."""
    if case.release is not None:
        return None
    concerned = case.record.home if case.kind.subject == "household" else case.record.on_paper
    if any(not one.visible for one in concerned):
        return Refusal("protected", "この証明書は、ここでは交付できません", "責任者に引き継いでください")
    if any(one.protected for one in case.record.on_paper):
        return Refusal(
            "protected",
            "支援措置の対象者が含まれます",
            "支援措置の責任者が審査し、この一件の解除を記録すれば交付できます",
        )
    return None
