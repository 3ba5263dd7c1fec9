"""Concerns (確認の種類): why somebody is on a list of people to see to.

Source: 住民記録システム標準仕様書 11.1 (alerts before the end of 支援措置 and after it), 3.1 (the end date of a
抑止 does not end it), 4.0.8 (転出予定者).
"""

from __future__ import annotations

from enum import StrEnum


class Concern(StrEnum):
    """Why somebody is on the list; the value is part of an address."""

    PROTECTION_ENDS = "protection-ends"
    PROTECTION_OVER = "protection-over"
    BLOCK_OVER = "block-over"
    LEAVING = "leaving"

    @property
    def label(self) -> str:
        """In the words of the standard."""
        return _LABELS[self]

    @property
    def advice(self) -> str:
        """What a person has to do about it."""
        return _ADVICE[self]

    @property
    def day_label(self) -> str:
        """What the day of a line is."""
        return _DAYS[self]


_LABELS = {
    Concern.PROTECTION_ENDS: "支援措置の終了まで1か月以内の人",
    Concern.PROTECTION_OVER: "支援措置の期間が過ぎ、延長されていない人",
    Concern.BLOCK_OVER: "抑止の終了日が過ぎた人",
    Concern.LEAVING: "転出予定日になった人",
}
_ADVICE = {
    Concern.PROTECTION_ENDS: "延長の申出を確かめ、終了の通知を準備してください。延長は1か月前から受け付けられます。",
    Concern.PROTECTION_OVER: "期間が過ぎても、支援措置は自動では終わりません。延長か終了かを決めてください。",
    Concern.BLOCK_OVER: "終了日が過ぎても、抑止は自動では解けません。解除するか続けるかを決めてください。",
    Concern.LEAVING: "転入通知が届いているか、除票にする処理が済んでいるかを確かめてください。",
}
_DAYS = {
    Concern.PROTECTION_ENDS: "終了年月日",
    Concern.PROTECTION_OVER: "終了年月日",
    Concern.BLOCK_OVER: "抑止終了年月日",
    Concern.LEAVING: "転出予定年月日",
}
SECRET = (Concern.PROTECTION_ENDS, Concern.PROTECTION_OVER)
"""Only for those for whom people under 支援措置 exist."""
