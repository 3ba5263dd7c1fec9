"""Links lead somewhere, the map is the house, and whoever made the data is named. Oracle: the files themselves."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest
from tests.architecture.manual import HOUSE, README, README_JA, blocks

if TYPE_CHECKING:
    from pathlib import Path


def _pages() -> list[Path]:
    return [*HOUSE.glob("*.md"), *(HOUSE / "docs").rglob("*.md")]


@pytest.mark.parametrize("page", _pages(), ids=lambda path: str(path.relative_to(HOUSE)))
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if target.startswith(("http://", "https://")):
            continue
        path, _, anchor = target.partition("#")
        other = page.parent / path if path else page
        assert other.exists(), target
        if anchor:
            headings = [line for line in other.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
            assert anchor in {_anchor(heading) for heading in headings}, target


def _anchor(heading: str) -> str:
    """GitHub's anchor of a heading: small letters, no marks, spaces as hyphens."""
    return re.sub(r"[^\w\- ]", "", heading.lstrip("#").strip().lower()).replace(" ", "-")


def test_the_map_of_the_house_is_the_house() -> None:
    rooms = {path.parent.name for path in (HOUSE / "src/yakuba").glob("*/__init__.py")}
    for readme in (README, README_JA):
        drawn = next(block for block in blocks(readme) if block.file == "" and "src/yakuba/" in block.text).text
        inside = drawn.split("src/yakuba/", 1)[1]
        assert set(re.findall(r"^  ([a-z]+)/", inside.split("\ntests/")[0], re.MULTILINE)) == rooms
        for name in re.findall(r"^([a-zA-Z][\w./-]*)", drawn, re.MULTILINE):
            assert (HOUSE / name).exists(), name


def test_the_picture_is_small_enough_to_load() -> None:
    assert 10_000 < (HOUSE / "docs/images/report.png").stat().st_size < 400_000


def _sources() -> list[Path]:
    return [path for top in ("catalog", "src") for path in (HOUSE / top).rglob("SOURCE.toml")]


def test_every_licence_of_the_data_is_in_the_notice() -> None:
    notice = " ".join((HOUSE / "NOTICE").read_text(encoding="utf-8").split())
    missing = {
        licence: str(path.parent.relative_to(HOUSE))
        for path in _sources()
        if " ".join((licence := tomllib.loads(path.read_text("utf-8"))["licence"]).split()) not in notice
    }
    assert not missing


def test_every_folder_of_data_is_in_the_notice() -> None:
    notice = (HOUSE / "NOTICE").read_text(encoding="utf-8")
    covered = re.findall(r"^ *((?:catalog|src)/[\w./-]*)", notice, re.MULTILINE)
    for path in _sources():
        folder = path.parent.relative_to(HOUSE).as_posix() + "/"
        assert any(folder == place or (place != "catalog/" and folder.startswith(place)) for place in covered), folder
