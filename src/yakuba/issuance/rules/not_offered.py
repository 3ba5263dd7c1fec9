"""The municipality does not issue this kind, nobody is in office to certify it, or no fee is set for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.issuance.application import Refusal

if TYPE_CHECKING:
    from yakuba.issuance.case import Case


def check(case: Case) -> Refusal | None:
    """The kind is on the municipality's list, has a fee, and somebody certifies today."""
    if case.content is None:
        return None
    ask = "証明書の管理者に知らせてください"
    if case.kind.identifier not in case.content.offered:
        return Refusal("not_offered", f"{case.kind.label}は、この団体では交付していません", ask)
    if case.fee is None:
        return Refusal("not_offered", f"{case.kind.label}の手数料が設定されていません", ask)
    if not any(one.on(case.today) for one in case.content.certifiers):
        return Refusal("not_offered", "きょうの認証者が設定されていません", ask)
    return None
