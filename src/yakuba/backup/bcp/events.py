"""Events of a disaster (災害時の異動と安否), as they stand on paper."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils import timezone

from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from datetime import date, datetime


class Kind(StrEnum):
    """What happened."""

    BIRTH = "birth"
    DEATH = "death"
    MOVE_IN = "move_in"
    MOVE_OUT = "move_out"
    MOVE_WITHIN = "move_within"
    SAFE = "safe"
    EVACUATED = "evacuated"
    OTHER = "other"

    @property
    def label(self) -> str:
        """Its word on screens and in files."""
        return _LABELS[self.value]


_LABELS = {
    "birth": "出生",
    "death": "死亡",
    "move_in": "転入",
    "move_out": "転出",
    "move_within": "転居",
    "safe": "無事",
    "evacuated": "避難",
    "other": "その他",
}
_OF_RESIDENTS = (Kind.DEATH, Kind.MOVE_OUT, Kind.MOVE_WITHIN)
"""Events of somebody who has a record."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What is on the paper. Attributes as in `models.PendingEvent`."""

    kind: Kind
    name: str
    happened_on: date
    paper: str
    addressee: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the book. cancelled: number of the line that took it back, 0 = it stands."""

    number: int
    noted: Noted
    seen: str
    login: str
    clerk: str
    at: datetime
    cancels: int
    cancelled: int


def meant(noted: Noted) -> None:
    """What is on the paper is whole.

    Raises:
        UsageError: something is missing or cannot be meant.
    """
    missing = [word for word, text in (("氏名", noted.name), ("届書の番号", noted.paper)) if not text.strip()]
    if noted.kind in _OF_RESIDENTS and not noted.addressee:
        missing.append("宛名番号")
    if missing:
        raise UsageError(f"{'、'.join(missing)}がありません", remedy="届書を見て入力してください")
    if noted.happened_on > timezone.localdate():
        raise UsageError("異動日が先の日です", remedy="届書の日付を確かめてください")
