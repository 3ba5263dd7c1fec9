"""Comparison: every way in which a written table can be wrong is found and named (our own list of ways)."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - pytest looks at the annotation
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.migration.verification.run_folder import RESIDENTS, TAXES, corrections, expected, write_table

from yakuba.migration.contracts import CORRECTIONS, RECORD, REJECTED
from yakuba.migration.verification.compare import compare_group
from yakuba.migration.verification.comparison import NAMED, Comparison

if TYPE_CHECKING:
    from collections.abc import Callable

RECORDS = list(range(1, 31))
NONE_HELD = pl.DataFrame(schema=REJECTED)


def fixed(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(pl.col("性別").replace({"１": "1"}))


def compare(
    tmp_path: Path, written: pl.DataFrame, *, held: pl.DataFrame = NONE_HELD, size: int = 7, **changes: Any
) -> Comparison:
    """Compare `written` with the residents 1–30; `changes` may replace corrections or break the files."""
    rows = expected(RESIDENTS, "juki", RECORDS)
    table = write_table(tmp_path, "001", "juminjoho", written, "住民基本台帳/住民情報")
    if "spoil" in changes:
        changes["spoil"](table)
    blocks = [rows.slice(start, size) for start in range(0, rows.height, size)]
    return compare_group(table, blocks, changes.get("fixes", corrections(RECORDS)), held, base=tmp_path)


def good() -> pl.DataFrame:
    return fixed(expected(RESIDENTS, "juki", RECORDS))


def test_a_true_copy_is_proven(tmp_path: Path) -> None:
    found = compare(tmp_path, good())
    assert found.proven
    assert (found.offered, found.loaded, found.cells, found.corrected) == (30, 30, 120, 6)
    assert found.files["csv"] == "data/001/juminjoho.csv"


@settings(max_examples=60, deadline=None)
@given(row=st.integers(0, 29), item=st.sampled_from(["宛名番号", "氏名", "性別", "個人番号"]), size=st.integers(1, 31))
def test_any_changed_cell_is_named(tmp_path_factory: pytest.TempPathFactory, row: int, item: str, size: int) -> None:
    spoiled = good().with_columns(
        pl.when(pl.int_range(30) == row).then(pl.lit("X")).otherwise(pl.col(item)).alias(item)
    )
    found = compare(tmp_path_factory.mktemp("x"), spoiled, size=size)
    assert not found.proven
    assert found.differing == 1
    (one,) = found.differences
    assert (one.row, one.record, one.source, one.item) == (row + 1, row + 1, "juki", item)
    assert one.found == ("*" if item == "個人番号" else "X")
    assert item != "個人番号" or set(one.expected) == {"*"}


def test_a_correction_that_was_not_recorded_is_a_difference(tmp_path: Path) -> None:
    found = compare(tmp_path, good(), fixes=pl.DataFrame(schema=CORRECTIONS))
    assert [one.record for one in found.differences] == [5, 10, 15, 20, 25, 30]


def test_a_correction_that_was_not_written_is_a_difference(tmp_path: Path) -> None:
    found = compare(tmp_path, expected(RESIDENTS, "juki", RECORDS))
    assert (found.differing, found.corrected) == (6, 6)


def test_a_correction_that_starts_from_another_value_is_unfounded(tmp_path: Path) -> None:
    fixes = corrections(RECORDS).with_columns(
        pl.when(pl.col(RECORD) == 5).then(pl.lit("２")).otherwise("before").alias("before")
    )
    found = compare(tmp_path, good(), fixes=fixes)
    assert [(one.kind, one.record, one.item) for one in found.misplacements] == [("correction", 5, "性別")]
    assert [one.record for one in found.differences] == [5]


def test_a_broken_chain_of_corrections_is_unfounded(tmp_path: Path) -> None:
    fixes = corrections(RECORDS).with_columns(
        pl.when(pl.col("before") == "l").then(pl.lit("m")).otherwise("before").alias("before")
    )
    found = compare(tmp_path, good(), fixes=fixes)
    assert {one.record for one in found.misplacements} == {10, 20, 30}


@pytest.mark.parametrize(
    ("spoil", "kinds"),
    [
        (lambda rows: rows.filter(pl.col(RECORD) != 9), [("missing", 9)]),
        (lambda rows: rows.filter(~pl.col(RECORD).is_in([1, 30])), [("missing", 1), ("missing", 30)]),
        (lambda rows: pl.concat([rows, rows[3:4].with_columns(pl.lit(99, pl.UInt64).alias(RECORD))]), [("extra", 99)]),
        (lambda rows: pl.concat([rows[:12], rows[3:4], rows[12:]]), [("extra", 4)]),
        (lambda rows: pl.concat([rows[:5], rows[6:7], rows[5:6], rows[7:]]), [("order", 7)]),
        (lambda rows: rows.head(0), [("missing", number) for number in RECORDS]),
    ],
)
def test_rows_in_the_wrong_place_are_named_and_the_others_still_compared(
    tmp_path: Path, spoil: Callable[[pl.DataFrame], pl.DataFrame], kinds: list[tuple[str, int]]
) -> None:
    found = compare(tmp_path, spoil(good()))
    assert not found.proven
    named = [(one.kind, one.record) for one in found.misplacements]
    assert sorted(named) == sorted(kinds) or {kind for kind, _ in named} == {"order"} == {kind for kind, _ in kinds}
    assert found.differing == 0


def test_held_back_rows_are_not_expected(tmp_path: Path) -> None:
    rows = [("juki", 3, 0, 4, "rejected", "key_empty", None), ("juki", 8, 0, 9, "merged", "row_merged", 7)]
    held = pl.DataFrame(rows, schema=REJECTED, orient="row")
    found = compare(tmp_path, good().filter(~pl.col(RECORD).is_in([3, 8])), held=held)
    assert found.proven
    assert (found.offered, found.loaded, found.merged, found.rejected) == (30, 28, 1, 1)
    assert not compare(tmp_path, good(), held=held).proven


def test_a_file_with_another_number_of_rows_than_its_lineage_is_found(tmp_path: Path) -> None:
    found = compare(tmp_path, good(), spoil=lambda table: good().drop("source", RECORD).head(29).write_csv(table.csv))
    assert [(one.kind, one.record) for one in found.misplacements] == [("lineage", 30)]
    more = pl.concat([good(), good().tail(1)]).drop("source", RECORD)
    found = compare(tmp_path, good(), spoil=lambda table: more.write_csv(table.csv))
    assert [(one.kind, one.row) for one in found.misplacements] == [("lineage", 31)]


def test_parquet_must_hold_the_same_cells(tmp_path: Path) -> None:
    other = good().drop("source", RECORD).with_columns(pl.lit("").alias("氏名"))
    found = compare(tmp_path, good(), spoil=lambda table: other.write_parquet(table.parquet))
    assert not found.twins
    assert not found.proven
    assert not found.differing


def test_items_that_the_mapping_leaves_out_must_be_empty(tmp_path: Path) -> None:
    rows = expected(TAXES, "zei", RECORDS)
    table = write_table(
        tmp_path, "x08", "kazeijoho", rows.with_columns(pl.lit("").alias("年税額")), "個人住民税/課税情報"
    )
    blocks = [rows.drop("年税額")]
    assert compare_group(table, blocks, pl.DataFrame(schema=CORRECTIONS), NONE_HELD, base=tmp_path).proven


def test_control_totals_say_where_the_money_went(tmp_path: Path) -> None:
    rows = expected(TAXES, "zei", [1, 2, 3])
    fix = pl.DataFrame(
        [("r", "個人住民税/課税情報", "zei", 3, 0, 4, "年税額", "-50", "50")], schema=CORRECTIONS, orient="row"
    )
    held = pl.DataFrame([("zei", 1, 0, 2, "rejected", "x", None)], schema=REJECTED, orient="row")
    written = rows.filter(pl.col(RECORD) != 1).with_columns(pl.col("年税額").replace({"-50": "50"}))
    table = write_table(tmp_path, "x08", "kazeijoho", written, "個人住民税/課税情報")
    found = compare_group(table, [rows], fix, held, base=tmp_path)
    assert found.proven
    (total,) = found.totals
    assert (total.offered, total.corrected, total.held_back, total.written) == ("-450", "100", "-250", "-100")


def test_no_more_than_a_number_of_differences_is_named(tmp_path: Path) -> None:
    records = list(range(1, NAMED + 200))
    rows = expected(TAXES, "zei", records)
    table = write_table(
        tmp_path, "x08", "kazeijoho", rows.with_columns(pl.lit("0").alias("年税額")), "個人住民税/課税情報"
    )
    found = compare_group(table, [rows], pl.DataFrame(schema=CORRECTIONS), NONE_HELD, base=tmp_path)
    assert (found.differing, len(found.differences)) == (NAMED + 199, NAMED)


def test_several_rows_of_one_record_keep_their_order(tmp_path: Path) -> None:
    rows = pl.concat(
        [expected(TAXES, "zei", [1, 2]), expected(TAXES, "zei", [1, 2]).with_columns(pl.lit("7").alias("年税額"))]
    )
    table = write_table(tmp_path, "x08", "kazeijoho", rows, "個人住民税/課税情報")
    nothing = pl.DataFrame(schema=CORRECTIONS)
    assert compare_group(table, [rows], nothing, NONE_HELD, base=tmp_path).proven
    table = write_table(tmp_path, "x08", "kazeijoho", rows[1:], "個人住民税/課税情報")
    found = compare_group(table, [rows[:3], rows[3:]], nothing, NONE_HELD, base=tmp_path)
    assert not found.proven
