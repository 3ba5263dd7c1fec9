"""Refusal (受取り拒否): why a feed was not sealed, and whether a person may let it through all the same."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yakuba.kernel.finding import Finding


class Reason(StrEnum):
    """Kinds of refusal; the word stands in files and in `link status`."""

    UNREADABLE = "unreadable"
    """読めない: damaged archive, no CSV, columns missing, a file of no table of the standard."""
    FOREIGN = "foreign"
    """ほかの団体: of another municipality or another standard than this link is for."""
    OLDER = "older"
    """古い: the data are of an earlier moment than the last good copy."""
    FUTURE = "future"
    """未来: the data claim to be of a moment that has not come."""
    GAP = "gap"
    """通番の抜け: a difference does not follow on the last feed."""
    SAME = "same"
    """再送: the same feed again."""
    COUNTS = "counts"
    """件数違い: the manifest names other numbers of rows."""
    FINDINGS = "findings"
    """指摘: more findings of weight error than the limit, or rows that cannot be carried over."""
    MISSING = "missing"
    """表がない: a full feed lacks a table that the last copy had."""
    SHRUNK = "shrunk"
    """減りすぎ: a table lost more rows than the limit."""
    CHANGED = "changed"
    """変わりすぎ: more rows of a table changed than the limit."""
    DOUBTFUL = "doubtful"
    """全件か差分か不明: neither its name nor its manifest says whether the feed is whole or a difference."""

    @property
    def japanese(self) -> str:
        """For screens."""
        return _JAPANESE[self]

    @property
    def personal(self) -> bool:
        """Whether a person may let it through: not what the vault cannot hold, or what would break the order."""
        return self not in (Reason.UNREADABLE, Reason.FOREIGN, Reason.OLDER, Reason.FUTURE)


_JAPANESE = {
    Reason.UNREADABLE: "読めません",
    Reason.FOREIGN: "ほかの団体か標準のものです",
    Reason.OLDER: "前回より古いデータです",
    Reason.FUTURE: "データの時点が未来です",
    Reason.GAP: "通番が抜けています",
    Reason.SAME: "前回と同じデータです",
    Reason.COUNTS: "件数が送り状と違います",
    Reason.FINDINGS: "検査で要修正が見つかりました",
    Reason.MISSING: "前回あった表がありません",
    Reason.SHRUNK: "件数が減りすぎています",
    Reason.CHANGED: "変わった行が多すぎます",
    Reason.DOUBTFUL: "全件か差分か分かりません",
}


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason, where (table or file) and in figures; without personal data."""

    reason: Reason
    place: str
    detail: str

    def line(self) -> str:
        """For people."""
        return "：".join(part for part in (self.place, self.reason.japanese, self.detail) if part)


class RefusedError(Exception):
    """A feed that is not sealed.

    Attributes:
        grounds: at least one. findings: of the check, for findings.csv.
    """

    def __init__(self, grounds: Sequence[Ground], findings: Sequence[Finding] = ()) -> None:
        super().__init__(grounds[0].line())
        self.grounds, self.findings = tuple(grounds), tuple(findings)


def refused(reason: Reason, place: str, detail: str) -> RefusedError:
    """A refusal on one ground."""
    return RefusedError([Ground(reason, place, detail)])
