"""What the receiving door answers when it does not take something in (受領の拒否)."""

from __future__ import annotations

from yakuba.kernel.errors import CannotContinueError


class RefusedError(CannotContinueError):
    """Not taken in.

    Attributes:
        code: one word that the sender's program acts on. status: of HTTP. received: bytes that the centre has, where
            the answer is about them.
    """

    def __init__(self, status: int, code: str, message: str, *, remedy: str = "", received: int | None = None) -> None:
        super().__init__(message, remedy=remedy)
        self.status, self.code, self.received = status, code, received
