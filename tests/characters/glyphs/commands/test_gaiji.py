"""`yakuba town gaiji`: a font, a list and the truth that fit together. Oracle: `town make` and the MJ font's names."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from yakuba.characters.glyphs.read import read_glyphs
from yakuba.characters.glyphs.usage import read_usage
from yakuba.characters.vendor import read_vendor_table
from yakuba.cli import main
from yakuba.kernel.errors import CannotContinueError
from yakuba.kernel.ipamj import FOLDERS
from yakuba.town import vendor_font
from yakuba.town.make import make

HANAZONO = any(next(Path(folder).expanduser().rglob(vendor_font.FILE), None) for folder in FOLDERS)
needed = pytest.mark.skipif(not HANAZONO, reason="花園明朝 is not installed")


def _make(out: Path, *more: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["town", "gaiji", "--residents", "400", "--out", str(out), *more])
    assert ended.value.code == 0


@needed
def test_font_list_and_truth_speak_of_the_same_characters(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _make(tmp_path / "one")
    reading = read_glyphs(tmp_path / "one/gaiji.tte")
    assert reading.findings == ()
    privates = {glyph.private for glyph in reading.glyphs}
    usage = read_usage(tmp_path / "one/usage.csv")
    truth = read_vendor_table(tmp_path / "one/truth.csv")
    assert privates == usage.keys() | truth.forms.keys() | truth.undecided
    assert len(truth.undecided) == 3
    assert len(privates) >= 40
    assert sum(form[0] in "邉邊" for form in truth.forms.values()) >= 10
    assert {"髙", "﨑", "𠮷"} <= set(truth.forms.values())
    assert {form[0] for form in truth.forms.values()} >= set("葛辻齋")
    assert len({glyph.digest for glyph in reading.glyphs}) == len(privates)
    told = capsys.readouterr().out
    assert f"glyphs {len(privates)}" in told
    _make(tmp_path / "two")
    for name in ("gaiji.tte", "usage.csv", "truth.csv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


@needed
def test_its_first_codes_are_those_of_the_towns_dump(tmp_path: Path) -> None:
    _make(tmp_path / "gaiji")
    (tmp_path / "town").mkdir()
    make(400, 1, "vendor-a", tmp_path / "town")
    with (tmp_path / "town/gaiji.csv").open(encoding="utf-8", newline="") as stream:
        dumped = [(row["外字コード"], row["MJ名"]) for row in csv.DictReader(stream)]
    with (tmp_path / "gaiji/truth.csv").open(encoding="utf-8", newline="") as stream:
        ours = [(row["外字コード"], row["MJ名"]) for row in csv.DictReader(stream)]
    assert dumped
    assert ours[: len(dumped)] == dumped


def test_without_its_source_nothing_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vendor_font, "FOLDERS", (str(tmp_path),))
    with pytest.raises(CannotContinueError, match="fonts-hanazono"):
        vendor_font.source_font()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "precious").touch()
    with pytest.raises(SystemExit) as ended:
        main(["town", "gaiji", "--out", str(tmp_path)])
    assert ended.value.code == 2
    assert "not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["precious"]
