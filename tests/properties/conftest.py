"""The desk of the pipeline's tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.migration.pipeline.desk import Desk

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty folder to work in."""
    folder = tmp_path / "town"
    folder.mkdir()
    return Desk(folder)
