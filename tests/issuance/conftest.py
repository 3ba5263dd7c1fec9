"""Tests of this room work on a real database with the cast of tests/world.py in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.installation import prepared
from tests.remembered import remembered
from tests.world import TOWN_A, TOWN_B

prepared()

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.tenancy.acting import Actor


@pytest.fixture
def bare(database: Path) -> Actor:  # noqa: ARG001 - the towns are put into it
    """見本町 and 例示村 with their people, and no settings of certificates."""
    return remembered("people of issuance", _people)


def _people() -> Actor:
    from tests.issuance.town import people

    from yakuba.tenancy.models import Municipality

    for code, name in ((TOWN_A, "見本町"), (TOWN_B, "例示村")):
        Municipality.objects.create(code=code, name=name, kana="", prefecture="見本県")
    people(TOWN_B)
    return people(TOWN_A)


@pytest.fixture
def town(database: Path) -> Actor:  # noqa: ARG001 - the towns are put into it
    """見本町, which issues certificates."""
    return remembered("town of issuance", _issuing)


def _issuing() -> Actor:
    from tests.issuance.town import ready

    town = _people()
    ready(town)
    return town
