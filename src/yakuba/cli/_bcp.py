"""What the commands of BCP mode share: its folder, and the installation in it."""

from __future__ import annotations

import getpass
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from yakuba.kernel.errors import UsageError
from yakuba.kernel.home import yakuba_home

if TYPE_CHECKING:
    from yakuba.tenancy.acting import Actor

FOLDER = click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path), help="BCPのフォルダ [default: HOME/bcp/CODE]."
)


def place(municipality: str) -> Path:
    """Folder of a municipality's BCP where none is named."""
    return yakuba_home() / "bcp" / municipality


def inside(folder: Path | None) -> Actor:
    """The actor of a command in an installation for BCP, its database and Django ready.

    Args:
        folder: None = the only one in the home folder.

    Raises:
        UsageError: there is none, or more than one. CannotContinueError: the database does not start.
    """
    from yakuba.backup.bcp import founding, standing

    home = (folder or _only()).resolve()
    now = standing.read(home)
    if now is None:
        raise UsageError(f"{home}: BCPのフォルダではありません no BCP here", remedy="--folder を確かめてください")
    founding.begin(home)
    from yakuba.tenancy.acting import system

    return system(now.municipality, getpass.getuser())


def _only() -> Path:
    found = sorted(path.parent for path in (yakuba_home() / "bcp").glob("*/bcp.json"))
    if len(found) != 1:
        names = "、".join(path.name for path in found) or "none"
        raise UsageError(f"BCPのフォルダが一つではありません: {names}", remedy="--folder で指定してください")
    return found[0]


def is_local(bind: str) -> bool:
    """Whether an address to listen on can be reached from this machine alone."""
    host = bind.rpartition(":")[0].strip("[]")
    return host in {"", "localhost", "::1"} or host.startswith("127.")


def set_home(home: Path) -> None:
    """This process and those it starts belong to the installation in this folder."""
    os.environ["YAKUBA_HOME"] = str(home)
