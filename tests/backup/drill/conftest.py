"""Tests of this room work on a centre with one town in it, and on small vaults of that town."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.backup.bcp.vaults import Sealed, sealed
from tests.backup.founded import PLACE, template
from tests.installation import prepared
from tests.world import TOWN_A

prepared()

from yakuba.backup.drill import living  # noqa: E402 - Django must be set up first

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.tenancy.acting import Actor


@pytest.fixture
def vault(moved: Path, tmp_path: Path) -> Sealed:
    """Its vault with one generation, two hours old."""
    return sealed(tmp_path, moved)


@pytest.fixture
def quickly(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Drills bring their generation to life in a copy of an empty installation."""
    monkeypatch.setenv(PLACE, str(template(tmp_path_factory)))
    monkeypatch.setattr(living, "INSIDE", "tests.backup.drill.quickly")


@pytest.fixture
def centre(database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Actor:  # noqa: ARG001
    """A command of the centre for 見本町, which has no records here."""
    from yakuba.tenancy.acting import system
    from yakuba.tenancy.models import Municipality

    monkeypatch.setenv("YAKUBA_HOME", str(tmp_path / "home"))
    Municipality.objects.create(code=TOWN_A, name="見本町", kana="", prefecture="見本県")
    return system(TOWN_A)
