"""Export (全件の書出し): the whole municipality in a layout of the catalog: the exit from us to the next vendor."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from django.db import connection

from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.kernel.progress import SILENT
from yakuba.layouts.csv_text import header
from yakuba.layouts.read import standard as standard_named
from yakuba.migration.whole import whole
from yakuba.registry.services.placing import Target, placed
from yakuba.tenancy import audit
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.kernel.progress import Progress
    from yakuba.tenancy.acting import Actor

_ROWS = 2_000
"""Lines that are in memory at a time."""
_ESCAPE = re.compile(rb"\\(.)", re.DOTALL)
_LETTERS = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote.

    Attributes:
        folder: where it lies. standard: selector it was written in. rows: records written.
        tables: rows by "業務/グループ". reserved: items that the standard has no place for, by "業務/グループ";
            their values are in the reserve area data/yobi.
    """

    folder: str
    standard: str
    rows: int
    tables: dict[str, int] = field(default_factory=dict)
    reserved: dict[str, list[str]] = field(default_factory=dict)


def export(out: Path, actor: Actor, standard: str, progress: Progress = SILENT) -> Exported:
    """Write every record of the municipality; the files are those that `yakuba migrate run` wrote, byte for byte.

    Args:
        out: new or empty folder; files go to out/data/<業務>/<グループ>.csv.
        standard: selector of the standard (kihon, kihon@2023-09, chukan).

    Raises:
        UsageError: the folder is not empty, or the standard is unknown.
        NotAllowedError: the actor may not export.
        CannotContinueError: nothing is loaded.
    """
    actor.must(Action.EXPORT)
    known = standard_named(standard)
    if out.exists() and any(out.iterdir()):
        raise UsageError(f"{out}: 空ではありません is not empty", remedy="新しいフォルダを指定してください")
    with wall(actor.municipality):
        targets = placed(known)
        if not targets:
            raise CannotContinueError(
                "取り込んだ記録がありません nothing is loaded", remedy="先に yakuba load を実行してください"
            )
        progress.stage("書出し export", unit="rows")
        tables: dict[str, int] = {}
        for target in targets:
            tables[target.name] = tables.get(target.name, 0) + _write(out, target, progress)
        reserved = {target.name: list(target.reserved) for target in targets if target.reserved}
        rows = sum(target_rows for name, target_rows in tables.items() if not name.startswith("予備/"))
        audit.record(actor, place="全件の書出し", action="export", detail={"standard": standard, "rows": rows})
    return Exported(str(out), standard, rows, tables, reserved)


def _write(out: Path, target: Target, progress: Progress) -> int:
    """One file, drawn from the database row by row."""
    rows = 0
    with whole(out / "data" / target.folder / f"{target.stem}.csv") as path, path.open("wb") as stream:
        stream.write(header(target.columns))
        with connection.cursor() as cursor, cursor.copy(target.lines()) as copy:
            while block := list(islice(copy, _ROWS)):
                stream.write(_plain(b"".join(block)))
                rows += len(block)
                progress.advance(len(block))
    return rows


def _plain(lines: bytes) -> bytes:
    """Lines of COPY's text format as they are: what it wrote with a backslash is one letter again."""
    if b"\\" not in lines:
        return lines
    return _ESCAPE.sub(lambda found: _LETTERS.get(found[1], found[1]), lines)
