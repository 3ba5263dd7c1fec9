"""How far a job is, as a screen shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from yakuba.migration.report.refusals import in_japanese

if TYPE_CHECKING:
    from datetime import datetime

    from yakuba.registry.job_tables.models import Job


class State(StrEnum):
    """状態 of a job."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """Its word on screens."""
        return _LABELS[self]

    @property
    def over(self) -> bool:
        """Nothing more will happen."""
        return self not in (State.QUEUED, State.RUNNING)


_LABELS = {
    State.QUEUED: "待っています",
    State.RUNNING: "進行中",
    State.DONE: "終わりました",
    State.FAILED: "できませんでした",
    State.CANCELLED: "中止しました",
}


@dataclass(frozen=True, slots=True)
class JobState:
    """One job at one moment.

    Attributes:
        stage, done, total, unit: progress ("読込 load", 1200, 5000, "rows"); total is None where nobody knows it.
        message: one sentence once it is over: what was done, or what went wrong and what to do.
        result: numbers and file names by their kind's words; files lie in `jobs.folder(actor, id)`.
    """

    id: int
    kind: str
    title: str
    state: State
    login: str
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    stage: str
    done: int
    total: int | None
    unit: str
    message: str
    result: dict[str, Any] = field(default_factory=dict)

    @property
    def percent(self) -> int | None:
        """Of the present stage, 0 to 100; None where its end is not known."""
        if self.state is State.DONE:
            return 100
        return min(100, 100 * self.done // self.total) if self.total else None


def state_of(job: Job, title: str) -> JobState:
    """A row of the table as a value."""
    names = ("kind", "login", "created_at", "started_at", "ended_at", "stage", "done", "total", "unit")
    return JobState(
        id=job.pk,
        title=title,
        state=State(job.state),
        message=in_japanese(job.message),
        result=job.result,
        **{one: getattr(job, one) for one in names},
    )
