"""How long work tells its progress, without knowing who listens (a bar, plain lines, nobody)."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Listener of a long piece of work. Implemented by cli; `SILENT` is for tests and libraries."""

    def stage(self, name: str, total: int | None = None, unit: str = "") -> None:
        """A new stage starts. `name` is Japanese and English ("検査 check"), `total` in `unit` when known."""

    def advance(self, amount: int) -> None:
        """`amount` more units of the present stage are done."""


class _Silent:
    def stage(self, name: str, total: int | None = None, unit: str = "") -> None:
        pass

    def advance(self, amount: int) -> None:
        pass


SILENT: Progress = _Silent()
