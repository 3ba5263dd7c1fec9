"""The office (証明書の設定): who certifies in BCP mode, numbers with a mark, and the day of the data on the paper."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from yakuba.certificates.forms import japanese_date
from yakuba.certificates.kinds import kinds
from yakuba.issuance import queries, services
from yakuba.issuance.application import Channel
from yakuba.issuance.settings import Certifier, Content

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from yakuba.backup.bcp.certifier import Office
    from yakuba.tenancy.acting import Actor

SERIES = "B"
"""Mark of 発行番号 of a BCP: the ordinary ledger has never had and will never have such a number."""
_BUSINESSES = ("住民基本台帳", "印鑑登録")
"""Businesses whose papers are given in BCP mode."""
_SINCE = date(2000, 1, 1)


def furnish(actor: Actor, office: Office, as_of: datetime, reason: str) -> tuple[str, ...]:
    """Set and approve how papers look in BCP mode; gives the kinds that are offered.

    Args:
        as_of: of the data; its day and time stand in every 認証文. reason: of the declaration.

    Raises:
        UsageError: the certifier or the seal cannot be meant.
    """
    offered = tuple(name for name, kind in kinds().items() if kind.business in _BUSINESSES)
    content = Content(
        municipality=office.name, prefecture=office.prefecture, certifiers=(Certifier(office.title, office.mayor),),
        offered=offered, series=SERIES, statements=dict(_statements(offered, as_of)),
    )  # fmt: skip
    services.set_content(actor, content, office.seal, reason)
    for kind in offered:
        services.set_fee(actor, kind, Channel.COUNTER, office.fee, _SINCE)
    standing, _, _ = queries.approval(actor)
    services.approve(actor, standing.digest, reason)
    return offered


def with_day(text: str, as_of: datetime) -> str:
    """A 認証文 that says of when the data are."""
    local = timezone.localtime(as_of)
    moment = f"{japanese_date(local.date())}{local.hour}時{local.minute}分"
    return f"{text}（災害時の業務継続のため、{moment}現在の記録の控えにより作成）"


def _statements(offered: tuple[str, ...], as_of: datetime) -> Iterator[tuple[str, str]]:
    for name in offered:
        for variant, text in kinds()[name].statements.items():
            yield f"{name}.{variant}", with_day(text, as_of)
