"""A second municipality: the same forms under another code and name, and nothing of the first left in them.

Oracle: the migration itself, whose project says another municipality, and a search of everything it writes.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from yakuba.kernel.check_digits import is_dantai_code
from yakuba.kernel.errors import Exit
from yakuba.migration.pipeline.run import run
from yakuba.town.make import forms, make
from yakuba.town.neighbour import TOWNS
from yakuba.town.numbering import MUNICIPALITY

if TYPE_CHECKING:
    from pathlib import Path

NEIGHBOUR = "990027"


def test_codes_are_right_and_cannot_exist() -> None:
    assert list(TOWNS) == [MUNICIPALITY, NEIGHBOUR]
    for code, name in TOWNS.items():
        assert is_dantai_code(code)
        assert code.startswith("99")
        assert len(name) == 3


@pytest.mark.parametrize("form", forms())
def test_a_dump_of_the_neighbour_holds_nothing_of_the_other_town(form: str, tmp_path: Path) -> None:
    make(60, 2, form, tmp_path / "dump", municipality=NEIGHBOUR)
    outcome = run(tmp_path / "dump" / "project.toml", tmp_path / "run", key_home=tmp_path / "keys")
    assert outcome.proven
    assert outcome.questions == 0
    codes = set()
    for path in (tmp_path / "run" / "data").rglob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream):
                assert MUNICIPALITY not in row.values(), path
                assert not any("見本郡見本町" in (value or "") for value in row.values()), path
                codes.add(row.get("市区町村コード", NEIGHBOUR))
    assert codes == {NEIGHBOUR}


def test_the_same_seed_gives_the_same_bytes_and_the_first_town_is_unchanged(tmp_path: Path) -> None:
    for name, code in (("one", NEIGHBOUR), ("two", NEIGHBOUR), ("plain", MUNICIPALITY)):
        make(20, 3, "vendor-b", tmp_path / name, municipality=code)
    make(20, 3, "vendor-b", tmp_path / "default")
    files = {name: _bytes(tmp_path / name) for name in ("one", "two", "plain", "default")}
    assert files["one"] == files["two"]
    assert files["plain"] == files["default"]
    assert files["one"].keys() == files["plain"].keys()
    assert files["one"] != files["plain"]


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_another_town_is_refused(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from yakuba.cli.town_make import command
    from yakuba.kernel.errors import UsageError

    said = CliRunner().invoke(command, ["--municipality", "131016", "--out", str(tmp_path / "x")])
    assert isinstance(said.exception, UsageError)
    assert said.exception.exit_code == Exit.USAGE
    assert "990027" in said.exception.remedy
    assert not (tmp_path / "x").exists()
