"""What a store (置き場所) answers when it does not do what it was asked."""

from __future__ import annotations

from yakuba.kernel.errors import CannotContinueError


class AlreadyThereError(CannotContinueError):
    """Something lies under this name already; nothing was overwritten."""


class MissingError(CannotContinueError):
    """Nothing lies under this name."""


class LockedError(CannotContinueError):
    """The store refuses to delete this: it is within its retention (保存期間)."""
