"""How an installation for BCP stands (BCPの状態): one file in its home, written by whoever opens and closes it.

An ordinary installation has no such file; that it has none is asked of the disk once per process.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from yakuba.kernel.errors import CannotContinueError
from yakuba.kernel.home import yakuba_home

if TYPE_CHECKING:
    from pathlib import Path

FILE = "bcp.json"
MAKING, FIRST, WHOLE, PARTLY, CLOSED = STATES = ("making", "first", "whole", "partly", "closed")
"""Being made; the counter can work; everything is in; the rest could not be loaded; handed back and over."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What everybody who works here has to know.

    Attributes:
        municipality: 団体コード. name: of the municipality. reason: of the declaration (発動の理由).
        number, head: of the generation, and the digest of its entry. as_of: the moment the data are of, ISO, UTC.
        opened_at: ISO, UTC. by: who declared it. state: one of STATES. readable: seconds to the first search.
        issuing: seconds to the first certificate, None where none can be issued.
    """

    municipality: str
    name: str
    reason: str
    number: int
    head: str
    as_of: str
    opened_at: str
    by: str
    state: str = MAKING
    readable: float | None = None
    issuing: float | None = None

    @property
    def moment(self) -> datetime:
        """`as_of` as a moment."""
        return datetime.fromisoformat(self.as_of).astimezone(UTC)

    def lag(self) -> float:
        """Recovery point (復旧時点): hours between the data and the declaration."""
        opened = datetime.fromisoformat(self.opened_at).astimezone(UTC)
        return max(0.0, (opened - self.moment).total_seconds() / 3600)


def read(home: Path) -> Standing | None:
    """The state of the installation in a folder; None for an ordinary one.

    Raises:
        CannotContinueError: the file cannot be read as one.
    """
    path = home / FILE
    if not path.exists():
        return None
    try:
        return Standing(**json.loads(path.read_text("utf-8")))
    except (ValueError, TypeError) as error:
        raise CannotContinueError(
            f"{path}: BCPの状態が読めません not readable",
            remedy="フォルダを消して、yakuba bcp open からやり直してください",
        ) from error


def write(home: Path, now: Standing) -> None:
    """Keep the state: whole or not at all."""
    part = home / f".{FILE}.part"
    part.write_text(json.dumps(asdict(now), ensure_ascii=False, indent=1), encoding="utf-8")
    part.replace(home / FILE)


def change(home: Path, **changes: object) -> Standing:
    """Some fields anew; gives the whole.

    Raises:
        CannotContinueError: this is no installation for BCP.
    """
    now = read(home)
    if now is None:
        raise CannotContinueError(
            f"{home}: BCPのフォルダではありません no BCP installation", remedy="yakuba bcp open で開いてください"
        )
    made = replace(now, **changes)  # type: ignore[arg-type]
    write(home, made)
    return made


@cache
def _ever(home: Path) -> bool:
    return (home / FILE).exists()


def here() -> Standing | None:
    """The state of the installation that this process serves; None for an ordinary one."""
    home = yakuba_home()
    return read(home) if _ever(home) else None
