"""Fixed width: by slicing each record with plain Python, and by planted faults."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yakuba.kernel.errors import CannotContinueError
from yakuba.kernel.progress import SILENT
from yakuba.migration.contracts import LINE, RECORD, Column, SourceSpec
from yakuba.migration.intake import stage
from yakuba.migration.intake.batch import Limits

if TYPE_CHECKING:
    from tests.migration.intake.conftest import Bench

LETTERS = 'ab1 ,"\t表ソ甲ｱあ　'
ENCODINGS = ("utf-8", "cp932", "euc_jp", "utf-16-le", "utf-16-be")


def padded(text: str, width: int, encoding: str) -> bytes:
    """As many characters as fit, then spaces."""
    raw = b""
    for letter in text:
        more = letter.encode(encoding)
        if len(raw) + len(more) > width:
            break
        raw += more
    space = " ".encode(encoding)
    return raw + space * ((width - len(raw)) // len(space))


@st.composite
def files(draw: st.DrawFn) -> tuple[bytes, list[list[str]], SourceSpec]:
    encoding = draw(st.sampled_from(ENCODINGS))
    widths = [2 * half for half in draw(st.lists(st.integers(1, 6), min_size=1, max_size=4))]
    end = draw(st.sampled_from(("", "\n", "\r\n", "\r")))
    trim = draw(st.sampled_from(("right", "")))
    count = draw(st.integers(1, 12))
    data, rows = b"", []
    for _ in range(count):
        raws = [padded(draw(st.text(LETTERS, max_size=6)), width, encoding) for width in widths]
        values = [raw.decode(encoding) for raw in raws]
        rows.append([value.rstrip(" 　") if trim else value for value in values])
        data += b"".join(raws) + end.encode(encoding)
    columns = tuple(Column(f"C{place}", width) for place, width in enumerate(widths))
    return data, rows, SourceSpec("t", ("t.dat",), "fixed", encoding, columns=columns, trim=trim)


@settings(deadline=None, max_examples=200)
@given(files(), st.sampled_from((3, 16, 64, 1 << 20)))
def test_records_are_cut_where_the_widths_say(file: tuple[bytes, list[list[str]], SourceSpec], block: int) -> None:
    data, rows, spec = file
    with TemporaryDirectory() as folder:
        dump = Path(folder)
        (dump / "t.dat").write_bytes(data)
        staged = stage(spec, dump, dump / "work", SILENT, Limits(block, 1 << 20))
        rejects = pl.read_parquet(staged.rejects)
        table = pl.concat([pl.read_parquet(part) for part in staged.parts])
    assert rejects.height == 0, rejects
    assert [list(row[3:]) for row in table.rows()] == rows
    assert table[LINE].to_list() == table[RECORD].to_list() == list(range(1, len(rows) + 1))


COLUMNS = (Column("A", 4), Column("B", 4))


def put(bench: Bench, *records: bytes, end: bytes = b"\r\n") -> None:
    bench.put("a.dat", b"".join(record + end for record in records))


def test_a_record_of_another_length_is_handed_back(bench: Bench) -> None:
    put(bench, b"1   2   ", b"3   4", b"5   6   7", b"8   9   ")
    out = bench.stage("a.dat", format="fixed", columns=COLUMNS)
    assert out.rows == [("1", "2"), ("8", "9")]
    assert out.rejects == [(2, "record_fields", b"3   4\r\n"), (3, "record_fields", b"5   6   7\r\n")]
    assert out.staged.files[0].records == 4


@pytest.mark.parametrize("end", [b"", b"\n"])
def test_a_file_cut_off_in_a_record_says_so(bench: Bench, end: bytes) -> None:
    bench.put("a.dat", b"1   2   " + end + b"3   ")
    out = bench.stage("a.dat", format="fixed", columns=COLUMNS)
    assert out.rows == [("1", "2")]
    assert out.rejects == [(2, "record_truncated", b"3   ")]


def test_a_character_cut_by_a_column_edge_costs_its_record(bench: Bench) -> None:
    put(bench, b"1   2   ", b"abc" + "甲".encode("cp932") + b"def", b"5   6   ")
    out = bench.stage("a.dat", format="fixed", columns=COLUMNS, encoding="cp932")
    assert out.rows == [("1", "2"), ("5", "6")]
    assert [(line, code) for line, code, _ in out.rejects] == [(2, "undecodable")]
    assert "in A" in out.details[0]


def test_nul_bytes(bench: Bench) -> None:
    put(bench, b"1   2   ", b"3   \0\0\0\0", b"5   6   ")
    out = bench.stage("a.dat", format="fixed", columns=COLUMNS)
    assert out.rejects == [(2, "nul_byte", b"3   \0\0\0\0\r\n")]


def test_wrong_widths_stop(bench: Bench) -> None:
    put(bench, *[b"12345678901"] * 30)
    with pytest.raises(CannotContinueError, match=r"a\.dat: record 1: declared 8 bytes wide, records are 11"):
        bench.stage("a.dat", format="fixed", columns=COLUMNS)


def test_a_wrong_encoding_stops(bench: Bench) -> None:
    put(bench, *["甲乙".encode("cp932") + b"1234"] * 20)
    with pytest.raises(CannotContinueError, match="looks like cp932"):
        bench.stage("a.dat", format="fixed", columns=COLUMNS, encoding="utf-8")


def test_an_empty_file_is_a_source_without_records(bench: Bench) -> None:
    bench.put("a.dat", b"")
    out = bench.stage("a.dat", format="fixed", columns=COLUMNS)
    assert out.staged.columns == ("A", "B")
    assert out.staged.records == 0


def test_a_first_record_too_short_by_one_does_not_change_the_line_end(bench: Bench) -> None:
    bench.put("a.dat", b"\x82\xa0\x82\xa0a\x82\xa0\r\n1   2   \r\n3   4   \r\n")
    out = bench.stage("a.dat", format="fixed", encoding="cp932", columns=COLUMNS)
    assert (out.staged.records, len(out.rejects)) == (2, 1)


@settings(deadline=None, max_examples=150)
@given(
    st.lists(st.sampled_from([b"1   2   ", b"a", b"\r\n", b"\r\n", b"\x81", b"\0", b"\x82\xa0"]), max_size=16).map(
        b"".join
    ),
    st.sampled_from((3, 16, 1 << 20)),
)
def test_every_byte_of_any_file_is_in_a_record_or_in_a_reject(data: bytes, block: int) -> None:
    with TemporaryDirectory() as folder:
        dump = Path(folder)
        (dump / "t.dat").write_bytes(data)
        spec = SourceSpec("t", ("t.dat",), "fixed", "cp932", columns=COLUMNS, trim="")
        staged = stage(spec, dump, dump / "work", SILENT, Limits(block, 1 << 20))
        good = {
            row[2]: "".join(row[3:]).encode("cp932") for part in staged.parts for row in pl.read_parquet(part).rows()
        }
        bad = dict(pl.read_parquet(staged.rejects).select(LINE, "raw").rows())
    assert len(good) == staged.records
    assert sorted([*good, *bad]) == list(range(1, staged.files[0].records + 1))
    place = 0
    for number in range(1, staged.files[0].records + 1):
        own = bad.get(number) or good[number]
        assert data.startswith(own, place)
        place += len(own)
        if number in good and data.startswith(b"\r\n", place):
            place += 2
    assert not data[place:].strip(b"\r\n\x1a")
