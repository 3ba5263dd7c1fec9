"""Settings, fees or forms are not the ones that an administrator has approved.

Source: コンビニ交付の誤交付: a municipality ran a program that was not the one meant (宗像市 2023).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.issuance.application import Refusal

if TYPE_CHECKING:
    from yakuba.issuance.case import Case


def check(case: Case) -> Refusal | None:
    """What runs is digit by digit what was approved."""
    if case.content is None:
        return Refusal(
            "not_approved", "証明書の設定がまだありません", "証明書の管理者が、設定を入力して承認してください"
        )
    if case.standing.approved:
        return None
    what = "、".join(case.standing.differences)
    return Refusal(
        "not_approved", f"承認されていない設定があります：{what}", "証明書の管理者が、内容を確かめて承認してください"
    )
