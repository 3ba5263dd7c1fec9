"""Reasons (交付しない理由): what is kept, and what the person at the machine reads.

Whether there is no such person (R02), the person is leaving (R03) or is protected or blocked (R04) is one answer to the
outside: a refusal must not tell an offender that somebody has asked for protection.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Told(StrEnum):
    """What the machine is told; nothing finer ever leaves."""

    CARD = "card"
    COUNTER = "counter"
    NOT_REGISTERED = "not_registered"
    CLOSED = "closed"
    LATER = "later"
    AGAIN = "again"
    ENDED = "ended"

    @property
    def text(self) -> str:
        """For the screen of the machine."""
        return _TEXTS[self]


_TEXTS = {
    Told.CARD: "このカードは利用できません。市区町村の窓口へお越しください。",
    Told.COUNTER: "この端末ではお取扱いできません。市区町村の窓口へお越しください。",
    Told.NOT_REGISTERED: "登録がありません。市区町村の窓口へお越しください。",
    Told.CLOSED: "ただいまサービスを停止しています。",
    Told.LATER: "ただいま混み合っています。しばらくしてからお申込みください。",
    Told.AGAIN: "記載の内容が変わりました。はじめからお申込みください。",
    Told.ENDED: "取扱いを終了しました。",
}


class Reason(StrEnum):
    """Why a session ended without a paper, as it is kept behind the wall."""

    CARD = "R01"
    NOBODY = "R02"
    MOVED = "R03"
    HIDDEN = "R04"
    NOT_REGISTERED = "R05"
    NO_RECORD = "R06"
    NOT_DRAWABLE = "R07"
    CLOSED = "R08"
    BUSY = "R09"
    MISMATCH = "R10"
    CHANGED = "R11"
    BY_USER = "R12"
    NOT_PRINTED = "R13"

    @property
    def told(self) -> Told:
        """What the outside gets to know of it."""
        return _REASONS[self].told

    @property
    def label(self) -> str:
        """For staff with the right to see it."""
        return _REASONS[self].label


@dataclass(frozen=True, slots=True)
class _Said:
    told: Told
    label: str


_REASONS = {
    Reason.CARD: _Said(Told.CARD, "電子証明書が使えない"),
    Reason.NOBODY: _Said(Told.COUNTER, "シリアル番号の人がいない"),
    Reason.MOVED: _Said(Told.COUNTER, "転出予定・除票・当日の転入・年齢など"),
    Reason.HIDDEN: _Said(Told.COUNTER, "支援措置・抑止"),
    Reason.NOT_REGISTERED: _Said(Told.NOT_REGISTERED, "印鑑登録がない・停止"),
    Reason.NO_RECORD: _Said(Told.COUNTER, "記録がない・未申告"),
    Reason.NOT_DRAWABLE: _Said(Told.COUNTER, "文字超過・文字なし"),
    Reason.CLOSED: _Said(Told.CLOSED, "時間外・停止・データの遅れ"),
    Reason.BUSY: _Said(Told.LATER, "混雑・時間切れ"),
    Reason.MISMATCH: _Said(Told.CLOSED, "照合の不一致"),
    Reason.CHANGED: _Said(Told.AGAIN, "選んだあとに記載が変わった"),
    Reason.BY_USER: _Said(Told.ENDED, "利用者・端末が中止"),
    Reason.NOT_PRINTED: _Said(Told.ENDED, "印刷できなかった"),
}
