"""Same seed, same bytes: property of our own promise."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from yakuba.town.make import forms, make

if TYPE_CHECKING:
    from pathlib import Path

_RESIDENTS = 60


def _digests(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("form", sorted(forms()))
def test_the_same_seed_gives_the_same_bytes(form: str, tmp_path: Path) -> None:
    for place in ("one", "two"):
        make(_RESIDENTS, 11, form, tmp_path / place, defects=True)
    assert _digests(tmp_path / "one") == _digests(tmp_path / "two")


def test_another_seed_gives_another_town(tmp_path: Path) -> None:
    for seed in (1, 2):
        make(_RESIDENTS, seed, "kihon", tmp_path / str(seed))
    one, two = _digests(tmp_path / "1"), _digests(tmp_path / "2")
    assert one["001_juminjoho.csv"] != two["001_juminjoho.csv"]
    assert one["project.toml"] == two["project.toml"]


def test_a_larger_town_is_exactly_as_large_as_asked(tmp_path: Path) -> None:
    made = make(333, 5, "vendor-a", tmp_path)
    assert made.records["KOJINNO.CSV"] >= 333
    assert (tmp_path / "project.toml").exists()
