"""Properties of a whole run: what is in the standard already moves unchanged, and what was turned can be turned back.

Oracle: the input itself, read by Python's csv; the inverse steps of the mapping.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.migration.pipeline.desk import GROUP, HEAD, TABLE, Desk, files, table

from yakuba.kernel.progress import SILENT
from yakuba.layouts.read import standard
from yakuba.migration.pipeline.prepare import prepare
from yakuba.migration.pipeline.run import take_in
from yakuba.migration.pipeline.workspace import Workspace
from yakuba.migration.project import read_project

if TYPE_CHECKING:
    from yakuba.migration.mapping.plan import ColumnPlan

STEADY = settings(
    max_examples=25, phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.too_slow]
)
"""An example is a whole run; a failing one is told as it came, because making it smaller takes minutes."""
WORDS = (
    "甲野 乙　山 𠮷 髙 﨑 葛\U000e0102 \U000e0110 が か\u3099 ｶﾞ ガ 〓 \ue000 \U000f0000 é e\u0301 🏠 ẞ ‐ − ー ～ 〜 "
    "不明 なし NULL nan null 0 00 -0 1e5"
)
MARKS = "\ufeff\u200d\u3000\xa0\t\n\r\x01\x1f\x7f\x85\u2028\"',;\\#=\ufffd\ufffe "
HARD = [*WORDS.split(" "), *MARKS, "\r\n", '""', ""]
"""Pieces that names and remarks are made of; the empty piece makes spaces at the ends and cells that are empty."""
CELL = st.lists(st.sampled_from(HARD), max_size=5).map("".join)

ROOM = 50
"""Digits that CELL never fills."""


def _group_items() -> list[str]:
    _, group = standard("kihon").group(GROUP)
    return [item.name for item in group.items if item.type.value == "Ｎ" and (item.digits or 0) >= ROOM]


FREE = _group_items()
"""Items of free text; all others have a form of their own and are left empty or constant."""
IDENTITY = (
    HEAD
    + f"""
[[source]]
name = "atena"
files = ["ATENA.csv"]
encoding = "ENCODING"
[[table]]
group = "{GROUP}"
from = "atena"
[table.columns]
"""
)


def written(header: list[str], rows: list[list[str]], quoting: int) -> str:
    out = io.StringIO()
    csv.writer(out, quoting=quoting, lineterminator="\n").writerows([header, *rows])  # type: ignore[arg-type]
    return out.getvalue()


@STEADY
@given(
    people=st.lists(st.lists(CELL, min_size=len(FREE), max_size=len(FREE)), min_size=1, max_size=12),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_the_standard_moves_to_the_standard_cell_by_cell(people: list[list[str]], quoting: int, encoding: str) -> None:
    header = ["宛名番号", *FREE, "代表宛名フラグ"]
    rows = [[f"{number:015}", *texts, "1"] for number, texts in enumerate(people)]
    # A lone carriage return outside quotes is a line end to everybody, and csv writes it bare when it may.
    quoting = csv.QUOTE_ALL if any("\r" in text for texts in people for text in texts) else quoting
    with TemporaryDirectory() as name:
        desk = Desk(Path(name) / "town")
        desk.folder.mkdir()
        columns = "".join(f'"{item}" = "{item}"\n' for item in header)
        desk.put("project.toml", IDENTITY.replace("ENCODING", encoding) + columns)
        desk.put("ATENA.csv", written(header, rows, quoting), encoding)
        outcome = desk.go()
        assert (outcome.corrected, outcome.loaded) == (0, len(rows))
        assert [[row[item] for item in header] for row in desk.rows()] == rows
        frame = pl.read_parquet(desk.folder / "run" / f"{TABLE}.parquet")
        assert frame.select(pl.col(header).cast(pl.String).fill_null("")).rows() == [tuple(row) for row in rows]


TURNED = (
    IDENTITY
    + """
"宛名番号" = { from = "NO", prefix = "99" }
"個人番号" = "NO"
"氏_日本人" = "SEI"
"氏名" = { from = ["SEI", "MEI"], join = "　" }
"性別" = { from = "SEX", codes = "seibetsu" }
"生年月日" = { from = "UMARE", date = { form = "era7", empty = "0000000", end = "9999999" } }
"住所_方書" = { from = "KATA", suffix = "方", prefix = "（" }
"住所_町字コード" = { from = "CHO", number = { digits = 7 } }
"代表宛名フラグ" = { constant = "1" }
[codes.seibetsu]
"M" = "1"
"F" = "2"
"" = "9"
"""
).replace("ENCODING", "utf-8")
DAY = st.builds(
    "{}{:02}{:02}{:02}".format, st.integers(1, 5), st.integers(0, 65), st.integers(0, 13), st.integers(0, 32)
)
PERSON = st.tuples(
    CELL,
    CELL,
    st.sampled_from(["M", "F", "", "1", "X"]),
    st.one_of(DAY, st.sampled_from(["", "0000000", "9999999", "1989-01-07", "       "]), CELL),
    CELL,
    st.one_of(st.from_regex(r"-?[0-9]{6,8}", fullmatch=True), CELL),
)

GOOD_PERSON = ("乙　山", "", "F", "3640107", "一番", "0000042")


def turned_back(column: ColumnPlan, text: str) -> str:
    """The old cell that a written cell came from."""
    steps = column.inverse()
    assert not isinstance(steps, str)
    for step in steps:
        if text or step.on_empty:
            undone = step.scalar(text)
            text = text if undone is None else undone
    return text


@STEADY
@given(people=st.lists(PERSON, min_size=1, max_size=20))
def test_what_the_mapping_turned_can_be_turned_back(people: list[tuple[str, ...]]) -> None:
    header = ["NO", "SEI", "MEI", "SEX", "UMARE", "KATA", "CHO"]
    rows = [[f"{number:05}", *texts] for number, texts in enumerate([*people, GOOD_PERSON])]
    with TemporaryDirectory() as name:
        desk = Desk(Path(name) / "town")
        desk.folder.mkdir()
        desk.put("project.toml", TURNED)
        desk.put("ATENA.csv", written(header, rows, csv.QUOTE_ALL))
        desk.go()
        project = read_project(desk.folder / "project.toml")
        assert project.as_of is not None
        staged = take_in(project, Workspace(desk.folder / "again", project.as_of), SILENT)
        plan = prepare(project, staged).plans[0]
        ways = {column.item.name: column for column in plan.columns if not isinstance(column.inverse(), str)}
        assert set(ways) == {"宛名番号", "個人番号", "氏_日本人", "性別", "生年月日", "住所_方書", "住所_町字コード"}
        lineage = pl.read_parquet(desk.folder / "run/lineage" / f"{TABLE.removeprefix('data/')}.parquet")
        told = {(row["line"], row["item"]) for row in desk.findings()}
        lines = pl.read_parquet(staged[0].parts[0])["#line"].to_list()
        assert len(desk.rows()) > 0
        for record, row in zip(lineage["#record"], desk.rows(), strict=True):
            source = dict(zip(header, rows[record - 1], strict=True))
            for item, column in ways.items():
                if (str(lines[record - 1]), item) not in told:
                    assert turned_back(column, row[item]) == source[column.sources[0]], (item, row[item])


@STEADY
@given(people=st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=12))
def test_what_is_handed_back_comes_back_as_it_was(people: list[tuple[str, str, str]]) -> None:
    """Records without a key are handed back; with the key filled in and nothing else touched, they are loaded."""
    rows = [["", *texts] for texts in people]
    columns = '"宛名番号" = "NO"\n"氏_日本人" = "SEI"\n"名_日本人" = "MEI"\n"代表宛名フラグ" = { constant = "1" }\n'
    with TemporaryDirectory() as name:
        desk = Desk(Path(name) / "town")
        desk.folder.mkdir()
        project = IDENTITY.replace("ENCODING", "utf-8") + columns
        desk.put("project.toml", project)
        desk.put("ATENA.csv", written(["NO", "SEI", "MEI", "BIKO"], rows, csv.QUOTE_ALL))
        assert desk.go().rejected == len(rows)
        form = table(desk.folder / "run/rejected/atena.csv")
        assert [(row["SEI"], row["MEI"], row["BIKO"]) for row in form] == people
        desk.put_table("mended.csv", [row | {"NO": f"{number:05}"} for number, row in enumerate(form)])
        desk.put("project.toml", project.replace('"ATENA.csv"]', '"ATENA.csv"]\nreplay = "mended.csv"'))
        outcome = desk.go("second")
        assert (outcome.loaded, outcome.merged) == (len(rows), len(rows))
        pairs = zip(desk.rows(out="second"), desk.rows("data/yobi/atena-replay", "second"), strict=True)
        assert [(row["氏_日本人"], row["名_日本人"], left["BIKO"]) for row, left in pairs] == people


@pytest.mark.parametrize("threads", ["1", "2"])
def test_the_same_bytes_with_any_number_of_threads(desk: Desk, threads: str) -> None:
    people = [f"{n:05},甲野{n % 7},太郎,M,3640107,{n % 90 or 'x'}" for n in range(3_000)]
    desk.town("NO,SEI,MEI,SEX,UMARE,BIKO\n" + "\n".join([*people, *people[:50]]) + "\n")
    desk.environment["POLARS_MAX_THREADS"] = threads
    first, second = desk.run("first"), desk.run("second")
    assert first.json["merged"] == second.json["merged"] == 50
    assert files(desk.folder / "first") == files(desk.folder / "second")
