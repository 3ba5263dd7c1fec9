"""One person: items, history, any day, warnings, masks; hidden people; two clerks; other businesses; output."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.registry.desk import counter, csv_files, somebody, with_rights
from tests.world import TOWN_B

from yakuba.kernel.errors import UsageError
from yakuba.registry import queries
from yakuba.registry.models import Record, Resident
from yakuba.registry.services import ChangedMeanwhileError, add_history, export
from yakuba.tenancy import audit
from yakuba.tenancy.acting import NotAllowedError, NotFoundError, system
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.tenancy.acting import Actor


MINOR = "32"
"""異動事由: 軽微な修正."""


def ordinary(town: Actor) -> Resident:
    return somebody(town, removed=False, outsider=False, protected=False, kind="1")


def protected(town: Actor) -> Resident:
    return somebody(town, protected=True)


def values(person: queries.Person) -> dict[str, queries.Value]:
    return {value.name: value for section in person.sections for value in section.values}


def test_items_are_shown_as_people_read_them(town: Actor) -> None:
    one = ordinary(town)
    person = queries.resident(town, one.addressee)
    assert person is not None
    shown = values(person)
    assert shown["氏名"].text == one.name
    assert shown["生年月日"].raw == one.birth
    assert shown["生年月日"].text.startswith(("明治", "大正", "昭和", "平成", "令和"))
    assert shown["性別"].text in ("男", "女")
    assert [section.title for section in person.sections][:2] == ["基本", "住所"]


def test_history_has_every_row_newest_first_with_what_changed(town: Actor) -> None:
    one = ordinary(town)
    person = queries.resident(town, one.addressee)
    assert person is not None
    with wall(town.municipality):
        rows = Record.objects.filter(ledger=one.ledger_id, addressee=one.addressee).count()
    numbers = [int(change.number) for change in person.history]
    assert numbers == list(range(rows, 0, -1))
    assert person.history[0].shown
    assert not person.history[-1].after
    assert all(len(change.before) == len(change.after) for change in person.history)


def test_the_view_as_of_a_day_shows_what_held_then(town: Actor) -> None:
    with wall(town.municipality):
        found = Resident.objects.filter(removed=False, outsider=False, protected=False)
        one = next(one for one in found if len({*one.address_key.split("\n")}) > 1)
    now = queries.resident(town, one.addressee)
    assert now is not None
    moves = [change for change in now.history if any(value.name.startswith("住所_") for value in change.after)]
    with wall(town.municipality):
        row = Record.objects.get(ledger=one.ledger_id, row=moves[0].row)
        day = date.fromisoformat(str(row.cells[one.ledger.columns.index("異動年月日")]))
    on_the_day = queries.resident(town, one.addressee, as_of=day)
    before = queries.resident(town, one.addressee, as_of=date.fromordinal(day.toordinal() - 1))
    assert on_the_day is not None
    assert before is not None
    assert values(before)["住所を定めた年月日"].raw < day.isoformat() == values(on_the_day)["住所を定めた年月日"].raw
    assert (before.newest, [change.shown for change in before.history].count(True)) == (False, 1)
    assert queries.resident(town, one.addressee, as_of=date(1800, 1, 1)) is None


def test_items_that_are_closed_are_masked_and_not_logged(town: Actor) -> None:
    one = ordinary(town)
    person = queries.resident(counter(town), one.addressee)
    assert person is not None
    shown = values(person)
    assert (shown["本籍"].masked, shown["本籍"].raw, shown["本籍"].text) == (True, "", "")
    assert not shown["続柄表記"].masked
    assert not shown["氏名"].withheld
    (entry,) = audit.entries(town, audit.Filter(action="view"))[0]
    assert "本籍" not in entry.items
    assert "氏名" in entry.items
    assert entry.subject == one.addressee


def test_protected_people_do_not_exist_for_who_may_not_see_them(town: Actor) -> None:
    clerk, one = counter(town), protected(town)
    assert queries.resident(clerk, one.addressee, reason="窓口") is None
    assert queries.resident(clerk, "9999999999") is None
    assert not queries.records(clerk, one.addressee, reason="窓口")
    assert not queries.search(clerk, one.addressee).items
    assert queries.output(clerk, [one.addressee], ["氏名"], "試験").rows == ()
    home = queries.household(clerk, one.household)
    assert home is None or one.addressee not in [member.addressee for member in home.members]
    entries = audit.entries(town, audit.Filter(action="view"))[0]
    assert [entry.detail for entry in entries] == [{"found": 0}, {"found": 0}]


def test_a_protected_person_is_sealed_until_there_is_a_reason(town: Actor) -> None:
    one = protected(town)
    sealed = queries.resident(town, one.addressee)
    assert sealed is not None
    assert (sealed.sealed, sealed.sections, sealed.history) == (True, (), ())
    assert sealed.warnings[0].title == "支援措置対象者"
    assert not queries.records(town, one.addressee)
    opened = queries.resident(town, one.addressee, reason="本人からの申出")
    assert opened is not None
    assert not opened.sealed
    assert values(opened)["氏名"].text == one.name
    (entry, _) = audit.entries(town, audit.Filter(action="view", subject=one.addressee))[0]
    assert entry.reason == "本人からの申出"


def test_another_towns_people_are_not_there(town: Actor) -> None:
    one = ordinary(town)
    other = system(TOWN_B)
    assert queries.resident(other, one.addressee) is None
    assert queries.household(other, one.household) is None
    assert not queries.records(other, one.addressee)


def test_households_have_a_head_first(town: Actor) -> None:
    one = somebody(town, removed=False, outsider=False, relation="妻")
    home = queries.household(town, one.household)
    assert home is not None
    assert [member.relation for member in home.members][:2] == ["世帯主", "妻"]
    assert home.head == home.members[0].name


def test_records_of_other_businesses_are_typed_by_their_layouts(town: Actor) -> None:
    tabs: dict[str, queries.Tab] = {}
    with wall(town.municipality):
        people = list(Resident.objects.filter(removed=False, protected=False))
    for one in people:
        tabs |= {tab.title: tab for tab in queries.records(town, one.addressee)}
    assert "印鑑登録原票" in tabs
    tax = next(tab for tab in tabs.values() if tab.business == "個人住民税" and tab.title == "期割情報")
    row = {value.name: value for value in tax.rows[0]}
    assert row["納期限"].text.startswith("令和")
    assert row["期別税額"].text.replace(",", "") == row["期別税額"].raw
    assert row["期別税額"].number
    few = with_rights(town, (Action.VIEW, "juminkihondaicho", ""))
    seen = {tab.business for one in people for tab in queries.records(few, one.addressee)}
    assert seen <= {"住民基本台帳"}


def test_the_second_of_two_clerks_is_told_and_nothing_is_lost(town: Actor, tmp_path: Path) -> None:
    one = ordinary(town)
    first = queries.resident(town, one.addressee)
    assert first is not None
    change = {"異動事由": MINOR, "住所_方書": "コーポ試験　１０１"}
    version = add_history(town, one.addressee, change, first.version, reason="軽微な修正")
    with pytest.raises(ChangedMeanwhileError, match="ほかの職員"):
        add_history(town, one.addressee, change | {"住所_方書": "別の方書"}, first.version, reason="軽微な修正")
    after = queries.resident(town, one.addressee)
    assert after is not None
    assert (after.version, len(after.history)) == (version, len(first.history) + 1)
    assert after.history[0].added
    assert [value.name for value in after.history[0].after] == ["住所_方書"]
    assert [found.addressee for found in queries.search(town, "コーポ試験101").items] == [one.addressee]
    export(tmp_path / "out", town, "kihon")
    text = csv_files(tmp_path / "out")["data/001_juminkihondaicho/juminjoho.csv"].decode()
    newest = [line for line in text.splitlines() if f",{one.addressee}," in line and line.split(",")[4] == "1"]
    assert len(newest) == 1
    assert "コーポ試験　１０１" in newest[0]


@pytest.mark.parametrize(
    "change",
    [{"宛名番号": "1"}, {"個人履歴番号": "9"}, {"項目ではない": "1"}, {"性別": "7"}, {"住所_方書": "あ" * 5000}],
)
def test_a_write_that_the_layout_does_not_allow_is_refused(town: Actor, change: dict[str, str]) -> None:
    one = ordinary(town)
    with pytest.raises(UsageError, match="項目"):
        add_history(town, one.addressee, {"異動事由": MINOR} | change, one.version, reason="軽微な修正")
    assert ordinary(town).version == one.version


def test_a_write_needs_a_reason_a_right_and_a_person(town: Actor) -> None:
    one = ordinary(town)
    with pytest.raises(UsageError, match="理由"):
        add_history(town, one.addressee, {"住所_方書": ""}, one.version, reason=" ")
    reader = with_rights(town, (Action.VIEW, "juminkihondaicho", ""))
    with pytest.raises(NotAllowedError, match="異動入力"):
        add_history(reader, one.addressee, {"住所_方書": ""}, one.version, reason="軽微な修正")
    with pytest.raises(NotAllowedError, match="本籍"):
        add_history(counter(town), one.addressee, {"本籍": "見本県"}, one.version, reason="軽微な修正")
    with pytest.raises(NotFoundError):
        add_history(counter(town), protected(town).addressee, {"住所_方書": ""}, 1, reason="軽微な修正")


def test_output_says_what_was_asked_and_logs_every_person(town: Actor) -> None:
    one = ordinary(town)
    clerk = counter(town)
    rows = queries.output(clerk, [one.addressee, "9999999999"], ["氏名", "生年月日"], "名簿の作成")
    assert rows.items == ("氏名", "生年月日")
    assert [row[0] for row in rows.rows] == [one.name]
    (entry,) = audit.entries(town, audit.Filter(action="output"))[0]
    assert (entry.subject, entry.items, entry.reason) == (one.addressee, ("氏名", "生年月日"), "名簿の作成")
    assert {item.name for item in queries.output_items(clerk) if item.masked} >= {"本籍", "住民票コード"}
    with pytest.raises(NotAllowedError, match="本籍"):
        queries.output(clerk, [one.addressee], ["本籍"], "名簿の作成")
    for items, purpose in ((["氏名"], " "), ([], "名簿"), (["ない項目"], "名簿")):
        with pytest.raises(UsageError):
            queries.output(clerk, [one.addressee], items, purpose)


def test_counts_name_nobody_and_add_up(town: Actor) -> None:
    (numbers,) = queries.counts(town)
    with wall(town.municipality):
        assert numbers.population == Resident.objects.filter(removed=False, outsider=False).count()
    assert sum(band["male"] + band["female"] for band in numbers.pyramid) == numbers.population
    assert numbers.code == town.municipality
    assert len(numbers.months) <= 24
