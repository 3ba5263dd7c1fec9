"""Arrivals (到着): feeds that are complete in the watched folder, and how the link makes one its own.

A feed is a folder, a .zip or a .tar(.gz). It is complete when its sender says so (see `settings.Watch.complete`).
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from yakuba.kernel.errors import CannotContinueError
from yakuba.link.documents import read_document, write_document
from yakuba.link.journal import note, now
from yakuba.link.manifest import named_moment
from yakuba.link.settings import MARKER
from yakuba.vault.format.times import stamp
from yakuba.vault.store.durable import sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.link.place import Place

DONE = ".done"
CLAIM = "claim.json"
ORIGINAL = "original"
ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz")
_UNFINISHED = (DONE, ".part", ".tmp")
_MOMENT = re.compile(r"[0-9]{6}_([0-9]{8}T[0-9]{6})_(?:full|delta)(?:_([0-9]{1,12}))?")


@dataclass(frozen=True, slots=True)
class Claim:
    """An arrival that is the link's own.

    Attributes:
        folder: claimed/<id>. name: as it arrived. arrived_at: UTC. kind: full or delta, "" = nobody has looked.
    """

    folder: Path
    name: str
    arrived_at: str
    kind: str = ""

    @property
    def original(self) -> Path:
        """The feed as it arrived."""
        return self.folder / ORIGINAL / self.name


def complete(folder: Path, how: str) -> list[Path]:
    """Feeds that are complete, in the order in which they must be taken: by the moment in their names, else of arrival.

    Raises:
        CannotContinueError: the watched folder is not there.
    """
    try:
        found = [Path(one) for one in os.scandir(folder) if not (one.name.startswith(".") or one.is_symlink())]
    except OSError as error:
        raise CannotContinueError(
            f"{folder}: 監視するフォルダを読めません cannot read the watched folder",
            remedy="共有の接続と権限を確かめてください",
        ) from error
    feeds = [one for one in found if not one.name.endswith(_UNFINISHED) and (one.is_dir() or _archive(one))]
    return sorted((one for one in feeds if how != MARKER or _marked(one)), key=_order)


def _archive(path: Path) -> bool:
    return path.name.lower().endswith(ARCHIVES)


def _marked(path: Path) -> bool:
    return _marker(path).is_file() or (path / DONE).is_file()


def _marker(path: Path) -> Path:
    return path.with_name(path.name + DONE)


def _order(path: Path) -> tuple[float, int, str]:
    named = _MOMENT.match(path.name)
    moment = named_moment(named[1]) if named else None
    if named and moment:
        return moment.timestamp(), int(named[2] or 0), path.name
    with suppress(FileNotFoundError):
        return path.stat().st_mtime, 0, path.name
    return 0.0, 0, path.name


def claim(place: Place, arrival: Path) -> Claim:
    """Make an arrival the link's own. A kill at any moment leaves it in one place or the other; see `claims`."""
    moment = now()
    folder = place.claimed / f"{moment:%Y%m%dT%H%M%S%f}-{secrets.token_hex(2)}"
    folder.mkdir(mode=0o700)
    write_document(folder / CLAIM, {"name": arrival.name, "from": str(arrival.absolute()), "arrived_at": stamp(moment)})
    sync_folder(place.claimed)
    made = _finish(folder)
    assert made is not None
    note(place, "claimed", id=folder.name, name=arrival.name)
    return made


def claims(place: Place) -> Iterator[Claim]:
    """What is claimed and not done with, oldest first; a claim that was cut short is finished or given up."""
    for folder in sorted(place.claimed.iterdir()):
        found = _finish(folder)
        if found:
            yield found
        else:
            shutil.rmtree(folder)


def remember(claim: Claim, kind: str) -> None:
    """Write down of what kind a feed is: one that has to wait is not opened again, and nobody is asked twice."""
    if claim.kind != kind:
        told = read_document(claim.folder / CLAIM) or {}
        write_document(claim.folder / CLAIM, {**told, "kind": kind})


def let_go(place: Place, claim: str) -> None:
    """Remove a claimed feed that is sealed: in one step out of sight, then for good."""
    folder, away = place.claimed / claim, place.work / f"{claim}.done"
    if folder.exists():
        folder.rename(away)
        sync_folder(place.claimed)
    if away.exists():
        shutil.rmtree(away)


def _finish(folder: Path) -> Claim | None:
    """The claim of a folder, its move finished; None when there is nothing to claim any more."""
    told = read_document(folder / CLAIM)
    if told is None:
        return None
    made = Claim(folder, told["name"], told["arrived_at"], told.get("kind", ""))
    if not told["from"]:
        return made
    source = Path(told["from"])
    if not made.original.exists():
        if not source.exists():
            return None
        made.original.parent.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder)
        _move(source, made.original)
    _marker(source).unlink(missing_ok=True)
    with suppress(OSError):  # a share need not be able to; a marker that comes back would call the next feed complete
        sync_folder(source.parent)
    # From here on the place in the watched folder belongs to whatever comes next under this name.
    write_document(folder / CLAIM, {**told, "from": ""})
    return made


def _move(source: Path, target: Path) -> None:
    """By name where the disk allows, else by copy; the source goes last. Its bytes are on the disk before."""
    _sync(source)
    try:
        source.rename(target)
    except OSError:
        fresh = target.with_name(f".{target.name}.part")
        _remove(fresh)
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, fresh)
        _sync(fresh)
        fresh.rename(target)
        sync_folder(target.parent)
        _remove(source)
    sync_folder(target.parent)


def _sync(path: Path) -> None:
    """Who wrote a feed may not have waited for the disk, and from now on nobody else has it."""
    for one in [path, *(path.rglob("*") if path.is_dir() else ())]:
        if one.is_symlink() or not (one.is_file() or one.is_dir()):
            continue
        descriptor = os.open(one, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
