"""`yakuba certificates sample` as a clerk meets it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from yakuba.certificates import font
from yakuba.certificates.kinds import kinds
from yakuba.certificates.samples import samples
from yakuba.cli import root
from yakuba.kernel.errors import Exit, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


def sample(*arguments: str) -> Result:
    return CliRunner().invoke(root, ["certificates", "sample", *arguments])


def test_all_writes_every_kind_for_every_case(tmp_path: Path) -> None:
    result = sample("--all", "--out", str(tmp_path / "out"), "--json")
    assert result.exit_code == Exit.CLEAN, result.output
    rows = json.loads(result.stdout)
    assert {row["kind"] for row in rows} == set(kinds())
    assert [row["case"] for row in rows] == [one.name for one in samples()]
    files = {path.name for path in (tmp_path / "out").iterdir()}
    assert files == {row["file"] for row in rows if row["file"]}
    assert all((tmp_path / "out" / name).read_bytes().startswith(b"%PDF-1.7") for name in files)


def test_one_kind_with_pictures(tmp_path: Path) -> None:
    result = sample("--kind", "inkan", "--png", "--preview", "--out", str(tmp_path))
    assert result.exit_code == Exit.CLEAN, result.output
    pictures = sorted(tmp_path.glob("*.png"))
    assert len(pictures) == 2
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in pictures)


@pytest.mark.parametrize(
    "arguments", [(), ("--all", "--kind", "inkan"), ("--kind", "nonsense"), ("--all",)], ids=" ".join
)
def test_what_cannot_be_meant(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "there").write_text("", "utf-8")
    result = sample(*arguments, "--out", str(tmp_path))
    assert isinstance(result.exception, UsageError) or result.exit_code == Exit.USAGE
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


def test_without_the_font_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    font.face.cache_clear()
    monkeypatch.setattr(font, "_FOLDERS", ())
    monkeypatch.setenv("YAKUBA_HOME", str(tmp_path))
    try:
        with pytest.raises(UsageError, match="fonts-ipamj-mincho"):
            font.face()
    finally:
        font.face.cache_clear()
