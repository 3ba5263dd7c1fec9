"""Logins of a BCP may look, print and write into the book; nobody there can change a record or give a right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from yakuba.backup.bcp.people import admit
from yakuba.registry.services import add_history
from yakuba.tenancy.acting import NotAllowedError
from yakuba.tenancy.queries import actor_of, staff
from yakuba.tenancy.rights import Action
from yakuba.tenancy.services import add_staff

if TYPE_CHECKING:
    from yakuba.tenancy.acting import Actor

JUKI = "juminkihondaicho"


def people(town: Actor) -> dict[str, Actor]:
    admit(town, protector=True)
    found = {line.login: actor_of(line.id) for line in staff(town)}
    return {login: actor for login, actor in found.items() if actor is not None}


def test_rights_are_those_of_a_counter_that_only_reads(town: Actor) -> None:
    for login, actor in people(town).items():
        may = {action for action in Action if actor.may(action)}
        wanted = {Action.VIEW, Action.ISSUE, Action.OUTPUT, Action.VOID, Action.AUDIT, Action.CERTIFICATES}
        assert may == wanted | ({Action.PROTECTED_VIEW} if login == "bcp-shien" else set())
        assert actor.may(Action.VIEW, JUKI, "koseki")
        assert not actor.may(Action.VIEW, JUKI, "mynumber")


def test_no_record_changes_and_no_right_grows(town: Actor) -> None:
    clerk = people(town)["bcp"]
    with pytest.raises(NotAllowedError):
        add_history(clerk, "1000000082", {"異動事由": "32"}, 1, reason="試験")
    with pytest.raises(NotAllowedError):
        add_staff(clerk, "another", "別の人")


def test_without_being_asked_for_nobody_sees_people_under_protection(town: Actor) -> None:
    (login,) = admit(town, protector=False)
    assert login.name == "bcp"
    assert not people_may_see_protected(town)


def people_may_see_protected(town: Actor) -> bool:
    found = [actor_of(line.id) for line in staff(town)]
    return any(actor.may(Action.PROTECTED_VIEW) for actor in found if actor)
