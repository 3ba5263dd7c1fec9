"""Relief lists, by the cast of tests/world.py: who is on which list was counted by hand."""

from __future__ import annotations

import csv
import io
import stat
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.registry.desk import with_rights

from yakuba.backup.bcp import standing
from yakuba.backup.bcp.lists import HEADINGS, write_lists
from yakuba.kernel.errors import UsageError
from yakuba.registry.queries import Group, districts, household, relief_list
from yakuba.tenancy.acting import NotAllowedError
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.tenancy.acting import Actor

DAY = date(2026, 11, 21)
KASAI, HANA, WATANABE, UNNAMED, LEAP, UNKNOWN, KIM = (
    *("1000000015", "1000000023", "1000000066", "1000000058", "1000000090", "1000000104", "1000000120"),
)


def numbers(actor: Actor, group: Group, **more: str) -> set[str]:
    return {line.addressee for line in relief_list(actor, group, on=DAY, **more)}


def hide(actor: Actor) -> None:
    """支援措置 of 渡邉."""
    from yakuba.registry.models import Resident

    with wall(actor.municipality):
        Resident.objects.filter(addressee=WATANABE).update(protected=True)


def counter(actor: Actor) -> Actor:
    return with_rights(actor, (Action.VIEW, "juminkihondaicho", ""), (Action.OUTPUT, "juminkihondaicho", ""))


def test_each_list_has_those_who_belong_on_it(town: Actor) -> None:
    assert len(numbers(town, Group.ALL)) == 12
    assert numbers(town, Group.OLD_ONLY) == {KASAI, HANA}
    assert numbers(town, Group.ALONE) == {LEAP, UNKNOWN}
    assert numbers(town, Group.OLD) == {KASAI, HANA, LEAP, UNKNOWN}
    assert numbers(town, Group.INFANTS) == {UNNAMED, "1000000040"}
    assert numbers(town, Group.ALL, district="字例示") == set()


def test_a_household_stands_in_its_legal_order(town: Actor) -> None:
    lines = relief_list(town, Group.ALL, on=DAY)
    homes = {number: [one for one in lines if one.household == number] for number in {one.household for one in lines}}
    several = {number: home for number, home in homes.items() if len(home) > 1}
    assert several
    for number, home in several.items():
        seen = household(town, number)
        assert seen is not None
        assert [one.addressee for one in home] == [one.addressee for one in seen.members]
    places = [lines.index(one) for home in several.values() for one in home]
    assert sorted(places) == sorted(
        at for home in several.values() for at in range(lines.index(home[0]), lines.index(home[0]) + len(home))
    )


def test_the_districts_add_up(town: Actor) -> None:
    (one,) = districts(town, on=DAY)
    assert (one.name, one.people, one.households) == ("中央一丁目", 12, 9)
    assert (one.infants, one.preschool, one.elderly, one.old, one.alone) == (1, 0, 1, 4, 2)


def test_people_under_protection_are_there_for_those_with_the_right_alone(town: Actor) -> None:
    hide(town)
    marked = {line.addressee for line in relief_list(town, Group.ALL, on=DAY) if line.protected}
    assert marked == {WATANABE}
    clerk = counter(town)
    assert WATANABE not in numbers(clerk, Group.ALL)
    assert districts(clerk, on=DAY)[0].people == 11


def test_who_may_not_hand_data_on_gets_none(town: Actor) -> None:
    with pytest.raises(NotAllowedError):
        relief_list(replace(town, staff=3, rights=()), Group.ALL, on=DAY)


def test_files_for_people_and_for_the_printer(disaster: Actor, tmp_path: Path) -> None:
    now = standing.here()
    assert now is not None
    hide(disaster)
    lines = write_lists(disaster, tmp_path / "lists", now)
    assert lines["all"] == 12
    path = tmp_path / "lists" / "all.csv"
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    assert tuple(rows[0]) == HEADINGS
    assert [row[-1] for row in rows if row[3] == WATANABE] == ["支援措置：住所を知らせない"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    page = (tmp_path / "lists" / "alone.html").read_text("utf-8")
    assert "データの時点" in page
    assert page.count("<tr>") == 3
    with pytest.raises(UsageError, match="空では"):
        write_lists(disaster, tmp_path / "lists", now)
