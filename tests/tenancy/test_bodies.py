"""Municipalities and groups with late joiners and leavers; accounts, and who may make them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, IntegrityError
from django.utils import timezone
from tests.world import TOWN_A, TOWN_B

from yakuba.kernel.errors import UsageError
from yakuba.tenancy import services
from yakuba.tenancy.acting import NotAllowedError, NotFoundError, system
from yakuba.tenancy.audit import Filter, entries
from yakuba.tenancy.database.walls import group_wall, wall
from yakuba.tenancy.models import Right, Staff
from yakuba.tenancy.queries import (
    account,
    actor_of,
    belongs,
    departments,
    group,
    groups,
    members,
    municipalities,
    staff,
)
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.tenancy.cast import Cast

NEW = "990035"


@pytest.fixture
def late(cast: Cast) -> Cast:
    services.add_municipality(cast.operator, NEW, "新見町")
    return cast


def test_a_late_joiner_belongs_from_its_day_on(late: Cast) -> None:
    day = timezone.localdate() + timedelta(days=10)
    services.join(late.operator, late.group, NEW, day)
    assert [one.code for one in members(late.group)] == [TOWN_A, TOWN_B]
    assert [one.code for one in members(late.group, day)] == [TOWN_A, TOWN_B, NEW]
    assert not belongs(NEW, late.group)
    assert belongs(NEW, late.group, day)


def test_a_leaver_keeps_its_house_and_the_operator_loses_the_way_in(cast: Cast) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    services.leave(cast.operator, TOWN_B, tomorrow)
    assert belongs(TOWN_B, cast.group)
    assert not belongs(TOWN_B, cast.group, tomorrow)
    assert [(one.code, one.left_on) for one in members(cast.group, ever=True)] == [(TOWN_A, None), (TOWN_B, tomorrow)]
    assert cast.again("outsider").may(Action.VIEW, "juminkihondaicho")
    with pytest.raises(UsageError, match="どのグループにも"):
        services.leave(cast.operator, TOWN_B)


@pytest.mark.usefixtures("cast")
def test_who_left_may_come_back_but_nobody_is_in_two_groups() -> None:
    second = services.add_group(system(), "reiji", "例示郡")
    with pytest.raises(UsageError, match="加入しています"):
        services.join(system(), second, TOWN_B)
    tomorrow = timezone.localdate() + timedelta(days=1)
    services.leave(system(), TOWN_B, tomorrow)
    with pytest.raises(UsageError, match="加入しています"):
        services.join(system(), second, TOWN_B)
    services.join(system(), second, TOWN_B, tomorrow)
    assert belongs(TOWN_B, second, tomorrow)
    assert [one.identifier for one in groups()] == ["mihon", "reiji"]


def test_leaving_before_having_joined_is_refused(cast: Cast) -> None:
    with pytest.raises(UsageError, match="以前"):
        services.leave(cast.operator, TOWN_A, date(2000, 1, 1))


def test_an_operator_of_one_group_has_no_say_in_another(cast: Cast) -> None:
    other = services.add_group(system(), "reiji", "例示郡")
    services.add_operator(system(), other, "stranger", "別の　運営")
    stranger = actor_of("stranger")
    assert stranger
    works: list[Callable[[], object]] = [
        lambda: services.leave(stranger, TOWN_A),
        lambda: services.join(stranger, cast.group, TOWN_A),
        lambda: services.add_operator(stranger, cast.group, "x-operator", "x"),
        lambda: services.add_first_administrator(stranger, TOWN_A, "x-admin", "x"),
        lambda: services.stop_staff(stranger, cast.ids["operator"], "x"),
    ]
    for work in works:
        with pytest.raises(NotFoundError):
            work()
    assert [one.login for one in staff(stranger)] == ["stranger"]
    assert account(stranger, cast.ids["operator"]) is None


@pytest.mark.parametrize("name", ["clerk", "administrator", "nobody"])
def test_staff_of_a_municipality_do_not_operate(cast: Cast, name: str) -> None:
    actor = cast.again(name)
    works: list[Callable[[], object]] = [
        lambda: services.add_municipality(actor, NEW, "x"),
        lambda: services.add_group(actor, "x-group", "x"),
        lambda: services.join(actor, cast.group, TOWN_A),
        lambda: services.leave(actor, TOWN_A),
        lambda: services.add_operator(actor, cast.group, "x-operator", "x"),
        lambda: services.add_first_administrator(actor, TOWN_A, "x-admin", "x"),
        lambda: services.settle(actor, cast.ids["clerk"], "Mizu-no-Oto-1689"),
    ]
    for work in works:
        with pytest.raises(NotAllowedError):
            work()


def test_the_operator_hands_the_key_over_once(late: Cast) -> None:
    services.join(late.operator, late.group, NEW)
    first, _ = services.add_first_administrator(late.operator, NEW, "first", "初　管理")
    admin = actor_of(first)
    assert admin
    assert (admin.may(Action.RIGHTS), admin.may(Action.AUDIT), admin.may(Action.VIEW)) == (True, True, False)
    with pytest.raises(UsageError, match="管理者がいます"):
        services.add_first_administrator(late.operator, NEW, "second", "次　管理")
    with pytest.raises(NotAllowedError):
        services.add_staff(late.operator, "back-door", "x")
    shown, _ = entries(admin, Filter(actor="operator"))
    assert {entry.action for entry in shown} >= {"add_municipality", "join", "add_staff", "grant"}
    own, _ = entries(late.operator, Filter(actor="operator"))
    assert {entry.action for entry in own} >= {"add_municipality", "join", "add_first_administrator"}
    assert own[-1].detail == {"municipality": NEW}


def test_when_all_administrators_are_gone_the_key_can_be_handed_over_again(cast: Cast) -> None:
    services.stop_staff(system(TOWN_A), cast.ids["administrator"], "急病")
    services.add_first_administrator(cast.operator, TOWN_A, "next-admin", "次　管理")
    services.restart_staff(system(TOWN_A), cast.ids["administrator"], "復帰")
    with pytest.raises(UsageError, match="管理者がいます"):
        services.add_first_administrator(cast.operator, TOWN_A, "third-admin", "三　管理")


def test_a_municipality_of_no_group_is_nobodys_business(late: Cast) -> None:
    with pytest.raises(NotFoundError):
        services.add_first_administrator(late.operator, NEW, "first", "x")
    assert [one.code for one in municipalities()] == [TOWN_A, TOWN_B, NEW]
    assert group("mihon") == group(late.group)
    assert group("none") is None


@pytest.mark.parametrize(
    ("code", "name", "why"), [("990018", "x", "団体コード"), ("9900", "x", "団体コード"), (NEW, "", "名称")]
)
def test_a_municipality_that_cannot_be_is_refused(cast: Cast, code: str, name: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        services.add_municipality(cast.operator, code, name)


def test_nothing_is_founded_twice(cast: Cast) -> None:
    with pytest.raises(UsageError, match="登録済み"):
        services.add_municipality(cast.operator, TOWN_A, "x")
    with pytest.raises(UsageError, match="登録済み"):
        services.add_group(system(), "mihon", "x")
    with pytest.raises(UsageError, match="登録済み"):
        services.add_department(cast.administrator, "住民課")
    with pytest.raises(NotFoundError):
        services.join(system(), 999, TOWN_A)
    with pytest.raises(NotFoundError):
        services.join(cast.operator, cast.group, "990043")


@pytest.mark.parametrize(
    ("login", "name", "until", "why"),
    [
        ("ab", "短い", None, "利用者ID"),
        ("Suzuki", "大文字", None, "利用者ID"),
        ("鈴木一郎", "漢字", None, "利用者ID"),
        ("clerk", "重複", None, "使えません"),
        ("outsider", "別の町で重複", None, "使えません"),
        ("suzuki", "　", None, "氏名"),
        ("suzuki", "鈴木", date(2020, 1, 1), "終了日"),
    ],
)
def test_an_account_that_cannot_be_is_refused(cast: Cast, login: str, name: str, until: date | None, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        services.add_staff(cast.administrator, login, name, valid_until=until)


def test_an_account_ends_with_the_fiscal_year_and_its_password_is_its_own(cast: Cast) -> None:
    one, first = services.add_staff(cast.administrator, "suzuki", "鈴木")
    _, second = services.add_staff(cast.administrator, "satou", "佐藤")
    assert first != second
    made = account(cast.administrator, one)
    assert made
    assert (made.valid_until.month, made.valid_until.day, made.works, made.second_factor) == (3, 31, True, False)


def test_changes_of_an_account_are_kept_in_the_log(cast: Cast) -> None:
    until = timezone.localdate() + timedelta(days=5)
    services.change_staff(
        cast.administrator, cast.ids["clerk"], name="田中　次郎", department=None, valid_until=until, email=""
    )
    found = account(cast.administrator, cast.ids["clerk"])
    assert found
    assert (found.name, found.department, found.valid_until) == ("田中　次郎", "", until)
    assert entries(cast.administrator, Filter(action="change_staff"))[1] == 1
    with pytest.raises(UsageError):
        services.change_staff(
            cast.administrator, cast.ids["clerk"], name="", department=None, valid_until=until, email=""
        )
    with pytest.raises(NotFoundError):
        services.change_staff(cast.administrator, cast.ids["clerk"], name="x", department=999, valid_until=until)


def test_nobody_stops_oneself_nor_anybody_without_a_reason(cast: Cast) -> None:
    with pytest.raises(NotAllowedError):
        services.stop_staff(cast.administrator, cast.ids["administrator"], "x")
    with pytest.raises(NotAllowedError):
        services.forget_second_factor(cast.administrator, cast.ids["administrator"], "x")
    for work in (services.stop_staff, services.restart_staff, services.forget_second_factor):
        with pytest.raises(UsageError, match="理由"):
            work(cast.administrator, cast.ids["clerk"], " ")


def test_lists_are_for_those_who_administer(cast: Cast) -> None:
    assert [one.login for one in staff(cast.administrator)] == ["administrator", "clerk", "nobody", "protector"]
    assert [one.login for one in staff(cast.operator)] == ["operator"]
    assert staff(cast.clerk) == []
    assert account(cast.clerk, cast.ids["protector"]) is None
    assert [(line.name, line.staff) for line in departments(cast.clerk)] == [("住民課", 4)]
    assert departments(cast.outsider) == []


def test_an_account_belongs_to_a_town_or_to_a_group(cast: Cast) -> None:
    today = timezone.localdate()
    about = {"name": "x", "valid_from": today, "valid_until": today}
    with pytest.raises((DatabaseError, IntegrityError)), wall(TOWN_A):
        Staff.objects.create(login="both", municipality_id=TOWN_A, group_id=cast.group, **about)
    with pytest.raises(DatabaseError, match="row-level security"), group_wall(cast.group):
        Staff.objects.create(login="neither", **about)
    with pytest.raises(DatabaseError, match="row-level security"), wall(TOWN_A):
        Staff.objects.create(login="operator2", group_id=cast.group, **about)
    with pytest.raises(DatabaseError, match="permission denied"), wall(TOWN_A):
        Right.objects.all().delete()


def test_a_password_and_a_factor_given_on_the_server_must_be_good(cast: Cast) -> None:
    with pytest.raises(UsageError, match="パスワード"):
        services.settle(system(TOWN_A), cast.ids["clerk"], "password")
    secret = services.settle(system(TOWN_A), cast.ids["clerk"], "Mizu-no-Oto-1689")
    assert len(secret) == 32
    assert services.settle(system(group=cast.group), cast.ids["operator"], "Mizu-no-Oto-1689") != secret
