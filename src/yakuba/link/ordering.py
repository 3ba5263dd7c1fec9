"""Ordering (順序): a feed follows on the last one, or it is refused. Differences out of order would restore a lie."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from yakuba.kernel.town_time import JAPAN
from yakuba.link.manifest import DELTA
from yakuba.link.refusal import Ground, Reason
from yakuba.vault.format.times import moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.link.manifest import Manifest
    from yakuba.link.settings import Settings
    from yakuba.link.standing import Taken

_AHEAD = timedelta(minutes=10)
"""How far the sender's clock may be before ours."""


def misplaced(
    manifest: Manifest, digest: str, last: Taken | None, newest: datetime | None, now: datetime
) -> Iterator[Ground]:
    """Why a feed cannot be the next one.

    Args:
        digest: of its content. last: what was sealed last. newest: as_of of the newest generation, None = there is
            none. now: our clock.
    """
    told = f"{manifest.as_of.astimezone(JAPAN):%Y-%m-%d %H:%M:%S}"
    if manifest.as_of > now + _AHEAD:
        yield Ground(Reason.FUTURE, "", told)
    if newest is not None and manifest.as_of < newest:
        yield Ground(Reason.OLDER, "", f"{told}、前回は {newest.astimezone(JAPAN):%Y-%m-%d %H:%M:%S}")
    if manifest.kind == DELTA and newest is None:
        yield Ground(Reason.GAP, "", "差分の前に全件が要ります")
    if last is None:
        return
    if digest == last.digest and (not manifest.stated or manifest.as_of == moment(last.as_of)):
        yield Ground(Reason.SAME, "", "中身と時点が前回と同じです")
    if manifest.sequence and last.sequence:
        step = manifest.sequence - last.sequence
        if step <= 0 or (manifest.kind == DELTA and step != 1):
            yield Ground(Reason.GAP, "", f"通番 {manifest.sequence}、前回は {last.sequence}")


def foreign(manifest: Manifest, settings: Settings) -> Iterator[Ground]:
    """Why a feed is not for this link."""
    if manifest.municipality not in ("", settings.municipality):
        yield Ground(Reason.FOREIGN, "", f"団体コード {manifest.municipality}、ここは {settings.municipality}")
    if manifest.standard not in ("", settings.standard):
        yield Ground(Reason.FOREIGN, "", f"標準 {manifest.standard}、ここは {settings.standard}")
