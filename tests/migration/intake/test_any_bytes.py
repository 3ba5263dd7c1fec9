"""Properties that hold for any bytes at all, well formed or not."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from yakuba.kernel.progress import SILENT
from yakuba.migration.contracts import LINE, Column, SourceSpec
from yakuba.migration.intake import stage
from yakuba.migration.intake.batch import Limits
from yakuba.migration.intake.careful import line_end
from yakuba.migration.intake.records import Fault, split_record
from yakuba.migration.intake.regular import parse, shape

PIECES = ["a", "b", "1", '"', '""', ",", ",", "\n", "\n", "\r\n", " ", "甲", "\ufeff", "a,b\n", '"x","y"\n', "\x1a"]
texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
BROKEN = [b"\x00", b"\x81", b"\xff", b"\r"]
junk = st.lists(st.sampled_from([piece.encode("cp932", "ignore") for piece in PIECES] + BROKEN), max_size=20).map(
    b"".join
)


@settings(deadline=None, max_examples=800)
@given(texts, st.integers(0, 3))
@example("a,b,c\nd,e\n", 3)
@example("a,b\nc\nd,e,f\n", 2)
@example('"a\n,b\n', 2)
def test_what_counts_as_regular_is_what_the_csv_module_reads(text: str, columns: int) -> None:
    text += "" if text.endswith("\n") else "\n"
    columns = columns or text.split("\n")[0].count(",") + 1
    data = text.encode()
    found = shape(data, ",", '"', b"\n")
    if found is None:
        return
    frame = parse(data, [f"C{n}" for n in range(columns)], found, ",", '"', b"\n")
    if frame is not None:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        assert [list(row) for row in frame.rows()] == [row or [""] for row in rows]


@settings(deadline=None, max_examples=400)
@given(junk, st.integers(1, 3), st.sampled_from((3, 11, 64, 1 << 20)))
def test_every_line_is_in_one_record_or_in_one_reject(data: bytes, columns: int, block: int) -> None:
    if b"\r" in data.replace(b"\r\n", b""):
        block = 1 << 20  # the kind of line end is found in the first block
    assume(line_end(data, '"') == b"\n")
    spec = SourceSpec(
        "t", ("t.csv",), encoding="cp932", header=False, columns=tuple(Column(f"C{n}") for n in range(columns))
    )
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "t.csv").write_bytes(data)
        staged = stage(spec, folder, folder / "work", SILENT, Limits(block, 1 << 20))
        good = {row[2]: list(row[3:]) for part in staged.parts for row in pl.read_parquet(part).rows()}
        bad = dict(pl.read_parquet(staged.rejects).select(LINE, "raw").rows())
    lines = data.split(b"\n")
    lines = [line + b"\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
    starts = sorted([*good, *bad])
    assert not set(good) & set(bad)
    last = len(lines)
    for start, stop in zip(starts, [*starts, last + 1][1:], strict=True):
        own = b"".join(lines[start - 1 : stop - 1])
        if start in bad:
            assert own.startswith(bad[start])
            rest = own[len(bad[start]) :]
        else:
            fields = fields_of(own)
            assert fields == good[start]
            rest = b""
        assert not rest.strip(b"\r\n\x1a")
    before = b"".join(lines[: starts[0] - 1] if starts else lines)
    assert not before.strip(b"\r\n\x1a")


def fields_of(own: bytes) -> list[str]:
    """Fields of the first lines that make a record; only empty ones may follow."""
    text = own.decode("cp932")
    ends = [place for place, letter in enumerate(text) if letter == "\n"] + [len(text)]
    for end in ends:
        fields = split_record(text[:end].removesuffix("\r"), ",", '"')
        if not isinstance(fields, Fault):
            assert not text[end:].strip("\r\n\x1a")
            return fields
    raise AssertionError(own)
