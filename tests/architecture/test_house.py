"""The house keeps its own rules: nothing left over, nothing of this machine, no data without a source."""

from __future__ import annotations

import re
import statistics
import subprocess
from pathlib import Path

import pytest

from yakuba.kernel.discover import catalog_root
from yakuba.kernel.source import read_source

ROOT = Path(__file__).resolve().parents[2]
OURS = {".py", ".toml", ".sh", ".md", ".csv", ".css", ""}


def tracked() -> list[Path]:
    """Files that belong to the repository (git's view), or every file where there is no git."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = listed.stdout.splitlines()
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def python_files() -> list[Path]:
    return [path for path in (ROOT / "src").rglob("*.py") if "__pycache__" not in path.parts]


LEFT_OVER = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedError|pytest\.mark\.xfail")


def test_nothing_is_left_for_later() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in python_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if LEFT_OVER.search(line)
    ]
    assert found == []


def test_no_file_names_a_machine_or_a_registry() -> None:
    wanted = re.compile(
        "|".join(
            [
                "/wo" + "rk/(main|shared)",
                "/ro" + "ot/",
                "/home/[a-z]",
                "file" + r"\.pythonhosted",
                "registry" + r"\.npmjs",
            ]
        )
    )
    found = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix in OURS and wanted.search(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert found == []


def test_product_code_knows_nothing_of_shared() -> None:
    found = [str(path.relative_to(ROOT)) for path in python_files() if "../shared" in path.read_text(encoding="utf-8")]
    assert found == []


def data_folders() -> list[Path]:
    towns = ROOT / "src/yakuba/town/data"
    return sorted({path.parent for root in (catalog_root(), towns) for path in root.rglob("*.csv")})


@pytest.mark.parametrize("folder", data_folders(), ids=lambda folder: str(folder.relative_to(ROOT)))
def test_every_table_says_where_it_comes_from(folder: Path) -> None:
    source = read_source(folder)
    assert source.title
    assert source.licence
    assert source.how


def test_files_stay_small() -> None:
    # Migrations are written by Django and read by nobody.
    written = [path for path in python_files() if path.parent.name != "migrations"]
    sizes = sorted(len(path.read_text(encoding="utf-8").splitlines()) for path in written)
    assert statistics.median(sizes) <= 120
    assert sizes[int(len(sizes) * 0.9)] <= 250
    assert sizes[-1] <= 400


def test_the_arrows_hold() -> None:
    """`make check` runs the same contracts; here they also guard a `make test` alone."""
    result = subprocess.run(
        [ROOT / ".venv/bin/lint-imports", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout
