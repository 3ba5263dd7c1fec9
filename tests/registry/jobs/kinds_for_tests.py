"""Kinds of jobs that tests can hold still, count and let fail."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest

from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.registry.jobs import asking, worker
from yakuba.registry.jobs.kinds import Kind, kinds
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.kernel.progress import Progress
    from yakuba.tenancy.acting import Actor


@dataclass
class Sample:
    """Counts to `steps`; waits for `go` after the first step; fails where told to."""

    TITLE: str = "見本の仕事"
    ACTION: Action = Action.LOAD
    EXCLUSIVE: bool = True
    SHARED: bool = True
    go: Event = field(default_factory=Event)
    begun: Event = field(default_factory=Event)
    running: int = 0
    most: int = 0
    done: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def check(self, municipality: str, arguments: dict[str, Any]) -> None:
        assert municipality
        if "wrong" in arguments:
            raise UsageError("指定が違います", remedy="直してください")

    def run(self, actor: Actor, out: Path, arguments: dict[str, Any], progress: Progress) -> tuple[str, dict[str, Any]]:
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            progress.stage("数える count", 3, "件")
            self.begun.set()
            while not self.go.wait(0.05):
                time.sleep(worker.TELL)
                progress.advance(0)
            if "refuse" in arguments:
                raise CannotContinueError("証拠が違います", remedy="送り手に確かめてください")
            if "fault" in arguments:
                raise ZeroDivisionError("渡邉　美咲")
            progress.advance(3)
            (out / "made").touch()
            self.done.append((actor.municipality, arguments))
            return "数えました", {"count": 3, "out": out}
        finally:
            self.running -= 1


@pytest.fixture
def sample(monkeypatch: pytest.MonkeyPatch) -> Sample:
    """A kind `sample` that does not wait; use `sample.go.clear()` to hold it."""
    made = Sample()
    made.go.set()
    known: dict[str, Kind] = {**kinds(), "sample": made}
    for module in (asking, worker):
        monkeypatch.setattr(module, "kinds", lambda: known)
    return made
