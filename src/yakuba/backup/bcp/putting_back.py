"""Putting back (過去時点への復元): one municipality of a shared database; what was written since is saved first."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from yakuba.backup.bcp.fetching import chosen, fetch
from yakuba.kernel.errors import UsageError
from yakuba.kernel.home import yakuba_home
from yakuba.kernel.progress import SILENT

if TYPE_CHECKING:
    from datetime import date, datetime

    from yakuba.backup.bcp.fetching import Source
    from yakuba.kernel.progress import Progress
    from yakuba.tenancy.acting import Actor


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be put back.

    Attributes:
        source: vault and key. saved: new folder for what is there now. reason: why, for the log.
        as_of: no younger data than of the end of this day; number: this very generation; None = the newest.
    """

    source: Source
    saved: Path
    reason: str
    as_of: date | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class PutBack:
    """What was done.

    Attributes:
        rows: records that hold now. written: records written since the former load, which are saved. imprints: pictures
            that were other or missing here.
    """

    number: int
    as_of: datetime
    rows: int
    written: int
    saved: str
    imprints: int


def owner() -> None:
    """Let this process work as the owner of the tables, before Django is ready: the program's own role may not.

    Raises:
        UsageError: a server of one's own, and nobody has said how its owner connects.
    """
    if not os.environ.get("DATABASE_URL"):
        from yakuba.tenancy.database import embedded

        found = embedded.start(yakuba_home())
        os.environ["YAKUBA_HOME"], os.environ["DATABASE_OWNER_URL"] = str(yakuba_home()), found.owner
    address = os.environ.get("DATABASE_OWNER_URL")
    if not address:
        raise UsageError(
            "表の所有者の接続先がありません DATABASE_OWNER_URL is not set",
            remedy="DATABASE_OWNER_URL を設定してから実行してください",
        )
    os.environ["DATABASE_URL"] = address


def would_lose(actor: Actor) -> int:
    """Records written here since their load: what a putting back takes out of the registry, into the saved folder."""
    from yakuba.registry.services import written_since

    return written_since(actor)


def put_back(wanted: Wanted, actor: Actor, progress: Progress = SILENT) -> PutBack:
    """Restore a generation beside, save what is there now, and replace it in one transaction, pictures included.

    A picture that was taken in later stays, under its own name; one that is another now gives way to that of then.

    Raises:
        UsageError: no reason, no such generation, the folder is not empty. NotProvenError: the vault or a file is not
            what was written. CannotContinueError: somebody wrote meanwhile, or this process is not the owner.
    """
    from yakuba.backup.bcp.pictures import keep
    from yakuba.registry.queries import loads
    from yakuba.registry.services import export, must_own, replace_all
    from yakuba.registry.services.generation import generation
    from yakuba.tenancy.database.walls import wall

    if not wanted.reason.strip():
        raise UsageError("理由がありません no reason", remedy="--reason に復元の理由を書いてください")
    must_own()
    yakuba_home().mkdir(parents=True, exist_ok=True)
    found = chosen(wanted.source.chain(), as_of=wanted.as_of, number=wanted.number)
    written = would_lose(actor)
    standing = loads(actor)
    with tempfile.TemporaryDirectory(prefix="put-back-", dir=yakuba_home()) as work:
        progress.stage("世代の取出し restore")
        fetch(wanted.source, found.number, Path(work) / "generation", progress=progress)
        if standing:
            export(wanted.saved, actor, standing[0].standard, progress)
        run = generation(Path(work) / "generation")
        with wall(actor.municipality):
            loaded = replace_all(run, actor, expected=written, reason=wanted.reason, progress=progress)
            imprints = keep(Path(work) / "generation", actor)
    return PutBack(found.number, found.as_of, loaded.rows, written, str(wanted.saved) if standing else "", imprints)
