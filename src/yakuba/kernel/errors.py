"""What stops the work, as opposed to a `Finding`, which is about one value and lets the work go on."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of every command. They are promised: scripts of towns depend on them."""

    CLEAN = 0
    """Done; nothing of severity error was found (0 件)."""
    FINDINGS = 1
    """Done; at least one finding of severity error or stop (要修正・停止) is in the report."""
    USAGE = 2
    """The command line or a project file is wrong; nothing was started."""
    CANNOT_CONTINUE = 3
    """The work cannot go on: input missing or unreadable, disk full. No complete-looking output is left."""
    NOT_PROVEN = 4
    """The evidence does not verify: something was changed after it was signed."""
    FAULT = 5
    """A fault of Yakuba itself. No complete-looking output is left; YAKUBA_TRACE=1 shows where it happened."""
    INTERRUPTED = 130
    """Stopped by the user (Ctrl-C); `--resume` goes on from there."""


class CannotContinueError(Exception):
    """The work cannot go on. The message is one line: what happened, where, and what to do.

    Attributes:
        exit_code: the exit code of the command that meets it.
    """

    exit_code = Exit.CANNOT_CONTINUE

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} → {self.remedy}" if self.remedy else self.message


class UsageError(CannotContinueError):
    """A command line, project file or catalog folder says something that cannot be meant."""

    exit_code = Exit.USAGE


class NotProvenError(CannotContinueError):
    """Evidence that does not verify."""

    exit_code = Exit.NOT_PROVEN
