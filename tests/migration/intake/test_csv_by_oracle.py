"""Oracle: Python's csv module. Any table, any encoding, any quoting, any line end, any block size."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from yakuba.kernel.progress import SILENT
from yakuba.migration.contracts import FILE, LINE, RECORD, Column, SourceSpec
from yakuba.migration.intake import stage
from yakuba.migration.intake.batch import Limits

LETTERS = "'" + 'ab1 ,"\n\r\t;|表ソ①㈱髙﨑ｱあ\ufeff'
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp932", "euc_jp")

cells = st.text(LETTERS, max_size=6)
widths = st.integers(1, 4)
tables = widths.flatmap(
    lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=12)
)


def is_in(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


@st.composite
def files(draw: st.DrawFn) -> tuple[bytes, list[list[str]], SourceSpec]:
    rows = draw(tables)
    encoding = draw(st.sampled_from(ENCODINGS))
    rows = [["".join(c for c in cell if is_in(c, encoding)) for cell in row] for row in rows]
    if encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        rows[0][0] = rows[0][0].removeprefix("\ufeff")  # there it would be the mark of the file
    delimiter = draw(st.sampled_from(",\t;|"))
    quoting: int = draw(st.sampled_from((csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC)))
    newline = draw(st.sampled_from(("\n", "\r\n")))
    if quoting == csv.QUOTE_MINIMAL and newline == "\n":  # the writer of Python 3.11 then leaves a "\r" bare
        rows = [[cell.replace("\r", "") for cell in row] for row in rows]
    out = io.StringIO()
    quote = draw(st.sampled_from(('"', '"', "'")))
    form: dict[str, Any] = {"delimiter": delimiter, "quotechar": quote, "quoting": quoting, "lineterminator": newline}
    csv.writer(out, **form).writerows(rows)
    text = out.getvalue()
    if draw(st.booleans()) and rows[-1] != [""]:
        text = text.removesuffix(newline)
    width = len(rows[0])
    columns = tuple(Column(f"C{place}") for place in range(width))
    spec = SourceSpec(
        "t", ("t.csv",), encoding=encoding, delimiter=delimiter, quote=quote, header=False, columns=columns
    )
    return text.encode(encoding), rows, spec


@settings(deadline=None, max_examples=300)
@given(files(), st.sampled_from((3, 7, 16, 64, 1 << 20)))
def test_what_the_csv_module_writes_is_read_back(file: tuple[bytes, list[list[str]], SourceSpec], block: int) -> None:
    data, rows, spec = file
    with TemporaryDirectory() as folder:
        dump = Path(folder)
        (dump / "t.csv").write_bytes(data)
        staged = stage(spec, dump, dump / "work", SILENT, Limits(block, 1 << 20))
        rejects = pl.read_parquet(staged.rejects)
        frames = [pl.read_parquet(part) for part in staged.parts]
        table = pl.concat(frames) if frames else pl.DataFrame()
    assert rejects.height == 0, rejects
    found = [list(row[3:]) for row in table.rows()]
    assert found == rows
    assert table[RECORD].to_list() == list(range(1, len(rows) + 1))
    assert set(table[FILE]) == {0}
    assert table[LINE].to_list() == start_lines(rows, data.decode(spec.encoding), spec)
    assert staged.files[0].records == len(rows)


def start_lines(rows: list[list[str]], text: str, spec: SourceSpec) -> list[int]:
    """Lines by the oracle's own count: a record starts behind all line feeds of the ones before it."""
    source = io.StringIO(text, newline="")
    reader = csv.reader(source, delimiter=spec.delimiter, quotechar=spec.quote)
    starts, line = [], 1
    for row, read in zip(rows, reader, strict=False):
        assert row in (read, [""])
        starts.append(line)
        line += 1 + sum(cell.count("\n") for cell in row)
    return starts
