"""Compacting (まとめ直し): a generation of many objects as the content of one, row by row in the same order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from yakuba.kernel.errors import NotProvenError
from yakuba.vault.tables.digest import TableDigest, row_digests
from yakuba.vault.tables.parse import rendered
from yakuba.vault.tables.parts import FORMAT, Parts, packed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from yakuba.vault.tables.contents import Contents
    from yakuba.vault.tables.merging import Merged

_LEAST = 32_768
"""Rows of a part; small ones of many days become one."""


def write_compacted(contents: Contents, out: Path) -> None:
    """Write the content of a full object. Later deltas fit on it, as the order of the rows is the same.

    Args:
        out: new file.

    Raises:
        NotProvenError: the rows are not those that were sent; nothing is to be kept of `out`.
    """
    with Parts(out) as parts:
        tables = [_table(table, contents.salt, parts) for table in contents]
        attached = {name: parts.add(data, 0) for name, data in contents.attachments().items()}
        parts.finish(
            {
                "format": FORMAT,
                "salt": contents.salt,
                "as_of": contents.as_of.isoformat(),
                "standard": contents.standard,
                "municipality": contents.municipality,
                "tables": tables,
                "attachments": attached,
            }
        )


def _table(table: Merged, salt: str, parts: Parts) -> dict[str, Any]:
    found, added = TableDigest(), []
    for frame in _gathered(table.frames()):
        found = found.plus(TableDigest.of(row_digests(rendered(frame, table.columns), salt)))
        data, ranges = packed(frame)
        added.append(parts.add(data, frame.height, ranges))
    if found != table.digest:
        raise NotProvenError(
            f"{table.name}: まとめ直した行が送った行と合いません the rows are not those that were sent",
            remedy="元の世代はそのまま残っています the generation stays as it was; run vault verify",
        )
    return {
        "name": table.name,
        "layout": table.layout,
        "folder": table.folder,
        "group": table.group,
        "columns": table.columns,
        "keys": table.keys,
        "kind": "full",
        "rows": found.rows,
        "digest": found.hex,
        "totals": table.totals,
        "removed": None,
        "added": added,
    }


def _gathered(frames: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """Blocks of at least `_LEAST` rows, but for the last."""
    held: list[pl.DataFrame] = []
    for frame in frames:
        held.append(frame)
        if sum(one.height for one in held) >= _LEAST:
            yield _joined(held)
            held = []
    if held:
        yield _joined(held)


def _joined(frames: list[pl.DataFrame]) -> pl.DataFrame:
    return pl.concat(frames, how="diagonal").with_columns(pl.all().fill_null(""))
