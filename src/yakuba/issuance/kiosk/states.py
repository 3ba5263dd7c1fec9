"""States (状態) of a session, and the only steps between them. The database refuses every other step by itself."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a session is. PRINTED and CANCELLED are its ends; from UNKNOWN only the centre's list leads on."""

    RECEIVED = "RECEIVED"
    AUTHENTICATED = "AUTHENTICATED"
    OFFERED = "OFFERED"
    SELECTED = "SELECTED"
    PAID = "PAID"
    RENDERING = "RENDERING"
    CHECKED = "CHECKED"
    SENT = "SENT"
    PRINTED = "PRINTED"
    UNKNOWN = "UNKNOWN"
    CANCELLED = "CANCELLED"

    @property
    def label(self) -> str:
        """Its word on screens and in lists."""
        return _LABELS[self]

    @property
    def over(self) -> bool:
        """Whether nothing leads on."""
        return not STEPS[self]

    @property
    def numbered(self) -> bool:
        """Whether a paper with a 発行番号 exists in this state."""
        return self in (State.CHECKED, State.SENT, State.UNKNOWN, State.PRINTED)


STEPS: dict[State, tuple[State, ...]] = {
    State.RECEIVED: (State.AUTHENTICATED, State.CANCELLED),
    State.AUTHENTICATED: (State.OFFERED, State.CANCELLED),
    State.OFFERED: (State.SELECTED, State.CANCELLED),
    State.SELECTED: (State.PAID, State.CANCELLED),
    State.PAID: (State.RENDERING, State.CANCELLED),
    State.RENDERING: (State.CHECKED, State.CANCELLED),
    State.CHECKED: (State.SENT, State.CANCELLED),
    State.SENT: (State.PRINTED, State.UNKNOWN, State.CANCELLED),
    State.UNKNOWN: (State.PRINTED, State.CANCELLED),
    State.PRINTED: (),
    State.CANCELLED: (),
}
"""Every step there is. A row may be written again without a step in any state that is not an end."""

BEFORE_PAPER = (
    *(State.RECEIVED, State.AUTHENTICATED, State.OFFERED, State.SELECTED, State.PAID, State.RENDERING, State.CHECKED),
)
"""States in which nothing has left: past its time such a session is cancelled."""

_LABELS = {
    State.RECEIVED: "受付",
    State.AUTHENTICATED: "本人確認済み",
    State.OFFERED: "選択待ち",
    State.SELECTED: "入金待ち",
    State.PAID: "入金済み",
    State.RENDERING: "作成中",
    State.CHECKED: "照合済み",
    State.SENT: "送信済み",
    State.PRINTED: "印刷済み",
    State.UNKNOWN: "印刷結果不明",
    State.CANCELLED: "取消し",
}
