"""`yakuba town make` as people meet it. Oracle: our own promise (README, exit codes)."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def _make(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "yakuba", "town", "make", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_the_summary_tells_files_and_defects(tmp_path: Path) -> None:
    out = tmp_path / "town"
    done = _make("--residents", "500", "--form", "vendor-b", "--defects", "realistic", "--out", str(out), "--json")
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    assert set(summary["files"]) == {path.name for path in out.iterdir()}
    assert len(summary["planted"]) == 14
    assert summary["records"]["JUMIN.DAT"] > 1000


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("", encoding="utf-8")
    done = _make("--residents", "20", "--out", str(tmp_path))
    assert done.returncode == 2
    assert "not empty" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["precious"]


def test_an_unknown_form_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    done = _make("--form", "vendor-z", "--out", str(tmp_path / "town"))
    assert done.returncode == 2
    assert "vendor-a" in done.stderr
    assert not (tmp_path / "town").exists()


def test_people_read_a_table_and_the_path(tmp_path: Path) -> None:
    done = _make("--residents", "20", "--form", "kihon", "--out", str(tmp_path / "town"))
    assert done.returncode == 0
    assert "project.toml" in done.stdout.splitlines()[-1]
