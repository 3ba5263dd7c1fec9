"""Tests of this room work on a real database with two towns, an operator, and people who may decide in each town."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.installation import prepared
from tests.remembered import remembered
from tests.world import TOWN_A, TOWN_B

prepared()

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tenancy.cast import Cast

    from yakuba.tenancy.acting import Actor


@pytest.fixture
def cast(database: Path) -> Cast:  # noqa: ARG001 - the towns are put into it
    """The people; the clerk and the protector of town A, too, have the right of 移行."""
    return remembered("cast of identification", _deciders)


def _deciders() -> Cast:
    from tests.tenancy.cast import make_cast

    from yakuba.tenancy.acting import system
    from yakuba.tenancy.rights import Action
    from yakuba.tenancy.services import grant

    made = make_cast()
    for name in ("clerk", "protector"):
        grant(system(TOWN_A), made.ids[name], Action.MIGRATE)
        setattr(made, name, made.again(name))
    return made


@pytest.fixture
def neighbours(cast: Cast) -> tuple[Actor, Actor]:
    """Two people of town B who may decide."""
    from yakuba.tenancy.acting import system
    from yakuba.tenancy.queries import actor_of
    from yakuba.tenancy.rights import Action
    from yakuba.tenancy.services import add_staff, grant

    number, _ = add_staff(system(TOWN_B), "second", "村上　次子")
    grant(system(TOWN_B), number, Action.MIGRATE)
    second = actor_of(number)
    assert second
    return cast.outsider, second
