"""Who may ask for this kind, and what must be seen or said first: 委任状, 使用目的, 疎明資料, 印鑑登録証.

Source: 住民基本台帳法 12条 (本人・同一世帯), 12条の2 (公用), 12条の3 (第三者); 印鑑登録証明事務処理要領; 地方税法 22条.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.issuance.application import Refusal, Role
from yakuba.issuance.terms import Need

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.issuance.application import Requester
    from yakuba.issuance.case import Case

_MISSING = {
    Need.NAME: ("請求者の氏名・名称がありません", "だれが請求したかを入力してください"),
    Need.MANDATE: ("委任状を確認していません", "本人が書いた委任状を確かめ、印をつけてください"),
    Need.PURPOSE: ("使用目的がありません", "何に使うか、どこに出すかを入力してください"),
    Need.EVIDENCE: ("疎明資料がありません", "契約書など、正当な理由が分かる書類を確かめて入力してください"),
    Need.CARD: ("印鑑登録証がありません", "印鑑登録証を預かり、番号を入力してください"),
}


def check(case: Case) -> Refusal | None:
    """The role is one of the kind's, and everything it needs is there."""
    asking = case.application.requester
    needs = case.terms.roles.get(asking.role)
    if needs is None:
        known = Role(asking.role).label if asking.role in set(Role) else "区分のない請求者"
        return Refusal(
            "entitled", f"{case.kind.label}は、{known}からの請求では交付できません", "請求できる人を確かめてください"
        )
    missing = next((need for need in needs if need in set(_lacking(asking))), None)
    return Refusal("entitled", *_MISSING[missing]) if missing else None


def _lacking(asking: Requester) -> Iterator[Need]:
    said = {
        Need.NAME: asking.name,
        Need.PURPOSE: asking.purpose,
        Need.EVIDENCE: asking.evidence,
        Need.CARD: asking.card,
    }
    yield from (need for need, text in said.items() if not text.strip())
    if not asking.mandate:
        yield Need.MANDATE
