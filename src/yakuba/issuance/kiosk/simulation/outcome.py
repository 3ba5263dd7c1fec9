"""Outcome (結果): what the machines got, in numbers; and every paper that was not the right one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any
from uuid import uuid4

if TYPE_CHECKING:
    from yakuba.issuance.kiosk.lists import Listed


@dataclass(slots=True)
class Outcome:
    """Counts of one run, which `run` tells from other runs. All is added under one lock: the machines are threads.

    Attributes:
        counts: how the visits ended: printed, not_printed, silent, refused_…, aborted, given_up.
        wrong: papers that were somebody else's, with what was wrong. twice: 発行番号 that came for two visits.
        seconds: time of every paper, from asking to holding it. faults: answers that should never come.
        listed: what the centre knows, by town, for its list of the day. numbers: visit by town and number.
    """

    counts: Counter[str] = field(default_factory=Counter)
    repeats: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    listed: dict[str, dict[str, Listed]] = field(default_factory=dict)
    numbers: dict[tuple[str, str], str] = field(default_factory=dict)
    of_visit: dict[str, str] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)
    run: str = field(default_factory=lambda: uuid4().hex[:12])

    def got(self, town: str, visit: str, number: str, problems: list[str], seconds: float) -> None:
        """A paper has arrived."""
        with self.lock:
            self.seconds.append(seconds)
            self.counts["papers"] += 1
            first = self.numbers.setdefault((town, number), visit)
            if first != visit or self.of_visit.setdefault(visit, number) != number:
                self.twice.append(f"{town} {number}")
            if problems:
                self.wrong.append(f"{town} {number}: {', '.join(sorted(set(problems)))}")

    def count(self, how: str) -> None:
        """A visit has ended."""
        with self.lock:
            self.counts[how] += 1

    def repeated(self, what: str) -> None:
        """Something was sent again."""
        with self.lock:
            self.repeats[what] += 1

    def fault(self, what: str) -> None:
        """An answer that should never come."""
        with self.lock:
            self.faults[what] += 1

    def keep(self, town: str, listed: Listed) -> None:
        """What the centre will have on its list of the day."""
        with self.lock:
            self.listed.setdefault(town, {})[listed.reception] = listed

    @property
    def clean(self) -> bool:
        """Nothing went to the wrong person, nothing came twice, nothing broke."""
        return not (self.wrong or self.twice or self.faults)

    def milliseconds(self, share: float, *, whole: bool = False) -> float:
        """Time within which so large a share of papers (or of whole visits) was there."""
        times = sorted(self.whole if whole else self.seconds)
        return round(times[min(len(times) - 1, int(len(times) * share))] * 1000, 1) if times else 0.0

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "counts": dict(sorted(self.counts.items())),
            "repeats": dict(sorted(self.repeats.items())),
            "wrong_persons": self.wrong,
            "duplicates": self.twice,
            "faults": dict(sorted(self.faults.items())),
            "document_ms": {"p50": self.milliseconds(0.5), "p95": self.milliseconds(0.95)},
            "visit_ms": {"p50": self.milliseconds(0.5, whole=True), "p95": self.milliseconds(0.95, whole=True)},
        }
