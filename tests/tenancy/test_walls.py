"""Walls: with no municipality set every table is empty; inside one wall only its rows exist, and none gets out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone
from tests.world import TOWN_A, TOWN_B

from yakuba.tenancy.database.walls import inside, municipality_here, wall
from yakuba.tenancy.models import Department, Municipality

if TYPE_CHECKING:
    from pathlib import Path

OPEN = {
    "account_emailconfirmation",
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "django_migrations",
    "django_session",
    "jobs_chore",
    "registry_indexes",
    "socialaccount_socialapp",
    "tenancy_membership",
    "tenancy_municipalgroup",
    "tenancy_municipality",
    "tenancy_signinattempt",
}
"""Tables without a wall: they hold nothing of one municipality (names of towns, sessions, when nightly work was done,
Django's bookkeeping)."""
BEHIND = {
    "account_emailaddress",
    "mfa_authenticator",
    "socialaccount_socialaccount",
    "socialaccount_socialtoken",
}
"""Tables that are walled by the row they belong to."""


@pytest.fixture
def two_towns(database: Path) -> None:  # noqa: ARG001 - its effect is what is wanted
    for code, name in ((TOWN_A, "見本町"), (TOWN_B, "例示村")):
        Municipality.objects.create(code=code, name=name, kana="", prefecture="見本県")
        with wall(code):
            Department.objects.create(municipality_id=code, name="住民課")


@pytest.mark.usefixtures("two_towns")
def test_outside_every_wall_there_is_nothing() -> None:
    assert not Department.objects.exists()


@pytest.mark.usefixtures("two_towns")
def test_inside_a_wall_only_its_rows_exist() -> None:
    with wall(TOWN_A):
        assert [found.municipality_id for found in Department.objects.all()] == [TOWN_A]
    assert not Department.objects.exists()
    assert municipality_here() == ""


@pytest.mark.usefixtures("two_towns")
def test_a_row_cannot_be_put_behind_another_wall() -> None:
    with pytest.raises(DatabaseError, match="row-level security"), wall(TOWN_A):
        Department.objects.create(municipality_id=TOWN_B, name="税務課")
    with pytest.raises(DatabaseError, match="row-level security"), wall(TOWN_A):
        Department.objects.update(municipality_id=TOWN_B)


@pytest.mark.usefixtures("two_towns")
def test_work_in_one_wall_does_not_reach_into_another() -> None:
    with pytest.raises(ValueError, match="another"), wall(TOWN_A), wall(TOWN_B):
        pass


@pytest.mark.usefixtures("two_towns")
def test_inside_is_the_wall_or_no_more_than_it() -> None:
    with inside(TOWN_A), inside(TOWN_A):
        assert municipality_here() == TOWN_A
        assert [found.municipality_id for found in Department.objects.all()] == [TOWN_A]
    assert municipality_here() == ""
    assert not Department.objects.exists()
    with pytest.raises(ValueError, match="another"), wall(TOWN_A), inside(TOWN_B):
        pass


@pytest.mark.usefixtures("two_towns")
def test_what_failed_inside_leaves_the_wall_as_it_was() -> None:
    """The program's own notion of where it is agrees with the database's after a part was rolled back."""

    def fails() -> None:
        with wall(TOWN_A):
            Department.objects.create(municipality_id=TOWN_A, name="税務課")
            raise RuntimeError

    with wall(TOWN_A):
        with pytest.raises(RuntimeError):
            fails()
        assert (municipality_here(), Department.objects.count()) == (TOWN_A, 1)
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('yakuba.municipality', true)")
            assert cursor.fetchone() == (TOWN_A,)
    with pytest.raises(RuntimeError), wall(TOWN_B):
        raise RuntimeError
    with wall(TOWN_A):
        assert [found.municipality_id for found in Department.objects.all()] == [TOWN_A]


@pytest.mark.usefixtures("two_towns")
def test_the_owner_is_held_by_the_wall_too() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM tenancy_department")
        assert cursor.fetchone() == (0,)


def test_every_table_of_a_municipality_has_a_forced_wall(database: Path) -> None:  # noqa: ARG001
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity, EXISTS (SELECT FROM pg_attribute a"
            " WHERE a.attrelid = c.oid AND a.attname = 'municipality') FROM pg_class c"
            " WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace"
        )
        tables = cursor.fetchall()
    assert {name for name, walled, _ in tables if not walled} == OPEN
    assert {name for name, walled, marked in tables if walled and not marked} == BEHIND


def test_the_application_cannot_take_the_wall_down(database: Path) -> None:  # noqa: ARG001
    with pytest.raises(DatabaseError, match="must be owner"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE tenancy_department NO FORCE ROW LEVEL SECURITY")
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "UTC", "Pacific/Pago_Pago"])
def test_the_day_inside_the_database_is_the_towns(zone: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        # At every moment it is another day in Kiritimati or in Pago Pago than in Japan.
        cursor.execute("SELECT set_config('TimeZone', %s, true)", [zone])
        before = timezone.localdate()
        cursor.execute("SELECT tenancy_today()")
        found = cursor.fetchone()[0]
    assert before <= found <= timezone.localdate()


@pytest.mark.usefixtures("database")
def test_no_wall_asks_the_clock_of_the_database_for_a_day() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename, policyname, concat(qual, with_check) FROM pg_policies")
        policies = cursor.fetchall()
    assert [name for *name, text in policies if "current_date" in text.lower() or "now()" in text.lower()] == []
    assert sum("tenancy_today()" in text for *_, text in policies) >= 9
