"""What every store can do: write once, read, list, delete what no retention holds, tell its own time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from yakuba.kernel.errors import NotProvenError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

_NAME = re.compile(r"[a-z]+/[0-9A-Za-z][0-9A-Za-z.-]{0,99}")


class Store(Protocol):
    """A place for files that are written once. Names are those of docs/vault-format.md, `entries/…`, `objects/…`."""

    def put_new(self, name: str, source: Path | bytes, *, retain_until: datetime | None = None) -> None:
        """Put a file under a name that is free; durable and whole when this returns.

        Args:
            retain_until: until then the store refuses to delete it, as far as it can refuse anything.

        Raises:
            AlreadyThereError: the name is taken. CannotContinueError: full, not writable, not reached.
        """

    def read(self, name: str, start: int = 0, length: int | None = None) -> bytes:
        """Bytes of a file from `start`, `length` of them or all the rest; fewer when it ends before.

        Raises:
            MissingError: there is none. CannotContinueError: it cannot be read.
        """

    def names(self, prefix: str) -> list[str]:
        """Names that begin with a prefix, sorted."""

    def size(self, name: str) -> int:
        """Bytes of a file.

        Raises:
            MissingError: there is none.
        """

    def delete(self, name: str) -> None:
        """Remove a file; nothing happens when there is none.

        Raises:
            LockedError: it is within its retention.
        """

    def keep(self, name: str, until: datetime) -> None:
        """Refuse to delete a file at least until then; what lasts longer already stays, nothing is ever shortened.

        Raises:
            MissingError: there is none. CannotContinueError: the store does not take it.
        """

    def now(self) -> datetime:
        """The store's own clock, UTC."""

    def warnings(self) -> tuple[str, ...]:
        """What a person should know of this place before trusting it: one sentence each."""


def checked(name: str) -> str:
    """The name itself when it is one: a name comes out of files that anyone may have written.

    Raises:
        NotProvenError: it is none (it could lead out of the store).
    """
    if _NAME.fullmatch(name) is None:
        remedy = "この保管庫は書き換えられています。写し（第二センター・媒体）から戻してください"
        raise NotProvenError("保管庫にありえないファイル名があります an impossible file name", remedy=remedy)
    return name
