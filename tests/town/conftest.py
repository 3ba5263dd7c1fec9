"""One town for all tests that only look."""

from __future__ import annotations

import pytest

from yakuba.town.records import Town, make_town


@pytest.fixture(scope="session")
def town() -> Town:
    return make_town(1200, 20)
