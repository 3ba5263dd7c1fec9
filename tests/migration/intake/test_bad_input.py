"""Our own statement: each kind of bad input has one clear answer, and no byte of it is lost."""

from __future__ import annotations

import re
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest

from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.migration.contracts import Column
from yakuba.migration.intake.batch import Limits

if TYPE_CHECKING:
    from tests.migration.intake.conftest import Bench


def test_a_record_with_too_few_or_too_many_fields_is_handed_back(bench: Bench) -> None:
    bench.put("a.csv", "A,B\n1,2\n3\n4,5,6\n\n7,8\n")
    out = bench.stage()
    assert out.rows == [("1", "2"), ("7", "8")]
    assert out.lines == [2, 6]
    assert out.rejects == [(3, "record_fields", b"3\n"), (4, "record_fields", b"4,5,6\n"), (5, "record_fields", b"\n")]
    assert out.staged.files[0].records == 5
    assert out.staged.files[0].rejected == 3


def test_a_file_cut_off_in_a_record_says_so(bench: Bench) -> None:
    bench.put("a.csv", "A,B,C\n1,2,3\n4,5")
    out = bench.stage()
    assert out.rows == [("1", "2", "3")]
    assert out.rejects == [(3, "record_truncated", b"4,5")]


def test_a_last_record_without_line_end_is_whole(bench: Bench) -> None:
    bench.put("a.csv", "A,B\n1,2\n3,4")
    assert bench.stage().rows == [("1", "2"), ("3", "4")]


@pytest.mark.parametrize("end", ["\n\n\n", "\r\n\r\n", "\n\x1a", "\x1a", "\r\n\x1a\r\n"])
def test_empty_lines_and_the_old_end_mark_behind_the_last_record_are_no_records(bench: Bench, end: str) -> None:
    bench.put("a.csv", "A,B\n1,2" + ("\n" if end == "\x1a" else "") + end)
    out = bench.stage()
    assert out.rows == [("1", "2")]
    assert out.rejects == []


def test_an_unclosed_quote_costs_one_record(bench: Bench) -> None:
    bench.put("a.csv", 'A,B\n"1","2"\n"3,"4"\n"5","6"\n7,8\n')
    out = bench.stage()
    assert out.rows == [("1", "2"), ("5", "6"), ("7", "8")]
    assert out.lines == [2, 4, 5]
    assert out.rejects == [(3, "quote_unclosed", b'"3,"4"\n')]


def test_an_unclosed_quote_in_the_last_field_costs_one_record(bench: Bench) -> None:
    bench.put("a.csv", 'A,B\n1,2\n3,"4\n5,6\n7,8\n')
    out = bench.stage()
    assert out.rows == [("1", "2"), ("5", "6"), ("7", "8")]
    assert out.rejects == [(3, "quote_unclosed", b'3,"4\n')]


def test_the_rest_of_a_broken_long_record_is_not_taken_for_records(bench: Bench) -> None:
    bench.put("a.csv", 'A,B,C\n1,"x\ny",2,3\n4,"p\nq",5\n')
    out = bench.stage()
    assert out.rows == [("4", "p\nq", "5")]
    assert out.lines == [4]
    assert out.rejects == [(2, "record_fields", b'1,"x\ny",2,3\n')]


def test_a_quotation_mark_inside_a_bare_field_is_an_ordinary_character(bench: Bench) -> None:
    bench.put("a.csv", 'A,B\n5" pipe,x\n1,2\n')
    assert bench.stage().rows == [('5" pipe', "x"), ("1", "2")]


def test_nul_bytes(bench: Bench) -> None:
    bench.put("a.csv", b"A,B\n1,2\n3,\x00\n5,6\n")
    out = bench.stage()
    assert out.rows == [("1", "2"), ("5", "6")]
    assert out.rejects == [(3, "nul_byte", b"3,\x00\n")]


def test_bytes_outside_the_encoding_cost_their_record(bench: Bench) -> None:
    bench.put("a.csv", "A,B\n甲,1\n".encode("cp932") + "乙,2\n".encode() + "丙,3\n".encode("cp932"))
    out = bench.stage(encoding="cp932")
    assert out.rows == [("甲", "1"), ("丙", "3")]
    line, code, raw = out.rejects[0]
    assert (line, code, raw) == (3, "undecodable", "乙,2\n".encode())
    assert "offset" in out.details[0]


@pytest.mark.parametrize("declared", ["utf-8", "euc_jp"])
def test_a_wrong_encoding_stops_with_the_right_one(bench: Bench, declared: str) -> None:
    bench.put("a.csv", "A,B\n" + "見本町,甲野　太郎\n" * 5, "cp932")
    with pytest.raises(CannotContinueError, match=r'a\.csv: line 2: .*looks like cp932 → set encoding = "cp932"'):
        bench.stage(encoding=declared)


def test_a_wrong_encoding_in_the_header_stops(bench: Bench) -> None:
    bench.put("a.csv", "氏名,B\n1,2\n", "cp932")
    with pytest.raises(CannotContinueError, match=r"a\.csv: line 1: .*cp932"):
        bench.stage(encoding="utf-8")


def test_a_byte_order_mark_of_another_encoding_stops(bench: Bench) -> None:
    bench.put("a.csv", "A,B\n1,2\n", "utf-16")
    with pytest.raises(CannotContinueError, match=r"a\.csv: .*utf-16-le"):
        bench.stage(encoding="cp932")


def test_half_a_surrogate_pair_and_an_odd_byte_in_utf16(bench: Bench) -> None:
    good, bad = "A,B\n1,甲\n".encode("utf-16-le"), b"2\0,\0\x00\xd8\n\0"
    bench.put("a.csv", good + bad + "3,乙\n4,丙".encode("utf-16-le") + b"\x41")
    out = bench.stage(encoding="utf-16-le")
    assert out.rows == [("1", "甲"), ("3", "乙")]
    assert out.rejects == [
        (3, "undecodable", bad),
        (5, "undecodable", "4,丙".encode("utf-16-le") + b"\x41"),
    ]


def test_an_empty_file(bench: Bench) -> None:
    bench.put("a.csv", b"")
    with pytest.raises(CannotContinueError, match=r"a\.csv: line 1: the file is empty"):
        bench.stage()
    out = bench.stage(header=False)
    assert out.staged.records == 0
    assert out.staged.files[0].records == 0


def test_a_header_alone_is_a_source_without_records(bench: Bench) -> None:
    bench.put("a.csv", "A,B")
    out = bench.stage()
    assert out.staged.columns == ("A", "B")
    assert (out.staged.records, out.rejects) == (0, [])


def test_columns_that_differ_between_files_are_named(bench: Bench) -> None:
    bench.put("a1.csv", "A,B\n1,2\n")
    bench.put("a2.csv", "B,C\n1,2\n")
    with pytest.raises(CannotContinueError, match=r"a2\.csv: line 1: .*missing A; not expected C"):
        bench.stage("a*.csv")
    with pytest.raises(CannotContinueError, match=r"a1\.csv: line 1: .*missing X; not expected B"):
        bench.stage("a1.csv", columns=(Column("A"), Column("X")))


def test_columns_in_another_order_are_put_in_order(bench: Bench) -> None:
    bench.put("a1.csv", "A,B\n1,2\n")
    bench.put("a2.csv", "B,A\n4,3\n")
    out = bench.stage("a*.csv")
    assert out.rows == [("1", "2"), ("3", "4")]
    assert [file.path for file in out.staged.files] == ["a1.csv", "a2.csv"]


def test_columns_of_the_same_name_are_told_apart(bench: Bench) -> None:
    bench.put("a.csv", "A,A,,#record\n1,2,3,4\n")
    out = bench.stage()
    assert out.staged.columns == ("A", "A(2)", "列3", "_#record")
    assert out.rows == [("1", "2", "3", "4")]


def test_a_line_too_long_is_kept_in_a_file_and_never_in_memory(bench: Bench) -> None:
    bench.limits = Limits(block=1 << 16, record=1 << 17)
    size = 20 << 20
    bench.put("a.csv", b"A,B\n1,2\n" + b"x" * size + b"\n3,4\n")
    tracemalloc.start()
    out = bench.stage()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 << 20
    assert out.rows == [("1", "2"), ("3", "4")]
    assert out.lines == [2, 4]
    assert [(line, code) for line, code, _ in out.rejects] == [(3, "line_too_long")]
    name = re.findall(r"long-lines/\S+", out.details[0])[0]
    kept = out.staged.rejects.parent / name
    assert kept.read_bytes() == b"x" * size + b"\n"


def test_tabs_need_no_delimiter(bench: Bench) -> None:
    bench.put("a.tsv", 'A\tB\n1\t"2\t3"\n')
    assert bench.stage("a.tsv", format="tsv").rows == [("1", "2\t3")]


def test_a_wrong_delimiter_or_quote_stops(bench: Bench) -> None:
    bench.put("a.csv", "".join(f"{n};2;3\n" for n in range(100)))
    columns = (Column("A"), Column("B"), Column("C"))
    with pytest.raises(CannotContinueError, match="line 1: 100 of the first 100 records do not have 3 fields → check"):
        bench.stage(header=False, columns=columns)
    assert bench.stage(header=False, columns=columns, delimiter=";").staged.records == 100


@pytest.mark.parametrize("block", [1 << 20, 64])
def test_lines_of_an_old_macintosh(bench: Bench, block: int) -> None:
    bench.limits = Limits(block, 1 << 20)
    bench.put("a.csv", 'A,B\r1,"x\ny"\r2\r3,"y"\r')
    out = bench.stage()
    assert out.rows == [("1", "x\ny"), ("3", "y")]
    assert out.lines == [2, 4]
    assert out.rejects == [(3, "record_fields", b"2\r")]


def test_a_workbook_declared_as_csv_stops(bench: Bench) -> None:
    bench.put("a.csv", b"PK\x03\x04rest")
    with pytest.raises(CannotContinueError, match=r"a\.csv: .*excel"):
        bench.stage()


def test_nothing_matches(bench: Bench) -> None:
    bench.put("b.csv", b"A\n")
    with pytest.raises(CannotContinueError, match=r"JUKI\*\.csv: no such file .*holds b\.csv"):
        bench.stage("JUKI*.csv")


@pytest.mark.parametrize(
    "settings",
    [
        {"encoding": "ebcdic"},
        {"delimiter": "、"},
        {"delimiter": ""},
        {"quote": "||"},
        {"quote": ","},
        {"format": "dbf"},
        {"files": ("../a.csv",)},
        {"format": "fixed"},
    ],
)
def test_settings_that_cannot_be_meant_are_refused(bench: Bench, settings: dict[str, Any]) -> None:
    bench.put("a.csv", b"A,B\n1,2\n")
    with pytest.raises(UsageError):
        bench.stage(**settings)
