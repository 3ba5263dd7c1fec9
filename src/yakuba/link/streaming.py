"""Streaming (ストリーム): a feed that comes through a pipe lands in the watched folder like any other."""

from __future__ import annotations

import os
from typing import IO, TYPE_CHECKING

from yakuba.kernel.errors import UsageError
from yakuba.link.arrivals import DONE
from yakuba.link.journal import now
from yakuba.link.settings import Settings, within
from yakuba.vault.store.durable import sync_folder, write_synced

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.link.place import Place

_BLOCK = 1 << 20
_TAR_MARK, _TAR_AT = b"ustar", 257
_MARKS = {b"PK\x03\x04": ".zip", b"\x1f\x8b": ".tar.gz"}


def receive(place: Place, settings: Settings, stream: IO[bytes], name: str = "") -> Path:
    """Write a stream (zip, tar or tar.gz) into the watched folder, complete when this returns.

    Args:
        name: of the feed, without an ending: see `manifest` for what a name can say; "" = the time of arrival.

    Raises:
        UsageError: the stream is no archive, or there is a feed of this name.
    """
    first = stream.read(_BLOCK)
    ending = next((ending for mark, ending in _MARKS.items() if first.startswith(mark)), "")
    if first[_TAR_AT : _TAR_AT + len(_TAR_MARK)] == _TAR_MARK:
        ending = ".tar"
    if not ending:
        raise UsageError(
            "入力が zip でも tar でもありません no archive on stdin", remedy="tar -c … | yakuba link take -"
        )
    folder = within(place, settings.watch.folder)
    stem = name or f"stream-{now():%Y%m%dT%H%M%S%f}"
    if "/" in stem or stem.startswith("."):
        raise UsageError(f"{stem}: 名前に使えません", remedy="記号のない名前にしてください")
    final = folder / (stem + ending)
    if final.exists():
        raise UsageError(f"{final.name}: 同じ名前のデータが待っています", remedy="別の --name を指定してください")
    fresh = folder / f".{final.name}.part"
    with fresh.open("wb") as out:
        block = first
        while block:
            out.write(block)
            block = stream.read(_BLOCK)
        out.flush()
        os.fsync(out.fileno())
    fresh.rename(final)
    marker = final.with_name(final.name + DONE)
    marker.unlink(missing_ok=True)
    write_synced(marker, b"")
    sync_folder(folder)
    return final
