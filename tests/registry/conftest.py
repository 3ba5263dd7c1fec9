"""Tests of this room work on a real database: it is ready before the first of them is read."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from tests.installation import prepared
from tests.remembered import remembered
from tests.world import TOWN_A, TOWN_B

prepared()

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.tenancy.acting import Actor


@pytest.fixture(scope="session")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run folder of 見本町 from vendor A, proven; nobody changes it."""
    from tests.journeys.towns import move

    return move(tmp_path_factory.mktemp("town"), "vendor-a", "none", residents=120).out


@pytest.fixture
def run(moved: Path, tmp_path: Path) -> Path:
    """A copy of it, to be spoiled."""
    return shutil.copytree(moved, tmp_path / "run")


@pytest.fixture
def clerk(database: Path) -> Actor:  # noqa: ARG001 - the towns are put into it
    """A command of 見本町, which may everything, in an installation with two towns."""
    return _towns()


def _towns() -> Actor:
    from yakuba.tenancy.acting import system
    from yakuba.tenancy.models import Municipality

    for code, name in ((TOWN_A, "見本町"), (TOWN_B, "例示村")):
        Municipality.objects.create(code=code, name=name, kana="", prefecture="見本県")
    return system(TOWN_A)


@pytest.fixture
def town(database: Path, moved: Path) -> Actor:  # noqa: ARG001 - the towns are put into it
    """見本町, loaded."""
    from yakuba.registry.services import load

    def loaded() -> Actor:
        clerk = _towns()
        load(moved, clerk)
        return clerk

    return remembered("town of the registry", loaded)
