"""Replay (再投入): mended records take the place of those that an earlier run handed back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.errors import UsageError
from yakuba.migration.contracts import FILE, LINE, LINEAGE, RECORD, REPLAY, REPLAYED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from yakuba.migration.contracts import Staged

_FILE, _LINE, _ = REPLAY


def superseded(staged: Sequence[Staged]) -> Mapping[str, pl.DataFrame]:
    """Records of each source that a replayed record stands for (RECORD, FILE, LINE), for sources that have any.

    Raises:
        UsageError: a replayed record does not say which record it stands for, or there is no such record.
    """
    by_name = {one.source.name: one for one in staged}
    return {
        name.removesuffix(REPLAYED): _named(by_name[name.removesuffix(REPLAYED)], replay)
        for name, replay in by_name.items()
        if name.endswith(REPLAYED)
    }


def _named(base: Staged, replay: Staged) -> pl.DataFrame:
    where = replay.files[0].path
    if set(REPLAY) - set(replay.columns):
        raise UsageError(
            f"{where}: needs the columns {', '.join(REPLAY)}", remedy="start from OUT/rejected/<source>.csv"
        )
    files = pl.DataFrame(
        {_FILE: [facts.path for facts in base.files], FILE: range(len(base.files))},
        schema={_FILE: pl.String, FILE: pl.UInt16},
    )
    wanted = pl.concat([pl.DataFrame(schema=dict.fromkeys((_FILE, _LINE), pl.String)), *_parts(replay)])
    places = wanted.join(files, on=_FILE, how="left", maintain_order="left").with_columns(
        pl.col(_LINE).cast(pl.UInt64, strict=False).alias(LINE)
    )
    read = pl.concat(
        [
            pl.DataFrame(schema=LINEAGE),
            *(pl.read_parquet(part, columns=list(LINEAGE)) for part in base.parts),
            pl.read_parquet(base.rejects, columns=[FILE, LINE]).select(
                pl.lit(None, dtype=pl.UInt64).alias(RECORD), FILE, LINE
            ),
        ]
    )
    lost = places.join(read, on=[FILE, LINE], how="anti")
    if lost.height:
        file, line = lost.select(_FILE, _LINE).row(0)
        raise UsageError(f"{where}: there is no record {file}:{line}", remedy="keep 元ファイル and 元行 as they were")
    return read.join(places, on=[FILE, LINE], how="semi")


def _parts(replay: Staged) -> list[pl.DataFrame]:
    return [pl.read_parquet(part, columns=[_FILE, _LINE]) for part in replay.parts]
