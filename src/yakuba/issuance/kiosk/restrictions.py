"""Restrictions (キオスク端末での制限): who gets nothing at a machine although a counter might give it.

No clerk stands there who could ask: whatever calls for care is a refusal. Sources: コンビニ交付 of municipalities
(15 or older, not on the day of 転入, not after a 転出届); 住民記録システム標準仕様書 3.1, 3.4 (抑止, 支援措置).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from yakuba.issuance.kiosk.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yakuba.registry.queries.certificate_record import CertificateRecord

MINIMUM_AGE = 15
_CERTAIN = ("", "0")
_SETTLED = ("住民となった年月日", "処理年月日", "住所を定めた年月日")
"""Days of a row that are today where somebody has moved in today."""


def restriction(record: CertificateRecord, today: date, minimum_age: int = MINIMUM_AGE) -> Reason | None:
    """Why nobody of this household gets anything at a machine, as far as the person who asks is concerned.

    Args:
        record: of the person, who is on the paper. minimum_age: whole years that the person must have completed.
    """
    subject = record.subject
    if any(one.protected or one.blocked or not one.visible for one in record.home):
        return Reason.HIDDEN
    if subject.removed or subject.outsider or any(one.leaving for one in record.home):
        return Reason.MOVED
    own = next(row for one, row in zip(record.on_paper, record.people, strict=True) if one == subject)
    if not old_enough(own, today, minimum_age) or _arrived(own, today):
        return Reason.MOVED
    return None


def old_enough(row: Mapping[str, str], today: date, minimum_age: int) -> bool:
    """Whether the person has completed so many years; nobody knows with a birthday that is not known (不詳).

    >>> row = {"生年月日": "2011-11-21", "生年月日_不詳フラグ": "0"}
    >>> [old_enough(row, date(2026, 11, day), 15) for day in (20, 21)]
    [False, True]
    """
    if row.get("生年月日_不詳フラグ", "") not in _CERTAIN or row.get("生年月日_不詳区分", "") not in _CERTAIN:
        return False
    try:
        born = date.fromisoformat(row.get("生年月日", ""))
    except ValueError:
        return False
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day)) >= minimum_age


def _arrived(row: Mapping[str, str], today: date) -> bool:
    """Moved in or registered today: characters may still be waiting to be made, and the clerk is not done."""
    return any(row.get(item, "") == today.isoformat() for item in _SETTLED)
