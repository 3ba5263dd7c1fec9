"""見本町 and 例示村 issue at machines: the cast of tests/world.py, a card for everybody, one centre that is let in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.installation import prepared
from tests.world import TOWN_A, TOWN_B

prepared()

if TYPE_CHECKING:
    from pathlib import Path

    from tests.issuance_kiosk.shop import Shop


@pytest.fixture
def shop(database: Path) -> Shop:  # noqa: ARG001 - the towns are put into it
    """A machine in a shop, in an installation where both towns issue."""
    from tests.issuance.town import people, ready
    from tests.issuance_kiosk.shop import Shop, furnish

    from yakuba.tenancy.models import Municipality

    for code, name in ((TOWN_A, "見本町"), (TOWN_B, "例示村")):
        Municipality.objects.create(code=code, name=name, kana="", prefecture="見本県")
        actor = people(code)
        ready(actor, name)
        furnish(actor)
    return Shop()
