"""Converted rows are whole again when they are read, whichever of their items lie in the staged parts."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import polars as pl
import pytest

from yakuba.migration.contracts import FILE, LINE, RECORD
from yakuba.migration.pipeline.gather import Converted, Rows

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.migration.mapping.plan import TablePlan

SOURCES = {"番号": "NO", "氏": "SEI", "名": "SEI"}
STAGED = [["1", "甲"], ["2", "乙"], ["3", ""], ["4", "丁"], ["5", "戊"]]
WHOLE = [
    {RECORD: 1, "番号": "1", "氏": "甲", "名": "甲", "区分": "x"},
    {RECORD: 2, "番号": "2", "氏": "乙", "名": "ホ", "区分": "y"},
    {RECORD: 3, "番号": "3", "氏": "", "名": "", "区分": ""},
    {RECORD: 4, "番号": "4", "氏": "丁", "名": "丁", "区分": "z"},
    {RECORD: 5, "番号": "5", "氏": "戊", "名": "戊", "区分": "x"},
]
CUTS = [slice(0, 2), slice(2, 3), slice(3, 5)]


def plan() -> TablePlan:
    columns = [SimpleNamespace(item=SimpleNamespace(name=item), sources=(name,)) for item, name in SOURCES.items()]
    made = SimpleNamespace(item=SimpleNamespace(name="区分"), sources=())
    return cast("TablePlan", SimpleNamespace(items=tuple(WHOLE[0])[1:], columns=(*columns, made)))


def tables(folder: Path, own: list[list[str]]) -> Converted:
    """Three parts; `own` are the columns that each file of rows holds."""
    parts = []
    for number, (cut, held) in enumerate(zip(CUTS, own, strict=True)):
        staged, rows = folder / f"part-{number}.parquet", folder / f"rows-{number}.parquet"
        records: dict[str, Any] = {RECORD: list(range(1, 6))[cut], FILE: 0, LINE: list(range(2, 7))[cut]}
        cells = {"NO": [row[0] for row in STAGED[cut]], "SEI": [row[1] for row in STAGED[cut]]}
        kinds = {RECORD: pl.UInt64(), FILE: pl.UInt16(), LINE: pl.UInt64()}
        lineage = pl.DataFrame(records | cells, schema_overrides=kinds)
        lineage.write_parquet(staged)
        made = lineage.select(RECORD, FILE, LINE).hstack(pl.DataFrame(WHOLE[cut]).drop(RECORD))
        made.select(held).write_parquet(rows)
        parts.append(Rows(rows, (staged,)))
    return Converted(plan(), tuple(parts))


@pytest.mark.parametrize(
    "own",
    [
        [[RECORD, FILE, LINE, "番号", "氏", "名", "区分"]] * 3,
        [[FILE, "名", "区分"]] * 3,
        [[FILE, "名", "区分"], [FILE, "区分"], [FILE, "氏", "区分"]],
    ],
    ids=["everything", "what was made", "what was made here and there"],
)
def test_rows_are_whole(tmp_path: Path, own: list[list[str]]) -> None:
    table = tables(tmp_path, own)
    names = list(WHOLE[0])
    assert table.scan().select(names).collect(engine="streaming").to_dicts() == WHOLE
    assert table.scan().select("名", RECORD).filter(pl.col(RECORD) == 2).collect().rows() == [("ホ", 2)]
    for item in names[1:]:
        expected = [(row[RECORD], row[item]) for row in WHOLE]
        assert table.scan([item]).select(RECORD, item).collect(engine="streaming").rows() == expected
    blocks = [table.block(place).select(names).to_dicts() for place in range(3)]
    assert blocks == [WHOLE[cut] for cut in CUTS]


def test_nothing_was_made(tmp_path: Path) -> None:
    """A table whose every item is a column as it is."""
    table = tables(tmp_path, [[FILE]] * 3)
    as_is = ("番号", "氏", "名")
    table = Converted(cast("TablePlan", SimpleNamespace(items=as_is, columns=plan().columns[:3])), table.parts)
    expected = [(row["番号"], row["氏"], row["氏"]) for row in WHOLE]
    assert table.scan().select(as_is).collect(engine="streaming").rows() == expected
    assert pl.concat(table.block(place) for place in range(3)).select(as_is).rows() == expected
