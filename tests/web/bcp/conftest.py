"""見本町 with the cast of tests/world.py, and its clerks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.backup.bcp.vaults import NOW
from tests.installation import prepared
from tests.tenancy.cast import cast  # noqa: F401 - a fixture
from tests.world import TOWN_A

prepared()

from yakuba.backup.bcp import standing  # noqa: E402 - Django must be set up first
from yakuba.backup.bcp.standing import Standing  # noqa: E402

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tenancy.cast import Cast


@pytest.fixture
def town(cast: Cast) -> Cast:  # noqa: F811 - as pytest names fixtures
    """With residents."""
    from tests.issuance.town import people

    people(TOWN_A)
    return cast


@pytest.fixture
def disaster(town: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """The same in BCP mode."""
    monkeypatch.setenv("YAKUBA_HOME", str(tmp_path))
    moment = NOW.isoformat()
    now = Standing(TOWN_A, "見本町", "見本地震", 1, "0" * 64, moment, moment, "system", standing.FIRST)
    standing.write(tmp_path, now)
    return town
