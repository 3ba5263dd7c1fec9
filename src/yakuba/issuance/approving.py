"""Approval (承認と照合): settings, fees and forms that run are compared with what an administrator has approved.

A difference, down to one letter of a form, is named and blocks: 宗像市 2023 ran a program that was not the one meant.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import connection

from yakuba import __version__
from yakuba.certificates.compose import template_digest
from yakuba.certificates.kinds import kinds
from yakuba.issuance.models import Approval, Fee, Setting, Stop
from yakuba.kernel.errors import UsageError
from yakuba.tenancy.database.walls import municipality_here

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yakuba.certificates.kinds import Kind


@dataclass(frozen=True, slots=True)
class Standing:
    """How what runs stands to what was approved.

    Attributes:
        digest: of everything that runs now, hex. parts: digest by the name of the part.
        approved: an approval of exactly this. differences: names of parts that differ from the newest approval.
    """

    digest: str
    parts: Mapping[str, str]
    approved: bool
    differences: tuple[str, ...]


def form_part(label: str) -> str:
    """Name of the part that is the form of a kind."""
    return f"様式 {label}"


@dataclass(frozen=True, slots=True)
class Held:
    """What a municipality has set.

    Attributes:
        setting, approval: the newest, None before the first. fees: all, in their order.
        stopped: reason of a stop, "" while it issues.
    """

    setting: Setting | None
    approval: Approval | None
    fees: tuple[Fee, ...]
    stopped: str


_NOW = """
SELECT (SELECT id || ':' || xmin::text FROM issuance_setting ORDER BY id DESC LIMIT 1),
       (SELECT id || ':' || xmin::text FROM issuance_approval ORDER BY id DESC LIMIT 1),
       (SELECT string_agg(id || ':' || xmin::text, ' ' ORDER BY id) FROM issuance_fee),
       (SELECT id || ':' || xmin::text FROM issuance_stop ORDER BY id DESC LIMIT 1)
"""
"""Which rows hold now. None of these tables is ever changed, only added to: the same rows say the same."""
_read: dict[str, tuple[tuple[str | None, ...], Held]] = {}
"""By 団体コード: the rows that were read last, and what they say."""


def held() -> Held:
    """Of the municipality whose wall this runs in; only rows that are new are read."""
    here = municipality_here()
    with connection.cursor() as cursor:
        cursor.execute(_NOW)
        rows = tuple(cursor.fetchone())
    kept = _read.get(here)
    if kept is None or kept[0] != rows:
        stop = Stop.objects.first()
        kept = _read[here] = (
            rows,
            Held(
                Setting.objects.first(),
                Approval.objects.first(),
                tuple(Fee.objects.order_by("kind", "channel", "valid_from", "id")),
                stop.reason if stop and stop.stopped else "",
            ),
        )
    return kept[1]


def standing(now: Held) -> Standing:
    """How that stands to its approval."""
    parts = _parts(now)
    whole = _digest(parts)
    before: Mapping[str, str] = now.approval.parts if now.approval else {}
    differences = tuple(name for name in {**before, **parts} if before.get(name) != parts.get(name))
    return Standing(whole, parts, now.approval is not None and now.approval.digest == whole, differences)


def _parts(now: Held) -> dict[str, str]:
    """Everything that decides what a paper says, by a name that people read."""
    parts = {"プログラムの版": __version__}
    if now.setting:
        content = dict(now.setting.content)
        parts |= {
            "認証者": _digest([content.pop("municipality"), content.pop("prefecture"), content.pop("certifiers")]),
            "認証文": _digest(content.pop("statements")),
            "交付する証明書": _digest(sorted(content.pop("offered"))),
            "地紋などの体裁": _digest(content),
            "公印": sha256(bytes(now.setting.seal)).hexdigest(),
        }
    fees = [[one.kind, one.channel, one.valid_from.isoformat(), one.yen] for one in now.fees]
    parts["手数料"] = _digest(fees)
    return parts | {form_part(one.label): _form(one) for one in kinds().values()}


def _form(kind: Kind) -> str:
    """Digest of a form; "" where the font is missing, which is a difference like any other."""
    try:
        return template_digest(kind)
    except UsageError:
        return ""


def _digest(value: object) -> str:
    return sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
