"""Tests of this room: some work in the process's installation, some start installations of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.backup.bcp.vaults import NOW, Sealed, sealed
from tests.installation import prepared
from tests.world import TOWN_A, TOWN_B

prepared()

from yakuba.backup.bcp import standing  # noqa: E402 - Django must be set up first
from yakuba.backup.bcp.standing import Standing  # noqa: E402
from yakuba.town.imprints import imprints  # noqa: E402

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.tenancy.acting import Actor


@pytest.fixture(scope="session")
def vault(moved: Path, tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    """Its vault: two days old, and two hours old."""
    made = sealed(tmp_path_factory.mktemp("vault"), moved, 48)
    images = tmp_path_factory.mktemp("imprints")
    for name, content in imprints(moved):
        (images / name).write_bytes(content)
    (images / "IN-of-an-old-scanner.tif").write_bytes(b"II*\0")
    made.take(moved, 2, images)
    return made


@pytest.fixture
def town(database: Path) -> Actor:  # noqa: ARG001 - the towns are put into it
    """見本町 and 例示村 with the cast of tests/world.py."""
    from tests.issuance.town import people

    from yakuba.tenancy.models import Municipality

    for code, name in ((TOWN_A, "見本町"), (TOWN_B, "例示村")):
        Municipality.objects.create(code=code, name=name, kana="", prefecture="見本県")
    people(TOWN_B)
    return people(TOWN_A)


@pytest.fixture
def disaster(town: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Actor:
    """The same, while the town works in BCP mode."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("YAKUBA_HOME", str(home))
    moment = NOW.isoformat()
    standing.write(home, Standing(TOWN_A, "見本町", "見本地震", 1, "0" * 64, moment, moment, "system", standing.WHOLE))
    return town
