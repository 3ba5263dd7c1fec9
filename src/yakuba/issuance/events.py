"""What can happen to a paper after it was made, and what state that leaves it in."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yakuba.issuance.models import Event


class Happened(StrEnum):
    """One kind of entry (交付後の記録)."""

    PRINTED = "printed"
    REPRINTED = "reprinted"
    SPOILED = "void"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    UNDONE = "undone"

    @property
    def label(self) -> str:
        """Its word on screens."""
        return _WORDS[self.value]

    @property
    def ends(self) -> bool:
        """Whether the paper is not valid any more after it."""
        return self in (Happened.SPOILED, Happened.WITHDRAWN, Happened.REPLACED)


_WORDS = {
    "printed": "印刷の確認",
    "reprinted": "再印刷",
    "void": "書損（無効）",
    "withdrawn": "取消し",
    "replaced": "差替え",
    "undone": "前の記録の取消し",
}


class Validity(StrEnum):
    """What a verification answers; it says nothing more."""

    VALID = "valid"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """Its word on screens."""
        return {"valid": "有効", "withdrawn": "無効（取消し・差替え済み）", "unknown": "発行の記録がありません"}[
            self.value
        ]


def ending(events: Iterable[Event]) -> Event | None:
    """The entry by which a paper has ended and that nobody has taken back; None while it is valid."""
    told = list(events)
    taken_back = {one.undoes_id for one in told if one.undoes_id}
    standing = [one for one in told if Happened(one.kind).ends and one.pk not in taken_back]
    return standing[-1] if standing else None
