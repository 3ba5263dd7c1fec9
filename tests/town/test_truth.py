"""The truth beside a dump points at what was spoilt, and at nothing else. Oracle: the same town without defects."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

import pytest

from yakuba.town.make import forms, kinds, make

if TYPE_CHECKING:
    from pathlib import Path

_RESIDENTS = 500
_CATEGORIES = {f"C{number}" for number in range(1, 15)}
_ENDS = {
    "kihon": b"\n",
    "chukan": b"\n",
    "vendor-a": b"\r\n",
    "vendor-b": b"\r\n",
    "vendor-c": "\r\n".encode("utf-16-le"),
}


@pytest.fixture(scope="module", params=sorted(forms()))
def dumps(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path, Path]:
    """(form, folder without defects, folder with)."""
    clean, spoilt = tmp_path_factory.mktemp("clean"), tmp_path_factory.mktemp("spoilt")
    make(_RESIDENTS, 77, request.param, clean)
    make(_RESIDENTS, 77, request.param, spoilt, defects=True)
    return request.param, clean, spoilt


def _truth(folder: Path) -> list[dict[str, str]]:
    with (folder / "truth.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _lines(path: Path, end: bytes) -> list[bytes]:
    return path.read_bytes().split(end)


def _changed(form: str, clean: Path, spoilt: Path) -> set[tuple[str, int]]:
    """Places (file, line from 1) whose bytes differ; lines that are there only with defects count."""
    found = set()
    for path in spoilt.iterdir():
        if path.name in ("project.toml", "truth.csv"):
            continue
        before, after = _lines(clean / path.name, _ENDS[form]), _lines(path, _ENDS[form])
        assert len(before) <= len(after)
        found |= {
            (path.name, number)
            for number, line in enumerate(after, start=1)
            if (number > len(before) or line != before[number - 1]) and line
        }
    return found


def test_every_category_is_planted(dumps: tuple[str, Path, Path]) -> None:
    _, _, spoilt = dumps
    assert {row["category"] for row in _truth(spoilt) if row["role"] == "defect"} == _CATEGORIES


def test_exactly_the_lines_of_the_truth_differ(dumps: tuple[str, Path, Path]) -> None:
    form, clean, spoilt = dumps
    truth = _truth(spoilt)
    changed = _changed(form, clean, spoilt)
    named = {(row["file"], int(row["line"])) for row in truth}
    assert changed <= named
    # A household without a head is reported at its first member; two rows of the same truth share a line.
    unchanged = {
        row["note"] for row in truth if (row["file"], int(row["line"])) not in changed and row["role"] == "defect"
    }
    assert unchanged <= {"世帯主のいない世帯"}


def test_the_named_column_is_the_one_that_differs(dumps: tuple[str, Path, Path]) -> None:
    form, clean, spoilt = dumps
    checked = 0
    for row in _truth(spoilt):
        if row["role"] == "related" or not row["column"] or row["code"] in _IN_THE_LINE or row["note"] in _ELSEWHERE:
            continue
        before, after = (_record(folder, row["file"], int(row["line"]), form) for folder in (clean, spoilt))
        assert after[row["column"]] != before[row["column"]], row
        checked += 1
    assert checked > 30


_IN_THE_LINE = ("undecodable", "nul_byte", "key_duplicate", "no_table")
"""Damage to the whole line, and lines that the clean dump does not have."""
_ELSEWHERE = ("世帯主のいない世帯", "世帯主が2人")


def _record(folder: Path, file: str, line: int, form: str) -> dict[str, bytes]:
    lines = _lines(folder / file, _ENDS[form])
    if form == "vendor-b":
        widths = _widths(folder)[file]
        starts = accumulate(widths.values(), initial=0)
        return {
            name: lines[line - 1][at : at + width] for (name, width), at in zip(widths.items(), starts, strict=False)
        }
    cut = '","'.encode("utf-16-le") if form == "vendor-c" else b'","'
    names, cells = (lines[number].split(cut) for number in (0, line - 1))
    encoding = "utf-16-le" if form == "vendor-c" else "utf-8"
    return {name.decode(encoding).strip('\ufeff"'): cell for name, cell in zip(names, cells, strict=True)}


@cache
def _widths(folder: Path) -> dict[str, dict[str, int]]:
    project = tomllib.loads((folder / "project.toml").read_text(encoding="utf-8"))
    return {
        source["files"][0]: {column["name"]: column["width"] for column in source["columns"]}
        for source in project["source"]
    }


def test_codes_and_files_of_kinds_are_described() -> None:
    for name, kind in kinds().items():
        assert kind.CATEGORY in _CATEGORIES, name
        assert kind.CODE, name
        assert kind.__doc__, name


def test_defects_are_rare(dumps: tuple[str, Path, Path]) -> None:
    _, clean, spoilt = dumps
    records = sum(len(path.read_bytes().split(b"\n")) for path in clean.iterdir())
    defects = sum(row["role"] == "defect" for row in _truth(spoilt))
    assert 0.001 <= defects / records <= 0.01
