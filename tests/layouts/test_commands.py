"""`yakuba layouts …` as a town meets it. Oracle: exit codes of the handbook, files written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.layouts.test_importing import book

from yakuba.cli import main
from yakuba.kernel.errors import Exit

if TYPE_CHECKING:
    from pathlib import Path

OLD, NEW = "kihon/2023-03/031_jutogaishaatenabangokanri", "kihon/2026-08/031_jutogaishaatenabangokanri"


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main(["layouts", *map(str, arguments)])
    out, err = capsys.readouterr()
    code = left.value.code
    assert isinstance(code, int)
    return code, out, err


def test_list(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "list", "--standard", "kihon")
    assert code == Exit.CLEAN
    line = next(line for line in out.splitlines() if line.startswith(NEW))
    assert "公式 official" in line
    assert OLD not in out
    code, out, _ = run(capsys, "list", "--json")
    assert {OLD, NEW} <= {row["id"] for row in json.loads(out)}


def test_show(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, _ = run(capsys, "show", NEW)
    assert code == Exit.CLEAN
    assert "公式 (official)" in out
    code, out, _ = run(capsys, "show", "kihon/2023-09/001_juminkihondaicho", "--group", "メモ", "--json")
    assert [group["name"] for group in json.loads(out)["groups"]] == ["メモ"]
    code, out, _ = run(capsys, "show", NEW, "--format", "html", "--out", tmp_path / "page.html")
    assert (code, out) == (Exit.CLEAN, "")
    assert (tmp_path / "page.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    code, _, err = run(capsys, "show", NEW, "--group", "無い")
    assert code == Exit.USAGE
    assert len(err.splitlines()) == 1


def test_diff(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, _ = run(capsys, "diff", OLD, NEW, "--html", tmp_path / "diff.html")
    assert code == Exit.CLEAN
    assert "22 件" in out
    assert "名称変更の候補" in (tmp_path / "diff.html").read_text(encoding="utf-8")
    code, out, _ = run(capsys, "diff", OLD, NEW, "--json")
    document = json.loads(out)
    assert (document["old"]["standing"], len(document["changes"])) == ("official", 22)


def test_import(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    facts = ["--edition", "2026-10", "--code", "098", "--business", "試験", "--identifier", "shiken", "--title", "試し"]
    made = book(tmp_path / "book.xlsx")
    code, out, _ = run(capsys, "import", made, *facts, "--group", "人=hito", "--into", tmp_path / "standards", "--json")
    assert code == Exit.CLEAN
    assert json.loads(out) == {
        "id": "kihon/2026-10/098_shiken",
        "standing": "official",
        "groups": 1,
        "items": 5,
        "codes": 2,
    }
    code, _, err = run(capsys, "import", tmp_path / "none.xlsx", *facts, "--into", tmp_path)
    assert code == Exit.CANNOT_CONTINUE
    assert len(err.splitlines()) == 1
