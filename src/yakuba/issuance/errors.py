"""What stops an issue. Each says what happened, and what to do; none ever says anything about a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.kernel.errors import CannotContinueError

if TYPE_CHECKING:
    from yakuba.issuance.application import Refusal


class RefusedError(CannotContinueError):
    """The paper is not given. refusals: all reasons, those of `issuance/rules`."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        self.refusals = refusals
        first = refusals[0]
        super().__init__(first.text, remedy=first.remedy)


class OtherRequestError(CannotContinueError):
    """The same request key with another content: nothing is given, so that nothing can be mixed up."""


class ChangedSinceError(CannotContinueError):
    """The record has changed since the paper was made: it is not drawn again under the old number."""


class AlarmError(CannotContinueError):
    """The finished paper is not the one that was asked for. It was thrown away, and the municipality is stopped."""
