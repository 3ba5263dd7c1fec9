"""The independent re-read: against Python's csv module (another implementation), and on malformed files."""

from __future__ import annotations

import csv
import io
from pathlib import Path  # noqa: TC003 - pytest looks at the annotation
from typing import TYPE_CHECKING, Literal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yakuba.kernel.errors import NotProvenError
from yakuba.migration.verification import reread
from yakuba.migration.verification.reread import CsvReread, ParquetReread
from yakuba.migration.verification.written import Written

if TYPE_CHECKING:
    from collections.abc import Iterator

CELL = st.text(st.sampled_from('aあ\U00020b9f\U000e0100",\n\r 1'), max_size=6)
ROWS = st.lists(st.tuples(CELL, CELL, CELL), max_size=20)
ITEMS = ("氏名", "方書", "備考")


def read(path: Path, items: tuple[str, ...] = ITEMS) -> list[tuple[str, ...]]:
    blocks: Iterator[pl.DataFrame] = iter(CsvReread(Written("g", items, path, path)))
    return [row for block in blocks for row in block.rows()]


@settings(max_examples=150)
@given(ROWS, st.integers(1, 40))
def test_it_reads_what_the_csv_module_wrote(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]], size: int
) -> None:
    text = io.StringIO(newline="")
    returns = any("\r" in cell for row in rows for cell in row)  # the csv module leaves a lone CR unquoted
    quoting: Literal[0, 1] = csv.QUOTE_ALL if returns else csv.QUOTE_MINIMAL
    csv.writer(text, lineterminator="\n", quoting=quoting).writerows([ITEMS, *rows])
    path = tmp_path_factory.mktemp("csv") / "x.csv"
    path.write_bytes(text.getvalue().encode())
    before, reread.BLOCK_BYTES = reread.BLOCK_BYTES, size
    try:
        assert read(path) == rows
    finally:
        reread.BLOCK_BYTES = before


def test_a_table_of_one_item_keeps_its_empty_rows(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes('氏名\n甲\n""\n\n乙\n'.encode())
    assert read(path, ("氏名",)) == [("甲",), ("",), ("",), ("乙",)]


@pytest.mark.parametrize(
    "body",
    ["a,b\n", "a,b,c,d\n", 'a,b,"c\n', 'a,"b"x,c\n', "a,b,c\nd,e\nf,g,h\n", "a,b,c\nd,e,f,g\nh,i,j\n"],
)
def test_a_malformed_record_is_refused_without_showing_it(tmp_path: Path, body: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(("氏名,方書,備考\n" + body).encode())
    with pytest.raises(NotProvenError) as caught:
        read(path)
    assert caught.value.message.startswith("x.csv: ")
    assert body[:3] not in str(caught.value)


def test_bytes_that_are_no_utf8_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes("氏名,方書,備考\n".encode() + b"\x8a,b,c\n")
    with pytest.raises(NotProvenError):
        read(path)


def test_another_header_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes("氏名,備考,方書\na,b,c\n".encode())
    with pytest.raises(NotProvenError, match="header"):
        read(path)


def test_parquet_gives_the_same(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    frame = pl.DataFrame({"氏名": ["甲", None], "方書": ["a\nb", '"'], "備考": [7, None]})
    frame.write_parquet(path)
    found = pl.concat(ParquetReread(Written("g", ITEMS, path, path, path)))
    assert found.rows() == [("甲", "a\nb", "7"), ("", '"', "")]
    with pytest.raises(NotProvenError, match="items"):
        list(ParquetReread(Written("g", ("氏名",), path, path, path)))
    with pytest.raises(NotProvenError, match="no Parquet"):
        ParquetReread(Written("g", ITEMS, path, path))


def test_numbers_of_a_parquet_are_held_against_the_text(tmp_path: Path) -> None:
    csv_file, parquet = tmp_path / "x.csv", tmp_path / "x.parquet"
    csv_file.write_text("数,額\n007,1.5\n,\nx,2\n", encoding="utf-8")
    written = Written("g", ("数", "額"), parquet, csv_file, parquet)
    amounts = pl.Series(["1.50", None, "2.00"]).cast(pl.Decimal(38, 2))
    for numbers in ([7, None, None], [7, None, 8]):
        pl.DataFrame({"数": numbers, "額": amounts}).write_parquet(parquet)
        text, twin = CsvReread(written), ParquetReread(written)
        assert sum(block.height for block in text) == sum(block.height for block in twin) == 3
        assert text.twin_facts()[0] != twin.digest.facts()[0]
        assert text.twin_facts()[1] == twin.digest.facts()[1]
    csv_file.write_text("数,額\n007,1.5\n,\n8,2\n", encoding="utf-8")
    text = CsvReread(written)
    assert sum(block.height for block in text) == 3
    assert text.twin_facts() == twin.digest.facts()
