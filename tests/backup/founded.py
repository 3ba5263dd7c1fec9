"""Installations that are not founded anew for each test: initdb and all migrations once, copied then.

    python -m tests.backup.founded bcp open …    is `yakuba bcp open …` with such a copy

At least one drill and one opening are done without this, from nothing.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from yakuba.backup.bcp import founding

if TYPE_CHECKING:
    import pytest

PLACE = "YAKUBA_TRIAL_TEMPLATE"
_MAKE = """
from pathlib import Path
from yakuba.backup.bcp import founding
founding.begin(Path({home!r}))
founding.end(Path({home!r}))
"""


def template(factory: pytest.TempPathFactory) -> Path:
    """A home with an empty database of today's tables, stopped; made by whoever of several workers comes first."""
    base = factory.getbasetemp()
    folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    home = folder / "founded"
    with (folder / "founded.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "whole").exists():
            for one in (folder, folder.parent):
                one.chmod(one.stat().st_mode | 0o111)  # the database's user walks to its data
            there = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
            words = [sys.executable, "-c", _MAKE.format(home=str(home))]
            subprocess.run(words, env=there | {"YAKUBA_HOME": str(home)}, check=True, capture_output=True)
            (home / "whole").touch()
    return home


def copied(made: Path, home: Path) -> None:
    """Found an installation by copying a template."""
    home.mkdir(parents=True, exist_ok=True)
    for name in ("database", "database-secrets.json"):
        subprocess.run(["cp", "-a", str(made / name), str(home / name)], check=True)


def quicken() -> None:
    """From now on this process founds by copying, where there is nothing yet."""
    before, made = founding.begin, Path(os.environ[PLACE])

    def begin(home: Path, *, hasty: bool = False) -> None:
        if not (home / "database").exists():
            copied(made, home)
        before(home, hasty=hasty)

    founding.begin = begin


if __name__ == "__main__":
    from yakuba.cli import main

    quicken()
    main(sys.argv[1:])
