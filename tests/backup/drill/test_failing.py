"""Generations that come to life and are no town, or another one; and a centre that has the town's own papers."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from tests.backup.drill.drills import codes, drill

if TYPE_CHECKING:
    from pathlib import Path

    from tests.backup.bcp.vaults import Sealed

    from yakuba.tenancy.acting import Actor

pytestmark = pytest.mark.usefixtures("quickly")


def changed(moved: Path, folder: Path, item: str, first: str) -> Path:
    """A feed whose residents have another beginning of an item."""
    feed = shutil.copytree(moved / "data", folder / "feed" / "data").parent
    path = feed / "data/001_juminkihondaicho/juminjoho.csv"
    head, *lines = path.read_text("utf-8").splitlines()
    at = head.split(",").index(item)
    other = [",".join([*(cells := line.split(","))[:at], first + cells[at][1:], *cells[at + 1 :]]) for line in lines]
    path.write_text("\n".join([head, *other]) + "\n", "utf-8")
    return feed


def test_an_empty_generation_fails(vault: Sealed, centre: Actor, moved: Path, tmp_path: Path) -> None:
    feed = shutil.copytree(moved / "data", tmp_path / "feed" / "data").parent
    for path in feed.rglob("*.csv"):
        path.write_bytes(path.read_bytes().partition(b"\n")[0] + b"\n")
    vault.take(feed, 1.0)
    assert codes(drill(vault, centre)) >= {"empty", "search_empty"}


def test_a_town_where_nobody_lives_fails(vault: Sealed, centre: Actor, moved: Path, tmp_path: Path) -> None:
    """Records are there, and everybody is gone: nobody can be searched for, and that is no pass."""
    vault.take(changed(moved, tmp_path, "除票フラグ", "1"), 1.0)
    assert codes(drill(vault, centre)) >= {"empty", "search_empty"}


def test_a_centre_that_serves_the_town_compares_with_the_papers_it_gave(
    vault: Sealed, centre: Actor, moved: Path, tmp_path: Path
) -> None:
    from tests.issuance.town import asks, ready

    from yakuba.issuance.services import issue
    from yakuba.registry.queries import usual_residents
    from yakuba.registry.services import load

    load(moved, centre)
    ready(centre)
    subject = usual_residents(centre, most=1, place="試験")[0]
    issue(centre, asks("juminhyo", subject), request=str(uuid4()))
    held = drill(vault, centre)
    assert held.ok
    assert (held.document["originals"], held.document["differing"]) == (1, 0)
    assert held.document["known"] == held.document["asked"] == 20
    # Another town's numbers in the vault: the paper cannot be made again, and nobody is known.
    vault.take(changed(moved, tmp_path, "宛名番号", "8"), 1.0)
    assert codes(drill(vault, centre, "second")) >= {"known_missing", "original_differs"}
