"""個人番号 and 住民票コード: only for the person or the household, and only for a purpose that is said.

Source: 住民基本台帳法 12条の3 (third parties get neither); 番号法 (limits of use).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.issuance.application import Refusal, Role

if TYPE_CHECKING:
    from yakuba.issuance.case import Case

_OWN = (Role.SELF, Role.HOUSEHOLD)


def check(case: Case) -> Refusal | None:
    """Nobody else gets them, and nobody without saying what for."""
    wanted = [one.label for one in case.kind.choices if one.secret and case.on(one.identifier)]
    if not wanted:
        return None
    asking = case.application.requester
    names = "・".join(wanted)
    if asking.role not in _OWN:
        return Refusal("secret_item", f"{names}は、本人・同一世帯の人だけに記載できます", f"{names}を外してください")
    if not asking.purpose.strip():
        return Refusal("secret_item", f"{names}を記載する目的がありません", "使用目的と提出先を入力してください")
    return None
