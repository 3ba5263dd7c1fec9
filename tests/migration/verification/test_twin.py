"""The Parquet beside a CSV: every kind of difference is seen, wherever it is."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - pytest looks at the annotation
from typing import Any

import polars as pl
import pytest

from yakuba.migration.verification import twin
from yakuba.migration.verification.twin import Twin

ROWS: dict[str, list[Any]] = {
    "番号": ["1", "2", "3", "4"],
    "氏名": ["甲", "", "丙", "丁"],
    "空": [None] * 4,
    "数": [1, 2, None, 4],
}
BLOCKS = [
    {"番号": ["1"], "氏名": ["甲"], "数": ["1"]},
    {"番号": ["2", "3", "4"], "氏名": ["", "丙", "丁"], "数": ["02", "", "4"]},
]


def same(path: Path, rows: dict[str, list[Any]], blocks: list[dict[str, list[str]]]) -> bool:
    schema = {"番号": pl.String, "氏名": pl.String, "空": pl.String, "数": pl.Int64}
    pl.DataFrame(rows, schema=schema).write_parquet(path)
    found = Twin(path)
    for block in blocks:
        found.compare(pl.DataFrame(block))
    return found.finish()


@pytest.mark.parametrize("rows", [1, 2, 3, 32_768])
def test_the_same_cells_are_the_same_in_any_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    monkeypatch.setattr(twin, "ROWS", rows)
    assert same(tmp_path / "x.parquet", ROWS, BLOCKS)


CHANGES: dict[str, dict[str, list[Any]]] = {
    "a text": {"氏名": ["甲", "", "丙", "丁の"]},
    "a number": {"数": [1, 2, None, 5]},
    "a cell that should be empty": {"氏名": ["甲", "乙", "丙", "丁"]},
    "a cell of an item that the CSV never fills": {"空": [None, None, "x", None]},
    "a row more": {
        "番号": ["1", "2", "3", "4", "5"],
        "氏名": ["甲", "", "丙", "丁", ""],
        "空": [None] * 5,
        "数": [1, 2, None, 4, None],
    },
    "a row less": {"番号": ["1", "2", "3"], "氏名": ["甲", "", "丙"], "空": [None] * 3, "数": [1, 2, None]},
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_difference_is_seen(tmp_path: Path, change: str) -> None:
    assert not same(tmp_path / "x.parquet", {**ROWS, **CHANGES[change]}, BLOCKS)


def test_an_item_that_the_csv_fills_late_was_empty_before(tmp_path: Path) -> None:
    late = [BLOCKS[0], {**BLOCKS[1], "空": ["", "x", ""]}]
    assert same(tmp_path / "x.parquet", {**ROWS, "空": [None, None, "x", None]}, late)
    assert not same(tmp_path / "x.parquet", {**ROWS, "空": ["y", None, "x", None]}, late)
