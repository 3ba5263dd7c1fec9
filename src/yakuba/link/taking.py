"""Taking (取り込み): one claimed feed on its whole way: unpacked, read, checked, sealed; or refused and set aside."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from yakuba.link.arrivals import remember
from yakuba.link.checking import Bar, check
from yakuba.link.journal import now
from yakuba.link.manifest import DELTA, FULL, read_manifest
from yakuba.link.ordering import foreign, misplaced
from yakuba.link.refusal import Ground, Reason, RefusedError, refused
from yakuba.link.refusing import granted, refusals, refuse
from yakuba.link.sealing import Ready, outbox, seal
from yakuba.link.settings import ASK
from yakuba.link.staging import DELETED, stage
from yakuba.link.standing import Taken, change_standing, load_standing
from yakuba.link.unpacking import unpacked

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.kernel.progress import Progress
    from yakuba.link.arrivals import Claim
    from yakuba.link.manifest import Manifest
    from yakuba.link.place import Place
    from yakuba.link.settings import Settings

_GIB = 1 << 30


class WaitingError(Exception):
    """A difference that has to wait until a person has decided on the feed before it."""


def take(place: Place, settings: Settings, claim: Claim, progress: Progress) -> Taken | None:
    """Take one feed.

    Returns:
        What was sealed; None when it was refused (see `refusing.refusals`).

    Raises:
        WaitingError: it is a difference, and one before it was refused.
        CannotContinueError: the vault or the disk does not let us; the feed stays claimed.
    """
    work = place.work / claim.folder.name
    shutil.rmtree(work, ignore_errors=True)
    try:
        return _Taking(place, settings, claim, progress).run()
    finally:
        shutil.rmtree(work, ignore_errors=True)


class _Taking:
    """One feed's way; keeps what a refusal has to tell."""

    def __init__(self, place: Place, settings: Settings, claim: Claim, progress: Progress) -> None:
        self._place, self._settings, self._claim, self._progress = place, settings, claim, progress
        self._digest = ""
        self._granted = granted(claim)

    def run(self) -> Taken | None:
        try:
            return seal(self._place, self._settings, self._ready(), self._waived, self._progress)
        except RefusedError as error:
            refuse(self._place, self._claim, error, self._digest)
            return None

    def _ready(self) -> Ready:
        place, settings, claim = self._place, self._settings, self._claim
        work = place.work / claim.folder.name
        raw = unpacked(claim.original, work / "raw", int(settings.watch.most_gib * _GIB))
        chain = outbox(place, settings)
        manifest = self._settled(read_manifest(claim.name, raw), raw, first=not chain.generations)
        remember(claim, manifest.kind)
        if must_wait(place, manifest.kind):
            raise WaitingError
        self._refuse_by(list(foreign(manifest, settings)))
        staged = stage(raw, work / "feed", settings.standard, settings.watch.encoding, delta=manifest.kind == DELTA)
        self._digest = staged.digest
        known = load_standing(place)
        newest = chain.generations[-1].as_of if chain.generations else None
        self._refuse_by(list(misplaced(manifest, staged.digest, known.taken, newest, now())))
        bar = Bar(settings, known.accepted, self._waived)
        checked = check(staged, manifest, bar, work / "check", self._progress)
        if self._granted:
            change_standing(place, accepted=dict(Counter(known.accepted) | Counter(checked.errors)))
        return Ready(chain, claim, manifest, staged, checked)

    def _settled(self, manifest: Manifest, raw: Path, *, first: bool) -> Manifest:
        """Whole or a difference: as it says, or the settings, or a person; the very first can only be whole.

        It is never guessed: a difference that is taken for a whole feed loses everybody else.
        """
        kind = manifest.kind or self._claim.kind or self._granted.get("kind", "")
        if not kind and self._settings.watch.unnamed != ASK:
            kind = self._settings.watch.unnamed
        if not kind and first and not (raw / DELETED).is_dir():
            kind = FULL
        if not kind:
            raise refused(Reason.DOUBTFUL, "", "名前にも送り状にも書かれていません（link accept の --as で答えます）")
        return replace(manifest, kind=kind)

    def _refuse_by(self, grounds: list[Ground]) -> None:
        left = [one for one in grounds if not self._waived(one)]
        if left:
            raise RefusedError(left)

    def _waived(self, ground: Ground) -> bool:
        """A person let this through, of this very content."""
        if not self._granted or not ground.reason.personal:
            return False
        same = self._digest == self._granted["digest"]
        return same and (ground.reason, ground.place) in self._granted["grounds"]


def must_wait(place: Place, kind: str) -> bool:
    """Whether a feed has to wait: a difference, while the feed before it lies refused and undecided."""
    if kind != DELTA:
        return False
    taken = load_standing(place).taken
    since = taken.claim if taken else ""
    return any(one.blocking and one.id > since for one in refusals(place))
