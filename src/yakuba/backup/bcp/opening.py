"""Opening (BCPの発動): from a sealed generation to a counter that works, the needed first and the rest behind it."""

from __future__ import annotations

import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from yakuba.backup.bcp import founding, haste, standing
from yakuba.backup.bcp.fetching import Source, chosen, fetch, parted
from yakuba.backup.bcp.settling import DOWN, furnished, load, tried
from yakuba.backup.bcp.standing import Standing
from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.kernel.progress import SILENT

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from yakuba.backup.bcp.certifier import Office
    from yakuba.backup.bcp.people import Login
    from yakuba.kernel.progress import Progress


@dataclass(frozen=True, slots=True)
class Declaration:
    """What is to be opened (発動の宣言).

    Attributes:
        source: the vault and its key. home: folder of the new installation. reason, by: why, and who declares it.
        as_of: no younger data than of the end of this day; number: this very generation; None = the newest.
        office: who certifies; None = nothing can be issued until it is set on the screen.
        protector: also make a login for whom people under 支援措置 exist.
    """

    source: Source
    home: Path
    reason: str
    by: str
    as_of: date | None = None
    number: int | None = None
    office: Office | None = None
    protector: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """What the counter has.

    Attributes:
        logins: new ones, () when it was open already. rest: tables that are still missing.
        problem: why no certificate can be made, "" = it can, or nobody was named who certifies.
    """

    standing: Standing
    logins: tuple[Login, ...]
    rest: tuple[str, ...]
    problem: str = ""


def open_town(wanted: Declaration, progress: Progress = SILENT) -> Opened:
    """Open a town, or find it open; afterwards search and certificates work in this process's installation.

    Raises:
        UsageError: no reason, no such generation, or the folder belongs to something else.
        NotProvenError: the vault is not what was written. CannotContinueError: key, disk, database.
    """
    if not wanted.reason.strip():
        raise UsageError("発動の理由がありません no reason", remedy="--reason に災害の名称などを書いてください")
    begun = time.monotonic()
    before = standing.read(wanted.home)
    if before is not None and before.state != standing.MAKING:
        return _found(wanted, before)
    _clear(wanted.home, known=before is not None)
    chain = wanted.source.chain()
    generation = chosen(chain, as_of=wanted.as_of, number=wanted.number)
    first, rest = parted(generation)
    if not first:
        raise UsageError(
            f"世代 {generation.number} に住民基本台帳がありません no residents in it",
            remedy="yakuba vault list でほかの世代を確かめてください",
        )
    name, prefecture = founding.named(wanted.source.municipality)
    if wanted.office is not None:
        name, prefecture = wanted.office.name, wanted.office.prefecture
    now = Standing(
        municipality=wanted.source.municipality, name=name, reason=wanted.reason, number=generation.number,
        head=chain.entries[generation.number].digest, as_of=generation.as_of.isoformat(),
        opened_at=datetime.now(UTC).isoformat(timespec="seconds"), by=wanted.by,
    )  # fmt: skip
    wanted.home.mkdir(parents=True, exist_ok=True)
    standing.write(wanted.home, now)
    with ThreadPoolExecutor(1) as beside:
        # The tables come out of the vault while the database and its tables are made.
        restored = beside.submit(fetch, wanted.source, now.number, wanted.home / DOWN, first)
        founding.begin(wanted.home, hasty=True)
        founding.town(now.municipality, name, prefecture)
        progress.stage("世代の取出し restore")
        restored.result()
    logins = furnished(wanted, now, progress)
    haste.take_care(wanted.home)
    readable = time.monotonic() - begun
    problem = tried(wanted)
    issuing = round(time.monotonic() - begun, 1) if wanted.office and not problem else None
    state = standing.FIRST if rest else standing.WHOLE
    opened = standing.change(wanted.home, state=state, readable=round(readable, 1), issuing=issuing)
    return Opened(opened, logins, rest, problem)


def bring_rest(wanted: Declaration, opened: Opened, progress: Progress = SILENT) -> Standing:
    """Bring in the tables that are still missing, while the counter works.

    Raises:
        NotProvenError, CannotContinueError: as for `open_town`; the counter goes on without these tables.
    """
    try:
        fetch(wanted.source, opened.standing.number, wanted.home / DOWN, opened.rest)
        load(wanted.home, opened.standing.municipality, progress)
        # Written out now, the database stops in a moment whenever it is asked to.
        haste.take_care(wanted.home)
    except CannotContinueError:
        standing.change(wanted.home, state=standing.PARTLY)
        raise
    return standing.change(wanted.home, state=standing.WHOLE)


def _found(wanted: Declaration, before: Standing) -> Opened:
    """A folder that is open already is opened again as it is: after a restart of the machine nobody waits twice."""
    if before.municipality != wanted.source.municipality:
        raise UsageError(
            f"{wanted.home}: 団体 {before.municipality} のBCPです of another municipality",
            remedy="--folder に別のフォルダを指定してください",
        )
    if before.state == standing.CLOSED:
        raise UsageError(
            f"{wanted.home}: このBCPは終了しています closed", remedy="--folder に新しいフォルダを指定してください"
        )
    founding.begin(wanted.home)
    rest: tuple[str, ...] = ()
    if before.state != standing.WHOLE:
        rest = parted(wanted.source.chain().generation(before.number))[1]
    return Opened(before, (), rest)


def _clear(home: Path, *, known: bool) -> None:
    """A folder of a former attempt that was broken off is begun anew; anything else must be empty."""
    if known:
        shutil.rmtree(home)
    elif home.exists() and any(home.iterdir()):
        raise UsageError(f"{home}: 空ではありません is not empty", remedy="--folder に新しいフォルダを指定してください")


def serve_environment(home: Path, *, local: bool) -> None:
    """Let the programs that this process starts serve the screens: as the role that writes no resident.

    Args:
        local: only this machine can reach them; then a password is enough.
    """
    from yakuba.backup.bcp import reader

    os.environ["DATABASE_URL"] = reader.make(home)
    os.environ.pop("DATABASE_OWNER_URL", None)
    os.environ["YAKUBA_JOBS"] = "0"
    if local:
        os.environ.setdefault("YAKUBA_SECOND_FACTOR", "0")
