"""Closing (BCPの終了): the counter ends, and on demand nothing of any resident stays on the machine."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from yakuba.backup.bcp import founding, standing
from yakuba.backup.bcp.book import book
from yakuba.kernel.errors import UsageError
from yakuba.tenancy import audit

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.tenancy.acting import Actor


def close(actor: Actor, home: Path, *, reason: str, package: Path | None, erase: bool) -> None:
    """End a BCP. With `erase` its folder is removed: database, keys and everything.

    Args:
        package: folder of a handing back that holds the whole book; None only while the book is empty.

    Raises:
        UsageError: no reason; something in the book was not handed back. NotProvenError: the package is not as signed.
    """
    if not reason.strip():
        raise UsageError("終了の理由がありません no reason", remedy="--reason を付けてください")
    events = book(actor)
    handed = 0
    if package is not None:
        from yakuba.backup.bcp.handback import read

        handed = len(read(package)["events"])
    if handed != len(events):
        raise UsageError(
            f"引き継いでいない受付が {len(events) - handed:,} 件あります not handed back",
            remedy="yakuba bcp handback で書き出し、そのフォルダを --handed-back に指定してください",
        )
    audit.record(actor, place="BCP", action="bcp_close", reason=reason, detail={"events": len(events), "erase": erase})
    standing.change(home, state=standing.CLOSED)
    founding.end(home)
    if erase:
        shutil.rmtree(home)
