"""One step of a vault, as a process of its own; prints how long the service itself took.

    python -m bench.programs.vault_step init|backup|restore|verify FOLDER [FEED AS_OF | NUMBER OUT]

FOLDER holds vault, keys and state.
"""

from __future__ import annotations

import json
import sys
import time
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def main() -> None:
    """Do the step."""
    verb, folder, rest = sys.argv[1], Path(sys.argv[2]), sys.argv[3:]
    print(json.dumps(STEPS[verb](folder, *rest)))


@contextmanager
def _timed(said: dict[str, Any]) -> Iterator[None]:
    """The service alone: what it needs was imported before, as in a program that runs on."""
    started = time.perf_counter()
    yield
    said["seconds"] = time.perf_counter() - started


def _init(folder: Path) -> dict[str, Any]:
    from yakuba.vault.keys import make_keys
    from yakuba.vault.services.initialise import initialise

    folder.mkdir(parents=True)
    make_keys(folder / "keys")
    initialise(str(folder / "vault"), "990019", folder / "keys")
    return {}


def _backup(folder: Path, feed: str, as_of: str) -> dict[str, Any]:
    from yakuba.vault.services.backup import backup

    keys, state, moment = folder / "keys", folder / "state", datetime.fromisoformat(as_of)
    said: dict[str, Any] = {}
    with _timed(said):
        made = backup(str(folder / "vault"), Path(feed), keys=keys, state=state, standard="kihon", as_of=moment)
    return {**said, "number": made.number, "kind": made.kind, "size": made.size}


def _restore(folder: Path, number: str, out: str) -> dict[str, Any]:
    from yakuba.vault.services.restore import restore

    said: dict[str, Any] = {}
    with _timed(said):
        restored = restore(str(folder / "vault"), int(number), identity=folder / "keys", out=Path(out))
    return {**said, "rows": restored.rows}


def _verify(folder: Path) -> dict[str, Any]:
    from yakuba.vault.services.verify import verify

    said: dict[str, Any] = {}
    with _timed(said):
        verdict = verify(str(folder / "vault"), identity=folder / "keys")
    return {**said, "proven": verdict.proven, "generations": verdict.generations}


STEPS: dict[str, Callable[..., dict[str, Any]]] = {
    "init": _init,
    "backup": _backup,
    "restore": _restore,
    "verify": _verify,
}

if __name__ == "__main__":
    main()
