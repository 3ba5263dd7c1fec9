"""What a request of the centre can meet, apart from a refusal, which is an answer like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.kernel.errors import CannotContinueError

if TYPE_CHECKING:
    from yakuba.issuance.kiosk.reasons import Reason


class StepError(CannotContinueError):
    """The session is not where this step begins: it came too late, twice with another content, or out of order."""


class BusyError(CannotContinueError):
    """Too much is going on: nothing was begun, and the same request may come again."""


class EndedError(CannotContinueError):
    """The session has been ended for a reason, which the outside gets to know as `reason.told` only."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.told.text)
        self.reason = reason
