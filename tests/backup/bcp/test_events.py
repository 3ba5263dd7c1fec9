"""The book of a disaster: only added to, handed back whole and signed, held against what the main system has now."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connection, transaction
from tests.world import TOWN_A, TOWN_B

from yakuba.backup.bcp import standing
from yakuba.backup.bcp.book import book, note, take_back
from yakuba.backup.bcp.closing import close
from yakuba.backup.bcp.events import Kind, Noted
from yakuba.backup.bcp.handback import CANCELLED, CHANGED, FREE, GONE, STRANGER, check, hand_back
from yakuba.kernel.errors import CannotContinueError, NotProvenError, UsageError
from yakuba.kernel.home import yakuba_home
from yakuba.registry import queries
from yakuba.registry.services import add_history
from yakuba.tenancy.acting import NotAllowedError, NotFoundError, system
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.tenancy.acting import Actor

DAY = date(2026, 11, 20)
OTSUKA, TSUJI, TAKAHASHI = "1000000082", "1000000031", "1000000074"


def died(addressee: str = OTSUKA, paper: str = "D-1") -> Noted:
    return Noted(Kind.DEATH, "大塚　哲也", DAY, paper, addressee)


def handed(actor: Actor, out: Path) -> Path:
    now = standing.here()
    assert now is not None
    hand_back(actor, out, now)
    return out


def test_lines_are_numbered_and_a_slip_is_a_further_line(disaster: Actor) -> None:
    born = Noted(Kind.BIRTH, "大塚　新", DAY, "B-1", detail="母 大塚")
    assert [note(disaster, died()), note(disaster, born), take_back(disaster, 1, "別の人だった")] == [1, 2, 3]
    first, second, third = book(disaster)
    assert (first.cancelled, second.cancelled, third.cancels) == (3, 0, 1)
    assert first.seen == queries.record_digest(disaster, OTSUKA)
    assert second.seen == ""


def test_what_cannot_be_meant_is_refused(disaster: Actor) -> None:
    note(disaster, died())
    refused = [
        replace(died(), name=" "),
        replace(died(), paper=""),
        replace(died(), addressee=""),
        replace(died(), happened_on=date(2999, 1, 1)),
        died(),
    ]
    for one in refused:
        with pytest.raises(UsageError):
            note(disaster, one)
    with pytest.raises(NotFoundError):
        note(disaster, died("9999999999"))
    take_back(disaster, 1, "誤り")
    with pytest.raises(UsageError, match="取り消されて"):
        take_back(disaster, 1, "もう一度")
    assert [one.number for one in book(disaster)] == [1, 2]


def test_the_book_is_there_in_a_disaster_alone(town: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YAKUBA_HOME", str(tmp_path))
    with pytest.raises(CannotContinueError, match="BCP"):
        note(town, died())


def test_another_municipality_has_no_part_in_it(disaster: Actor) -> None:
    note(disaster, died())
    assert book(system(TOWN_B)) == ()
    with pytest.raises(CannotContinueError, match="BCP"):
        note(system(TOWN_B), replace(died(), addressee="1000000015"))


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("change", ["UPDATE bcp_pendingevent SET name = 'x'", "DELETE FROM bcp_pendingevent"])
def test_no_line_is_changed_even_by_the_program(disaster: Actor, change: str) -> None:
    note(disaster, died())
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        wall(TOWN_A),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


def test_who_may_not_look_at_residents_may_not_write(disaster: Actor) -> None:
    with pytest.raises(NotAllowedError):
        note(replace(disaster, staff=3, rights=()), died())
    with pytest.raises(NotAllowedError):
        book(replace(disaster, staff=3, rights=()))


def test_the_main_system_says_what_can_be_entered_and_where_somebody_was_faster(
    disaster: Actor, tmp_path: Path
) -> None:
    for number, one in enumerate([died(), replace(died(TSUJI, "D-2"), kind=Kind.SAFE), died(OTSUKA, "D-3"),
                                  Noted(Kind.BIRTH, "大塚　新", DAY, "B-1"), died(TAKAHASHI, "D-4")], 1):  # fmt: skip
        assert note(disaster, one) == number
    take_back(disaster, 3, "二重")
    package = handed(disaster, tmp_path / "package")
    version = queries.head(disaster, TSUJI)
    assert version is not None
    add_history(disaster, TSUJI, {"異動事由": "32", "住所_方書": "コーポ見本"}, 1, reason="復旧の後")
    with wall(TOWN_A), connection.cursor() as cursor:
        cursor.execute("DELETE FROM registry_resident WHERE addressee = %s", [TAKAHASHI])
    verdicts = {one.number: one.verdict for one in check(disaster, package)}
    assert verdicts == {1: FREE, 2: CHANGED, 3: CANCELLED, 4: STRANGER, 5: GONE}


def test_a_changed_package_and_another_key_are_refused(disaster: Actor, tmp_path: Path) -> None:
    note(disaster, died())
    package = handed(disaster, tmp_path / "package")
    with pytest.raises(NotProvenError, match="別の鍵"):
        check(disaster, package, signer="0" * 40)
    with pytest.raises(UsageError, match=TOWN_A):
        check(system(TOWN_B), package)
    path = package / "events.json"
    document = json.loads(path.read_text("utf-8"))
    document["events"][0]["addressee"] = TSUJI
    path.write_text(json.dumps(document), "utf-8")
    with pytest.raises(NotProvenError, match="署名"):
        check(disaster, package)


def test_nothing_on_paper_is_left_behind_when_it_is_over(
    disaster: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The database here is that of all tests; stopping it is looked at in test_opening.
    monkeypatch.setattr("yakuba.backup.bcp.founding.end", lambda _: None)
    note(disaster, died())
    with pytest.raises(UsageError, match="1 件"):
        close(disaster, yakuba_home(), reason="復旧", package=None, erase=False)
    early = handed(disaster, tmp_path / "early")
    note(disaster, died(TSUJI, "D-2"))
    with pytest.raises(UsageError, match="1 件"):
        close(disaster, yakuba_home(), reason="復旧", package=early, erase=False)
    close(disaster, yakuba_home(), reason="復旧", package=handed(disaster, tmp_path / "all"), erase=False)
    with pytest.raises(CannotContinueError, match="BCP"):
        note(disaster, died(paper="D-9"))
    assert book(disaster)[1].noted.paper == "D-2"
