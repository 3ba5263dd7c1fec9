"""One state in which the power may have left a folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class World:
    """What may be found after the power has gone.

    Attributes:
        moment: number of calls made before. what: the call before or after which it went. files: bytes by path,
            None = folder. ended: the program had come to its end and said so.
    """

    moment: int
    what: str
    files: dict[str, bytes | None]
    ended: bool

    def make(self, into: Path) -> None:
        """Lay it out in a new folder."""
        into.mkdir(parents=True)
        for name, content in sorted(self.files.items()):
            if content is None:
                (into / name).mkdir(mode=0o700)
            else:
                (into / name).write_bytes(content)
                (into / name).chmod(0o600)
