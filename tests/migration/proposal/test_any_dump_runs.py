"""Property: whatever the columns are called and hold, the proposal can be run and accounts for every row."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yakuba.kernel.progress import SILENT
from yakuba.migration.intake import stage
from yakuba.migration.pipeline.run import run
from yakuba.migration.project import read_project
from yakuba.migration.proposal import look, write_project

NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=["Cs", "Cc"]), max_size=12)
CELLS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_characters="\0\x1a", exclude_categories=["Cs"]), max_size=12),
    st.sampled_from(["", "1", "2020-01-01", "男", "甲野　太郎", "0600001", "1,5", "#x", "a\nb"]),
)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]], str]:
    width = draw(st.integers(2, 6))
    header = draw(st.lists(NAMES, min_size=width, max_size=width))
    rows = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=10))
    return header, rows, draw(st.sampled_from(",;\t|"))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(tables())
def test_a_project_is_written_that_reads_back(table: tuple[list[str], list[list[str]], str]) -> None:
    header, rows, delimiter = table
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows([header, *rows])
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "dump.csv").write_bytes(out.getvalue().encode())
        target = folder / "project.toml"
        write_project(look(folder), target, folder, name="x", municipality="990019", layout="kihon")
        project = read_project(target)
        (source,) = project.sources
        staged = stage(source, project.dump, folder / "work", SILENT)
        rejected = pl.read_parquet(staged.rejects).height
        assert sum(facts.records for facts in staged.files) == staged.records + rejected > 0


def test_a_dump_of_odd_files_runs_as_proposed(tmp_path: Path) -> None:
    folder = tmp_path / "dump"
    folder.mkdir()
    (folder / "kunden.csv").write_bytes(
        ("Nr;Name;PLZ\r\n" + "".join(f"{n};Müller {n};{10000 + n}\r\n" for n in range(100))).encode("cp1252")
    )
    (folder / "dup.csv").write_text("A,A,,#record,予備\n" + "".join(f"{n},2,3,4,5\n" for n in range(20)), "utf-8")
    (folder / "bad.csv").write_bytes(b"NO,X\n" + b"".join(b"%d%s\n" % (n, b"" if n == 7 else b",a") for n in range(50)))
    (folder / "fix.dat").write_bytes(b"".join(f"{n:08}ABC   {n % 7}\r\n".encode() for n in range(50)))
    target = folder / "project.toml"
    write_project(look(folder), target, folder, name="", municipality="", layout="kihon")
    outcome = run(target, tmp_path / "out", key_home=tmp_path / "keys")
    assert outcome.proven
    assert outcome.records == 220
    assert (outcome.loaded, outcome.rejected) == (219, 1)
    assert json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["proven"]
