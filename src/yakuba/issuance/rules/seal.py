"""印鑑登録証明書: a registration in force at this moment, that agrees with the resident, with its imprint.

Seals removed in the register but printed by a stale copy were real wrong papers (さいたま市, 新潟市, 熊本市 2023).
Source: 印鑑登録証明事務処理要領; at the counter the 印鑑登録証 is the key, whoever brings it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.issuance.application import Channel, Refusal
from yakuba.issuance.terms import Need

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from yakuba.issuance.case import Case

GROUP = "印鑑登録/印鑑登録原票"
_BLOCKS = "印鑑登録/印鑑抑止"
_REGISTERED, _SUSPENDED, _NEWEST = "2", "3", "1"
_ERROR = "2"
IMPRINT = "印影"


def check(case: Case) -> Refusal | None:
    """In force, not blocked, the same name as the resident's, the right card, an imprint that can be drawn."""
    if case.terms.requires != "seal":
        return None
    problem = next(_problems(case), None)
    return Refusal("seal", *problem) if problem else None


def _problems(case: Case) -> Iterator[tuple[str, str]]:
    """What is the matter and what to do, the gravest first."""
    rows = case.record.tables.get(GROUP, ())
    sheet = in_force(rows)
    if sheet is None:
        suspended = any(row.get("印鑑登録状態") == _SUSPENDED for row in rows)
        text = "印鑑登録が停止されています" if suspended else "印鑑登録がありません"
        yield text, "登録の状態を確かめてください"
        return
    if any(
        row.get("抑止レベル") == _ERROR and not row.get("解除年月日") for row in case.record.tables.get(_BLOCKS, ())
    ):
        yield "印鑑登録に抑止があります", "抑止の担当者に確かめてください"
    if sheet.get("氏名", "") != case.record.people[0].get("氏名", ""):
        yield "印鑑登録の氏名が、いまの住民票と違います", "印鑑登録を直すか、登録し直してください"
    card = case.application.requester.card.strip()
    if _card_is_asked(case) and card and card != sheet.get("印鑑登録証番号", ""):
        yield "印鑑登録証の番号が、この人の登録と違います", "印鑑登録証を確かめてください"
    if IMPRINT not in case.images:
        yield "印影の画像がありません", "印影を取り込んでから交付してください"


def in_force(rows: tuple[Mapping[str, str], ...]) -> Mapping[str, str] | None:
    """The newest registration that stands, None when there is none."""
    standing = [
        row
        for row in rows
        if row.get("最新フラグ", _NEWEST) == _NEWEST
        and row.get("印鑑登録状態") == _REGISTERED
        and not row.get("抹消年月日")
        and not row.get("停止年月日")
    ]
    return standing[-1] if standing else None


def _card_is_asked(case: Case) -> bool:
    """At the counter, for a role that needs it; at a kiosk the card with the certificate takes its place."""
    return case.channel is Channel.COUNTER and Need.CARD in case.terms.roles.get(case.application.requester.role, ())
