"""Numbers of one municipality beside those of another of the same group. Oracle: the walls; tenancy fails closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.backup.vaults import LINK
from tests.world import TOWN_A, TOWN_B

from yakuba.backup import queries, services
from yakuba.backup.models import Alarm, Plan
from yakuba.kernel.errors import UsageError
from yakuba.tenancy.acting import NotAllowedError, NotFoundError, system
from yakuba.tenancy.audit import Filter, entries
from yakuba.tenancy.database.walls import group_wall, wall

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tenancy.cast import Cast


@pytest.fixture
def both(centre: Path, cast: Cast) -> Cast:
    """Both towns have a plan and an alarm."""
    services.set_plan(system(), TOWN_B, place=str(centre.with_name("b")), signer="1234", link="cd" * 32)
    for code in (TOWN_A, TOWN_B):
        services.raise_alarm(code, "too_old", f"{code} の控え")
    return cast


def test_without_a_wall_there_is_nothing(both: Cast) -> None:
    assert both.group
    assert (Plan.objects.count(), Alarm.objects.count()) == (0, 0)


def test_an_operator_sees_all_of_the_group_and_each_town_by_itself(both: Cast) -> None:
    with group_wall(both.group):  # as the screens' requests are
        assert [one.plan.municipality for one in queries.standings(both.operator)] == [TOWN_A, TOWN_B]
        for code in (TOWN_A, TOWN_B):
            found = queries.town(both.operator, code)
            assert found is not None
            assert [one.sentence for one in found.alarms] == [f"{code} の控え"]
            assert [one.sentence for one in found.standing.alarms] == [f"{code} の控え"]


def test_an_alarm_is_found_under_its_own_town_alone(both: Cast) -> None:
    with wall(TOWN_A):
        number = Alarm.objects.get().pk
    with group_wall(both.group):
        assert queries.alarm(both.operator, TOWN_A, number)
        assert queries.alarm(both.operator, TOWN_B, number) is None
        with pytest.raises(NotFoundError):
            services.acknowledge(both.operator, TOWN_B, number, "見た")


def test_staff_of_a_town_know_of_their_own_last_copy_and_change_nothing(both: Cast) -> None:
    assert queries.last_good(both.administrator) is None
    for act in (
        lambda: queries.standings(both.administrator),
        lambda: queries.town(both.administrator, TOWN_A),
        lambda: services.set_plan(both.administrator, TOWN_A, quota_mb=1),
        lambda: services.ask_examination(both.administrator, TOWN_A),
    ):
        with pytest.raises(NotAllowedError):
            act()


def test_an_operator_of_another_group_finds_nothing(both: Cast) -> None:
    from yakuba.tenancy.services import add_group

    elsewhere = system(name="x", group=add_group(system(), "other", "隣郡"))
    assert queries.standings(elsewhere) == []
    assert both.group != elsewhere.group


def test_changes_of_a_plan_stand_in_both_logs(both: Cast) -> None:
    services.set_plan(both.operator, TOWN_A, quota_mb=2048)
    with wall(TOWN_A):
        number = Alarm.objects.get().pk
    services.acknowledge(both.operator, TOWN_A, number, "連携APの電源を入れた")
    for actor in (both.operator, both.administrator):
        found, _ = entries(actor, Filter())
        said = {one.action: one for one in reversed(found)}
        assert said["backup_plan"].detail["quota_mb"] == 2048
        assert said["backup_acknowledge"].reason == "連携APの電源を入れた"


@pytest.mark.parametrize(
    "wrong",
    [
        {"place": "relative/folder"}, {"place": ""}, {"signer": ""}, {"lock_days": 0}, {"link": "xyz"},
        {"link": "cd" * 32}, {"keep_daily": 0}, {"max_age_hours": 0},
    ],
)  # fmt: skip
def test_a_plan_that_cannot_be_meant_changes_nothing(both: Cast, wrong: dict[str, str]) -> None:
    before = queries.plan(TOWN_A)
    with pytest.raises(UsageError):
        services.set_plan(both.operator, TOWN_A, **wrong)
    assert queries.plan(TOWN_A) == before


def test_the_place_of_another_town_is_taken(both: Cast) -> None:
    before = queries.plan(TOWN_A)
    assert before is not None
    with pytest.raises(UsageError, match="ほかの団体"):
        services.set_plan(both.operator, TOWN_B, place=before.place)
    with pytest.raises(UsageError, match="第二センター"):
        services.set_plan(both.operator, TOWN_A, second_place=before.place)
    with pytest.raises(NotFoundError):
        services.set_plan(both.operator, "011002", place="/x", signer="1")
    assert before.link == LINK
