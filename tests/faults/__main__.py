"""The faults in full: `python -m tests.faults kills --times 200`, and so on; prints a line for each work."""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from tests.faults.flips import every_byte
from tests.faults.kills import kill
from tests.faults.line import server, spoil
from tests.faults.power import fill_disk, lose_power
from tests.faults.rivals import compete
from tests.faults.table import WORKS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_REMOTE = ("backup", "prune", "compaction")
_RIVALS = (("backup", "backup"), ("prune", "backup", "compaction", "replication"))

Asked = argparse.Namespace


def _kills(asked: Asked, folder: Path) -> Iterator[object]:
    for work in asked.works:
        yield kill(work, asked.times, asked.seed, folder / work)


def _power(asked: Asked, folder: Path) -> Iterator[object]:
    for work in asked.works:
        yield lose_power(work, asked.times, asked.seed, folder / work)


def _disk(asked: Asked, folder: Path) -> Iterator[object]:
    for work in asked.works:
        yield fill_disk(work, 1, folder / work)


def _line(asked: Asked, folder: Path) -> Iterator[object]:
    with server() as endpoint:
        for work in _REMOTE:
            yield spoil(work, asked.times, asked.seed, endpoint, folder / work)


def _rivals(asked: Asked, folder: Path) -> Iterator[object]:
    for works in _RIVALS:
        yield compete(works, asked.times, folder / works[0])


def _flips(asked: Asked, folder: Path) -> Iterator[object]:
    yield every_byte(asked.times, asked.seed, folder)


FAULTS: dict[str, Callable[[Asked, Path], Iterator[object]]] = {
    "kills": _kills, "power": _power, "disk": _disk, "line": _line, "rivals": _rivals, "flips": _flips,
}  # fmt: skip


def main() -> int:
    """Do what is asked; 0, or a traceback that says what was lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("faults", nargs="*", default=list(FAULTS), help=" ".join(FAULTS))
    parser.add_argument("--works", nargs="*", default=list(WORKS), help=" ".join(WORKS))
    parser.add_argument("--times", type=int, default=200, help="kills, states, requests, rounds or bytes of each")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory(prefix="yakuba-faults-") as home, mock.patch.dict(os.environ, YAKUBA_HOME=home):
        for name in asked.faults:
            for line in FAULTS[name](asked, Path(home, name)):
                print(line, flush=True)  # noqa: T201 - it is what was asked for
    return 0


if __name__ == "__main__":
    sys.exit(main())
