"""Journey: `yakuba check` on files that claim to be in a standard layout. Oracle: the run that wrote them."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from tests.migration.pipeline.desk import GOOD, TABLE, Desk, Said

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAME = f"{TABLE.removeprefix('data/')}.csv"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean run's folder of files."""
    folder = tmp_path_factory.mktemp("check") / "town"
    folder.mkdir()
    desk = Desk(folder)
    desk.town(GOOD.replace("改行\nあり", "改行"))
    assert desk.run().code == 0
    return folder / "run/data"


@pytest.fixture
def copy(desk: Desk, written: Path) -> Path:
    """A copy of the written file, to be damaged; gives its path."""
    return desk.put(f"data/{NAME}", (written / NAME).read_bytes())


def check(desk: Desk, *arguments: str) -> Said:
    return desk.yakuba("check", "data", "--layout", "kihon", "--json", *arguments)


def test_the_files_of_a_clean_run_are_clean(desk: Desk, written: Path) -> None:
    said = desk.yakuba("check", written, "--layout", "kihon", "--json")
    assert said.code == 0
    assert said.json["findings"] == []
    assert said.json["files"] == [
        {
            "file": NAME,
            "group": "住登外者宛名番号管理/住登外者宛名基本情報",
            "standing": "公式",
            "rows": 4,
            "findings": 0,
        }
    ]


DAMAGE: dict[str, tuple[Callable[[str], str | bytes], set[tuple[str, int]]]] = {
    "unknown code": (lambda text: text.replace("花子,,,,,,2,", "花子,,,,,,7,"), {("code_unknown", 3)}),
    "a key twice": (lambda text: text.replace("\n0002,", "\n0001,"), {("key_duplicate", 2), ("key_duplicate", 3)}),
    "no key": (lambda text: text.replace("\n0002,", "\n,"), {("key_empty", 3)}),
    "no such day": (lambda text: text.replace("2026-11-20", "2026-11-31", 1), {("date_impossible", 2)}),
    "a letter in a number": (lambda text: text.replace(",1,,ikou", ",l,,ikou", 1), {("not_a_number", 2)}),
    "required is empty": (lambda text: text.replace("ikou", "", 1), {("required_missing", 2)}),
    "cut off": (lambda text: text[:-25], {("record_truncated", 5)}),
    "quote": (lambda text: text.replace("\n0002,", '\n"0002,'), {("quote_unclosed", 3)}),
    "another encoding": (
        lambda text: text.encode().replace("花".encode(), "花".encode("cp932")),
        {("undecodable", 3)},
    ),
    "unknown column": (lambda text: text.replace("性別", "男女", 1), {("column_unknown", 1)}),
    "no required column": (
        lambda text: text.replace("操作者ID", "操作者", 1),
        {("column_unknown", 1), ("item_unmapped", 0)},
    ),
    "no key column": (lambda text: text.replace("宛名番号", "番号", 1), {("item_unmapped", 1)}),
    "a column twice": (lambda text: text.replace("氏_日本人,", "名_日本人,", 1), {("column_unknown", 1)}),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_found_in_its_line(desk: Desk, copy: Path, name: str) -> None:
    damage, expected = DAMAGE[name]
    text = copy.read_text("utf-8")
    damaged = damage(text)
    raw = damaged if isinstance(damaged, bytes) else damaged.encode()
    assert raw != text.encode()
    copy.write_bytes(raw)
    said = check(desk)
    assert said.code == 1, said.out
    found = {(one["code"], one["line"]) for one in said.json["findings"]}
    assert expected <= found
    assert {one["file"] for one in said.json["findings"]} == {NAME}
    assert {line for _, line in found} <= {line for _, line in expected} | {0, 1}
    assert said.json["files"][0]["findings"] == len(said.json["findings"])


def test_findings_are_plain_lines(desk: Desk, copy: Path) -> None:
    copy.write_text(copy.read_text("utf-8").replace("\n0002,", "\n,"), "utf-8")
    said = desk.yakuba("check", "data")
    assert said.code == 1
    assert [line for line in said.out.splitlines() if line.startswith(f"{NAME}:3:")]


REFUSED: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "empty"),
    "not UTF-8": ("宛名番号,氏名\n".encode("cp932"), "UTF-8"),
    "UTF-16": ("宛名番号,氏名\n1,2\n".encode("utf-16"), "UTF-8"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_csv_in_utf8_is_named(desk: Desk, name: str) -> None:
    raw, word = REFUSED[name]
    desk.put(f"data/{NAME}", raw)
    said = check(desk)
    assert said.code == 3
    assert "jutogaishaatenakihonjoho.csv" in said.complaint
    assert word in said.complaint


PACKED = {
    "empty": b"",
    "no gzip behind the mark": b"\x1f\x8b\x08" + bytes(20),
    "cut off": gzip.compress(b"A,B\n" * 999)[:30],
    "not packed": b"plain",
}


@pytest.mark.parametrize("name", PACKED)
def test_a_damaged_packed_file_is_named(desk: Desk, name: str) -> None:
    desk.put(f"data/{NAME}.gz", PACKED[name])
    said = check(desk)
    assert said.code == 3
    assert "jutogaishaatenakihonjoho.csv.gz" in said.complaint


def test_a_packed_file_and_odd_folder_names_are_read(desk: Desk, written: Path) -> None:
    desk.put("data/[2026] 引継?*/jutogaishaatenakihonjoho.csv.gz", gzip.compress((written / NAME).read_bytes()))
    said = check(desk)
    assert said.code == 0
    assert said.json["files"][0]["rows"] == 4


def test_the_reserve_area_is_no_group_even_when_it_is_named_like_one(desk: Desk, copy: Path) -> None:
    assert copy.exists()
    desk.put("data/yobi/memo.csv", "A,B\n1,2\n")
    said = check(desk)
    assert (said.code, len(said.json["files"])) == (0, 1)


def test_a_folder_without_such_files(desk: Desk) -> None:
    desk.put("data/letter.csv", "A\n1\n")
    said = check(desk)
    assert said.code == 2
    assert "data" in said.complaint


def test_an_unknown_layout(desk: Desk, copy: Path) -> None:
    assert copy.exists()
    said = desk.yakuba("check", "data", "--layout", "kihon@1999-01")
    assert said.code == 2
    assert "1999" in said.complaint
