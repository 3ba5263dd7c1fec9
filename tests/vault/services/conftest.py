"""Halls for the tests of services: one per test, and one for all that only look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.vault.hall import Hall

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    """A hall whose vault is still empty."""
    return Hall(tmp_path / "hall").opened()


@pytest.fixture(scope="session")
def three_days(tmp_path_factory: pytest.TempPathFactory) -> Hall:
    """Generations 1 (full), 2 and 3 (deltas); not to be changed."""
    return Hall(tmp_path_factory.mktemp("three") / "hall").opened().days(3)
