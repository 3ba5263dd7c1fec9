"""One day of a town as a feed: 18 columns of residents, some of them changed at scattered places.

    python -m bench.programs.vault_town FOLDER ROWS DAY CHANGED

FOLDER/feed gets the whole table of the day (it is made at day 0 and read again on the others), FOLDER/difference only
the changed rows.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from yakuba.town._draw import table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.random import Generator
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

MOVED = ("異動年月日", "届出番号", "異動事由", "住所_町字", "住所_番地号表記", "住所_郵便番号")
TABLE = Path("data", "001_juminkihondaicho", "juminjoho.csv")


def main() -> None:
    """Write the day."""
    folder, rows, day, changed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    random = np.random.default_rng(day)
    whole = folder / "feed" / TABLE
    if not day:
        _write(_town(rows, random), whole)
        return
    town = pl.read_csv(whole, infer_schema=False)
    moved = _town(rows, random).select(MOVED)
    moves = pl.Series(np.isin(np.arange(rows), random.choice(rows, changed, replace=False)))
    town = town.with_columns(pl.when(moves).then(moved[name]).otherwise(pl.col(name)).alias(name) for name in MOVED)
    _write(town, whole)
    _write(town.filter(moves), folder / "difference" / TABLE)
    (folder / "difference" / "deleted").mkdir(exist_ok=True)


def _write(frame: pl.DataFrame, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.write_csv(path)


def _town(rows: int, random: Generator) -> pl.DataFrame:
    """Everybody, drawn anew; a day takes the six columns of a move from it, for those who move."""
    surnames, names, towns = table("names", "surnames.csv"), table("names", "given.csv"), table("places", "towns.csv")
    family, given = random.integers(0, len(surnames), rows), random.integers(0, len(names), rows)
    town = random.integers(0, len(towns), rows)
    lots = _padded(random.integers(1, 30, rows), 1) + "番" + _padded(random.integers(1, 40, rows), 1) + "号"
    return pl.DataFrame(
        {
            "市区町村コード": pl.repeat("990019", rows, eager=True),
            "宛名番号": _padded(np.arange(rows) * 3 + 1_000_000, 15),
            "個人履歴番号": _padded(random.integers(1, 9, rows), 1),
            "個人履歴番号_枝番号": pl.repeat("0", rows, eager=True),
            "最新フラグ": pl.repeat("1", rows, eager=True),
            "世帯番号": _padded(np.arange(rows) // 2 * 7 + 500_000, 15),
            "住民種別": _padded(random.choice([1, 2], rows, p=[0.97, 0.03]), 1),
            "住民状態": _padded(random.choice([1, 2, 3], rows, p=[0.9, 0.06, 0.04]), 1),
            "異動年月日": _dates(random, rows, 1980),
            "届出番号": _padded(random.integers(0, 10**8, rows), 9),
            "異動事由": _padded(random.integers(1, 40, rows), 2),
            "氏名": _of(surnames, "氏", family) + "　" + _of(names, "名", given),
            "氏名_フリガナ": _of(surnames, "フリガナ", family) + "　" + _of(names, "フリガナ", given),
            "性別": _of(names, "性別", given),
            "生年月日": _dates(random, rows, 1925),
            "住所_町字": _of(towns, "町字", town),
            "住所_番地号表記": lots,
            "住所_郵便番号": _of(towns, "郵便番号", town),
        }
    )


def _of(rows: Sequence[Mapping[str, str]], column: str, places: Numbers) -> pl.Series:
    return pl.Series([row[column] for row in rows]).gather(places)


def _padded(numbers: Numbers, width: int) -> pl.Series:
    return pl.Series(numbers).cast(pl.String).str.zfill(width)


def _dates(random: Generator, rows: int, first: int) -> pl.Series:
    days = random.integers((first - 1970) * 365, (2026 - 1970) * 365, rows)
    return pl.Series(days).cast(pl.Int32).cast(pl.Date).dt.strftime("%Y-%m-%d")


if __name__ == "__main__":
    main()
