"""The audit log: gap-free and chained by the database, append-only, and whoever tampers is named by row."""

from __future__ import annotations

import csv
import io
import json
import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.installation import prepared
from tests.world import TOWN_A, TOWN_B

from yakuba.kernel.errors import UsageError
from yakuba.tenancy.acting import NotAllowedError, system
from yakuba.tenancy.audit import (
    Digest,
    Filter,
    close_days,
    close_days_of_every_log,
    digests,
    entries,
    every,
    read_anchor,
    record,
    uses,
    verify,
    write_anchor,
    write_csv,
)
from yakuba.tenancy.audit.chain import entry_hash
from yakuba.tenancy.database import embedded
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.models import AuditEntry, AuditHead, Municipality

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tenancy.cast import Cast


@pytest.fixture
def town(database: Path) -> str:  # noqa: ARG001 - the town is put into it
    for code in (TOWN_A, TOWN_B):
        Municipality.objects.create(code=code, name=code, kana="", prefecture="")
    return TOWN_A


def look(town: str, subject: str = "1000000015", **more: object) -> None:
    record(system(town), place="住民", action="view", subject=subject, items=("氏名", "住所"), **more)  # type: ignore[arg-type]


def _look_and_fail(town: str) -> None:
    look(town)
    raise ZeroDivisionError


def numbers(town: str) -> list[int | None]:
    with wall(town):
        return list(AuditEntry.objects.order_by("number").values_list("number", flat=True))


def as_superuser(statement: str, *values: object) -> None:
    """What no role of Yakuba can do: change the log behind the triggers' back."""
    home = prepared()
    passwords = json.loads((home / "database-secrets.json").read_text())
    address = embedded.start(home).owner.replace(embedded.OWNER, embedded.SUPERUSER, 1)
    address = address.replace(passwords[embedded.OWNER], passwords[embedded.SUPERUSER])
    with psycopg.connect(address) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(statement.encode(), values or None)


def test_entries_are_numbered_without_gaps_whatever_is_rolled_back(town: str) -> None:
    look(town)
    with pytest.raises(ZeroDivisionError), wall(town):
        _look_and_fail(town)
    with wall(town):
        look(town)
        look(town)
        assert AuditEntry.objects.filter(number=None).count() == 2
    look(TOWN_B)
    assert numbers(town) == [1, 2, 3]
    assert numbers(TOWN_B) == [1]
    assert verify(system(town)) == verify(system(TOWN_B)) == []


def test_many_at_once_have_no_gaps_and_one_chain(town: str) -> None:
    def work(seed: int) -> None:
        dice = random.Random(seed)  # noqa: S311 - the same every time is what is wanted
        try:
            for _ in range(12):
                with suppress(ZeroDivisionError), wall(dice.choice((town, town, TOWN_B))):
                    for _ in range(dice.randint(1, 3)):
                        record(system(town), place="並行", action="view", detail={"seed": seed})
                    if dice.random() < 0.2:
                        _look_and_fail(town)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(6)))
    for code in (town, TOWN_B):
        found = numbers(code)
        assert found == list(range(1, len(found) + 1))
        assert verify(system(code)) == []
    assert len(numbers(town)) + len(numbers(TOWN_B)) > 72


def test_the_lock_on_the_log_is_held_while_committing_only(town: str) -> None:
    look(town)
    with ThreadPoolExecutor(1) as pool, wall(town):
        look(town)

        def other() -> None:
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '2s'")
                    look(town)
            finally:
                connection.close()

        pool.submit(other).result()
    assert numbers(town) == [1, 2, 3]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE tenancy_auditentry SET actor = 'x'",
        "DELETE FROM tenancy_auditentry",
        "TRUNCATE tenancy_auditentry",
        "UPDATE tenancy_audithead SET number = 0",
        "DELETE FROM tenancy_audithead",
        "INSERT INTO tenancy_audithead (municipality, number, hash) VALUES ('990019', 9, '')",
        "INSERT INTO tenancy_auditdigest (municipality, day, entries, hash) VALUES ('990019', '2026-01-01', 9, '')",
        "DELETE FROM tenancy_auditdigest",
        "ALTER TABLE tenancy_auditentry DISABLE TRIGGER ALL",
        "DROP FUNCTION tenancy_audit_chain CASCADE",
        "CREATE OR REPLACE FUNCTION tenancy_audit_keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "SET session_replication_role = replica",
    ],
)
def test_the_application_can_only_add(town: str, statement: str) -> None:
    look(town)
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), wall(town), connection.cursor() as c:
        c.execute(statement)


@pytest.mark.parametrize("verb", ["UPDATE tenancy_auditentry SET actor = 'x'", "DELETE FROM tenancy_auditentry"])
def test_nor_does_the_owner_change_an_entry_by_a_slip(town: str, verb: str) -> None:
    look(town)
    with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
        cursor.execute("SELECT set_config('yakuba.municipality', %s, true)", [town])
        with pytest.raises(DatabaseError, match="append-only"):
            cursor.execute(verb)
        transaction.set_rollback(rollback=True, using="owner")


def test_number_time_and_hash_are_the_databases_own(town: str) -> None:
    with wall(town):
        AuditEntry.objects.create(
            municipality_id=town, number=99, at=datetime(2000, 1, 1).astimezone(), actor="x", name="x", place="x",
            action="x", previous="f" * 64, hash="f" * 64,
        )  # fmt: skip
    with wall(town):
        row = AuditEntry.objects.get()
    assert (row.number, row.previous, row.hash) == (1, "", entry_hash(row))
    assert abs((datetime.now().astimezone() - row.at).total_seconds()) < 60


def test_no_text_that_somebody_types_keeps_an_entry_from_being_made(town: str) -> None:
    record(system(town), place="x" * 500, action="view", reason="\0" + "長" * 500)
    with wall(town):
        row = AuditEntry.objects.get()
    assert (len(row.place), len(row.reason)) == (120, 200)
    assert verify(system(town)) == []


def test_an_entry_cannot_be_put_into_another_towns_log(town: str) -> None:
    with pytest.raises(DatabaseError, match="row-level security"), wall(town):
        AuditEntry.objects.create(
            municipality_id=TOWN_B, at=datetime.now().astimezone(), actor="x", name="x", place="x", action="x"
        )


TAMPERED: dict[str, tuple[str, int]] = {
    "who looked": ("UPDATE tenancy_auditentry SET actor = 'somebody' WHERE number = 3", 3),
    "whose record": ("UPDATE tenancy_auditentry SET subject = '' WHERE number = 4", 4),
    "when": ("UPDATE tenancy_auditentry SET at = at - interval '1 microsecond' WHERE number = 2", 2),
    "which items": ("UPDATE tenancy_auditentry SET items = '{氏名,住所,個人番号}' WHERE number = 5", 5),
    "two items made one": ("UPDATE tenancy_auditentry SET items = '{氏名住所}' WHERE number = 5", 5),
    "one taken out": ("DELETE FROM tenancy_auditentry WHERE number = 3", 3),
    "the first taken out": ("DELETE FROM tenancy_auditentry WHERE number = 1", 1),
    "the last taken out": ("DELETE FROM tenancy_auditentry WHERE number = 6", 6),
    "two changed places": (
        (
            "UPDATE tenancy_auditentry SET number = 0 WHERE number = 2;"
            "UPDATE tenancy_auditentry SET number = 2 WHERE number = 3;"
            "UPDATE tenancy_auditentry SET number = 3 WHERE number = 0"
        ),
        2,
    ),
    "changed, its hash made anew": (
        (
            "UPDATE tenancy_auditentry SET actor = 'x' WHERE number = 3;"
            "UPDATE tenancy_auditentry e SET hash = tenancy_audit_hash(e) WHERE number = 3"
        ),
        3,
    ),
    "the head moved back": ("UPDATE tenancy_audithead SET number = 4", 6),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_the_first_tampered_row_is_named(town: str, name: str) -> None:
    for number in range(6):
        look(town, subject=f"100000001{number}", reason="確認", detail={"n": number})
    assert verify(system(town)) == []
    statement, row = TAMPERED[name]
    as_superuser(statement)
    problems = verify(system(town))
    assert problems[0].number == row, problems
    assert str(row) in problems[0].what


def _past(town: str, days: int) -> None:
    """Move the whole log so many days back, honestly hashed: what a log looks like after some days."""
    as_superuser("UPDATE tenancy_auditentry SET at = at - make_interval(days => %s)", days)
    _rehash(town)


def _rehash(town: str) -> None:
    with wall(town):
        rows = list(AuditEntry.objects.order_by("number"))
    previous = ""
    for row in rows:
        row.previous = previous
        previous = row.hash = entry_hash(row)
        as_superuser(
            "UPDATE tenancy_auditentry SET previous = %s, hash = %s WHERE id = %s", row.previous, row.hash, row.pk
        )
    as_superuser("UPDATE tenancy_audithead SET hash = %s WHERE municipality = %s", previous, town)


def test_every_day_that_is_over_gets_its_digest_once(town: str) -> None:
    for _ in range(3):
        look(town)
    assert close_days(system(town)) == 0
    _past(town, 3)
    look(town)
    assert close_days_of_every_log() == 3
    assert close_days(system(town)) == 0
    found = digests(system(town))
    assert [digest.entries for digest in found] == [3, 3, 3]
    assert found[-1].day == date.today() - timedelta(days=1)  # noqa: DTZ011 - the test runs in one day
    assert digests(system(TOWN_B)) == []
    assert verify(system(town)) == []


def test_a_log_made_anew_as_a_whole_is_betrayed_by_its_anchor(town: str, tmp_path: Path) -> None:
    for _ in range(3):
        look(town)
    _past(town, 1)
    close_days(system(town))
    anchor = tmp_path / "anchor.csv"
    with anchor.open("w", encoding="utf-8", newline="") as stream:
        write_anchor(stream, system(town))
    as_superuser("UPDATE tenancy_auditentry SET actor = 'nobody' WHERE number = 2")
    _rehash(town)
    as_superuser(
        "UPDATE tenancy_auditdigest d SET hash = (SELECT hash FROM tenancy_auditentry WHERE number = d.entries)"
    )
    assert verify(system(town)) == []
    problems = verify(system(town), read_anchor(anchor, system(town)))
    assert [problem.number for problem in problems] == [3]
    assert "ダイジェスト" in problems[0].what


def test_a_log_cut_off_is_betrayed_by_its_digest(town: str) -> None:
    for _ in range(3):
        look(town)
    _past(town, 1)
    close_days(system(town))
    as_superuser("DELETE FROM tenancy_auditentry WHERE number = 3")
    as_superuser(
        "UPDATE tenancy_audithead SET number = 2, hash = (SELECT hash FROM tenancy_auditentry WHERE number = 2)"
    )
    assert verify(system(town))[0].number == 3


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "見出し"),
        ("団体,日,件数,ハッシュ\n990019,2026-11-20,x,00\n", "2行目"),
        ("団体,日,件数,ハッシュ\n990019,2026-11-20\n", "2行目"),
        ("団体,日,件数,ハッシュ\n990019,2026-11-31,1,00\n", "2行目"),
    ],
)
def test_an_anchor_that_is_none_is_refused(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "anchor.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=why):
        read_anchor(path, system(TOWN_A))


def test_an_anchor_of_several_towns_gives_each_its_own(tmp_path: Path) -> None:
    path = tmp_path / "anchor.csv"
    path.write_text(f"団体,日,件数,ハッシュ\n{TOWN_A},2026-11-20,5,aa\n{TOWN_B},2026-11-20,7,bb\n", encoding="utf-8")
    assert read_anchor(path, system(TOWN_B)) == [Digest(date(2026, 11, 20), 7, "bb")]


def test_who_looked_at_this_person(cast: Cast) -> None:
    record(cast.clerk, place="住民", action="view", subject="1000000015", items=("氏名",))
    record(cast.protector, place="住民", action="view", subject="1000000023", reason="支援措置の更新")
    shown, count = entries(cast.administrator, Filter(subject="1000000015"))
    assert count == 1
    assert (shown[0].actor, shown[0].name, shown[0].items) == ("clerk", "田中　一郎", ("氏名",))
    again, _ = entries(cast.administrator, Filter(subject="1000000015"))
    assert [entry.action for entry in again] == ["audit", "view"]
    for actor in (cast.clerk, cast.nobody):
        with pytest.raises(NotAllowedError):
            entries(actor, Filter())
    assert entries(cast.outsider, Filter(subject="1000000015"))[1] == 0
    assert entries(cast.operator, Filter(subject="1000000015"))[1] == 0


def test_unusual_use_is_counted_per_person(cast: Cast) -> None:
    for subject in ("1000000015", "1000000023", "1000000015"):
        record(cast.clerk, place="住民", action="view", subject=subject)
    record(cast.clerk, place="出力", action="output", subject="1000000031")
    record(cast.protector, place="住民", action="view", subject="1000000015")
    # Monday 03:10, Saturday 12:00 in Japan; the rest is on Tuesday at noon.
    as_superuser("UPDATE tenancy_auditentry SET at = '2026-11-24 12:00+09'")
    as_superuser("UPDATE tenancy_auditentry SET at = '2026-11-23 03:10+09' WHERE subject = '1000000023'")
    as_superuser("UPDATE tenancy_auditentry SET at = '2026-11-28 12:00+09' WHERE subject = '1000000031'")
    found = {use.actor: use for use in uses(cast.administrator, date(2026, 11, 23), date(2026, 11, 29))}
    clerk = found["clerk"]
    assert (clerk.name, clerk.entries, clerk.people, clerk.outputs) == ("田中　一郎", 4, 3, 1)
    assert (clerk.night, clerk.weekend, clerk.busiest_hour) == (1, 1, 1)
    assert found["protector"].people == 1
    assert "clerk" not in {use.actor for use in uses(cast.administrator, date(2026, 1, 1), date(2026, 1, 2))}
    with pytest.raises(NotAllowedError):
        uses(cast.clerk, date(2026, 11, 23), date(2026, 11, 29))
    assert "clerk" not in {use.actor for use in uses(cast.outsider, date(2026, 11, 23), date(2026, 11, 29))}


def test_days_are_the_towns_days(cast: Cast) -> None:
    today = datetime.now().astimezone().date()
    record(cast.clerk, place="住民", action="view")
    assert entries(cast.administrator, Filter(action="view", first=today - timedelta(days=1)))[1] == 1
    assert entries(cast.administrator, Filter(action="view", last=today - timedelta(days=2)))[1] == 0


def test_the_file_for_the_approval_is_harmless_and_complete(cast: Cast) -> None:
    record(
        cast.clerk,
        place="住民",
        action="view",
        subject="1000000015",
        items=("氏名", "住所"),
        reason="=cmd|' /C calc'!A0",
    )
    stream = io.StringIO(newline="")
    assert write_csv(stream, every(cast.administrator, Filter(action="view"), "決裁")) == 1
    header, line = csv.reader(io.StringIO(stream.getvalue()))
    found = dict(zip(header, line, strict=True))
    assert (found["操作者"], found["対象者"], found["項目"]) == ("clerk", "1000000015", "氏名、住所")
    assert found["理由"].startswith("'=")
    with wall(cast.clerk.municipality):
        assert AuditEntry.objects.filter(action="audit_output", reason="決裁").exists()


_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)


@pytest.mark.usefixtures("town")
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=_TEXT, items=st.lists(_TEXT, max_size=4), reason=_TEXT, detail=st.dictionaries(_TEXT, _TEXT, max_size=3))
def test_python_and_the_database_agree_on_every_hash(
    place: str, items: list[str], reason: str, detail: dict[str, str]
) -> None:
    record(system(TOWN_A), place=place, action="x", items=items, reason=reason, detail=detail)
    with wall(TOWN_A):
        row = AuditEntry.objects.order_by("-number").first()
        assert row
        assert row.hash == entry_hash(row)
        head = AuditHead.objects.get()
    assert (head.number, head.hash) == (row.number, row.hash)
