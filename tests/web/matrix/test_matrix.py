"""Every address × every role × own and foreign 団体: without the right 403, another 団体's object is 404."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.web.asking import ask
from tests.web.matrix.addresses import Address
from tests.web.matrix.samples import PUBLIC
from tests.web.roles import ROLES
from tests.world import TOWN_A, TOWN_B

if TYPE_CHECKING:
    from tests.web.conftest import Served

_REDIRECT, _REFUSED, _MISSING, _NOT_THIS_WAY, _FAULT = 302, 403, 404, 405, 500
_NOBODY = "nobody"


@pytest.fixture
def screens(served: Served) -> list[Address]:
    """All screens of the house."""
    every = [Address(**(one | {"parameters": tuple(one["parameters"])})) for one in served.addresses]
    return [one for one in every if not one.framework]


def _values(served: Served, town: str) -> dict[str, str]:
    return PUBLIC | served.samples[town]


def _foreign(address: Address) -> bool:
    return any(name not in PUBLIC for name in address.parameters)


def test_every_screen_says_what_it_needs_and_every_name_has_a_sample(served: Served, screens: list[Address]) -> None:
    assert [one.route for one in screens if one.allowed is None] == []
    known = {*PUBLIC, *served.samples[TOWN_A]}
    assert {name for one in screens for name in one.parameters} - known == set()
    assert len(screens) > 20


def test_nobody_gets_anything_without_signing_in(served: Served, screens: list[Address]) -> None:
    wrong = []
    for address in screens:
        for method in ("GET", "POST"):
            answer = ask(served, "", method, address.path(_values(served, TOWN_A)))
            if answer.status != _REDIRECT or "/login/" not in answer.location:
                wrong.append((method, address.route, answer.status, answer.location))
    assert wrong == []


@pytest.mark.parametrize("role", [role.name for role in ROLES])
def test_a_role_reads_what_it_may_of_its_own_and_nothing_else(
    served: Served, screens: list[Address], role: str
) -> None:
    town = next(one.town for one in ROLES if one.name == role) or TOWN_A
    wrong = []
    for address in screens:
        allowed = role in (address.allowed or ())
        answer = ask(served, role, "GET", address.path(_values(served, town)))
        if (answer.status == _REFUSED) is allowed or answer.status >= _FAULT or (allowed and answer.status == _MISSING):
            wrong.append((address.route, "may" if allowed else "may not", answer.status))
    assert wrong == []


@pytest.mark.parametrize("role", [role.name for role in ROLES if role.town])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_belongs_to_another_town_does_not_exist(
    served: Served, screens: list[Address], role: str, method: str
) -> None:
    town = next(one.town for one in ROLES if one.name == role)
    values = _values(served, TOWN_B if town == TOWN_A else TOWN_A)
    wrong = []
    for address in filter(_foreign, screens):
        expected = _MISSING if role in (address.allowed or ()) else _REFUSED
        answer = ask(served, role, method, address.path(values))
        if answer.status not in (expected, _NOT_THIS_WAY):
            wrong.append((address.route, answer.status))
    assert wrong == []


@pytest.mark.parametrize("role", [role.name for role in ROLES])
def test_nothing_is_changed_by_a_form_of_another_site(served: Served, screens: list[Address], role: str) -> None:
    """CSRF: a POST without the token is refused, whoever sends it."""
    town = next(one.town for one in ROLES if one.name == role) or TOWN_A
    answers = [
        (address.route, ask(served, role, "POST", address.path(_values(served, town)), token=False).status)
        for address in screens
    ]
    assert [one for one in answers if one[1] != _REFUSED] == []
