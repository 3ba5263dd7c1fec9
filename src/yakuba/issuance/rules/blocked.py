"""抑止 of certificates: level エラー refuses, level アラート asks for care.

Its end date lifts nothing by itself; a 一時解除 does, until it returns.
Source: 住民記録システム標準仕様書 3.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.issuance.application import Refusal

if TYPE_CHECKING:
    from yakuba.issuance.case import Case

_ERROR = "2"


def check(case: Case) -> Refusal | None:
    """Nobody on the paper is blocked, unless a release of today is there to be used."""
    level = max((one.blocked for one in case.record.on_paper), default="")
    if not level or case.release is not None:
        return None
    if level == _ERROR:
        return Refusal(
            "blocked", "証明書発行の抑止があります", "抑止の担当者が、この一件の解除を記録すれば交付できます"
        )
    return Refusal("blocked", "抑止（アラート）があります", "事情を確かめてから交付してください", warning=True)
