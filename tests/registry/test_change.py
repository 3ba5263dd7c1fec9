"""異動入力: typed texts become cells, what the standard forbids is refused in a sentence, the numbers follow."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from tests.registry.desk import block, counter, somebody, with_rights

from yakuba.kernel.errors import UsageError
from yakuba.layouts.read import layout
from yakuba.registry import queries
from yakuba.registry.display import Shape
from yakuba.registry.entering import entered
from yakuba.registry.models import Ledger, Record, Resident, Statistic
from yakuba.registry.services import ChangedMeanwhileError, add_history, recount
from yakuba.tenancy import audit
from yakuba.tenancy.acting import NotAllowedError
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from yakuba.tenancy.acting import Actor

MINOR, MOVED, DIED = "32", "31", "23"
JUKI = "juminkihondaicho"


def ordinary(town: Actor, **wanted: object) -> Resident:
    return somebody(town, **({"removed": False, "outsider": False, "protected": False, "kind": "1"} | wanted))


@pytest.fixture
def shape() -> Shape:
    """Of the official items of residents; no database is needed to type."""
    there = layout("kihon/2023-09/001_juminkihondaicho")
    columns = [item.name for item in there.by_name["住民情報"].items]
    return Shape(Ledger(layout=there.id, title="住民情報", columns=columns))


def test_dates_are_typed_in_any_way_and_keep_their_era(shape: Shape) -> None:
    border = entered(shape, "生年月日", "大正15年12月25日")
    assert border == {"生年月日": "1926-12-25", "生年月日_元号": "2"}
    assert entered(shape, "生年月日", "昭和元年12月25日")["生年月日_元号"] == "3"
    for text in ("R8.4.1", "令和８年４月１日", "5080401", "20260401", "2026-4-1", "２０２６年４月１日"):
        assert entered(shape, "異動届出年月日", text) == {"異動届出年月日": "2026-04-01"}
    assert entered(shape, "生年月日", "1990-02-29")["生年月日"] == "1990-02-29"
    assert entered(shape, "異動届出年月日", "") == {"異動届出年月日": ""}


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("異動届出年月日", "1990-02-29", "暦にない日"),
        ("異動届出年月日", "きのう", "読めません"),
        ("異動届出年月日", "昭和64年1月8日", "読めません"),
        ("性別", "7", "コードにない"),
        ("住所_方書", "ｺｰﾎﾟ", "半角カタカナ"),
        ("住所_方書", "あ" * 301, "300文字まで"),
        ("住所_方書", "一行目\n二行目", "制御文字"),
        ("住所_郵便番号", "あ", "半角"),
        ("記載順位", "二", "数字"),
        ("ない項目", "", "ありません"),
    ],
)
def test_what_an_item_cannot_hold_is_said(shape: Shape, name: str, text: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        entered(shape, name, text)


def test_names_stay_as_they_are_and_widths_follow_the_layout(shape: Shape) -> None:
    name = "渡邉\U000e0102　𠮷郎"
    assert entered(shape, "氏名", name) == {"氏名": name}
    assert entered(shape, "住所_方書", "Corpo 101-A") == {"住所_方書": "Ｃｏｒｐｏ　１０１－Ａ"}
    assert entered(shape, "住所_郵便番号", "１００－０００１"[:3] + "0001") == {"住所_郵便番号": "1000001"}
    assert entered(shape, "氏名", "渡邉\U000e0102" * 50)


def iso(days: int = 0) -> str:
    """Today or a day near it, as it is now: these tests may run over midnight."""
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def problems(town: Actor, one: Resident, **typed: str) -> dict[str, str]:
    made = queries.draft(town, one.addressee, typed)
    assert made is not None
    return dict(made.problems)


def test_what_the_standard_forbids_is_told_beside_its_item(town: Actor) -> None:
    one = ordinary(town)
    tomorrow = iso(days=1)
    assert problems(town, one, 異動事由=MINOR, 住所_方書="見本荘") == {}
    assert "異動事由" in problems(town, one, 住所_方書="見本荘")
    assert "住所_都道府県" in problems(town, one, 異動事由=MINOR, 住所_都道府県="")
    assert "異動年月日" in problems(town, one, 異動事由=MOVED, 異動年月日=tomorrow, 住所_方書="見本荘")
    assert "異動年月日" not in problems(town, one, 異動事由="21", 異動年月日=tomorrow, 転出予定年月日=tomorrow)
    assert "異動年月日" in problems(town, one, 異動事由=MOVED, 異動年月日="1850-01-01", 住所_方書="見本荘")
    assert "異動届出年月日" in problems(town, one, 異動事由=MOVED, 異動届出年月日=tomorrow, 住所_方書="見本荘")
    assert problems(town, one, 異動事由=MINOR) == {"": "変わる項目がありません"}
    assert "消除の事由" in problems(town, one, 異動事由=DIED, 除票フラグ="1")


@pytest.mark.parametrize(
    ("relation", "allowed"),
    [
        ("子", True), ("子の子の子の子", True), ("妻の父", True), ("夫（未届）の子", True), ("夫(未届)の子", True),
        ("子の子の子の子の子", False), ("祖父", False), ("孫", False), ("同居人の子", False), ("世帯主の妻", False),
    ],
)  # fmt: skip
def test_a_relation_is_made_of_the_words_of_the_standard(town: Actor, relation: str, *, allowed: bool) -> None:
    one = ordinary(town, relation="妻")
    found = problems(town, one, 異動事由="42", 続柄表記=relation)
    assert ("続柄表記" not in found) is allowed


def test_what_says_the_same_in_words_follows_unless_it_was_entered(town: Actor) -> None:
    one = ordinary(town, sex="1")
    day = iso()
    for typed, expected in (
        ({"性別": "2"}, {"性別表記": "女"}),
        ({"性別": "2", "性別表記": "男"}, {}),
        ({"氏_日本人": "見本"}, {"氏名": f"見本　{one.name.split('　')[1]}"}),
        ({"住所_方書": "見本荘", "異動年月日": day}, {"住所を定めた年月日": day}),
        ({"続柄コード1": "99"}, {"続柄表記": "同居人"}),
    ):
        made = queries.draft(town, one.addressee, {"異動事由": MOVED} | typed)
        assert made is not None
        assert {name: cell for name, cell in made.changes.items() if name not in {"異動事由", *typed}} == expected


def test_a_household_has_one_head_at_most_and_is_told_when_it_has_none(town: Actor) -> None:
    wife = ordinary(town, relation="妻")
    head = ordinary(town, household=wife.household, relation="世帯主")
    assert "続柄表記" in problems(town, wife, 異動事由="43", 続柄表記="世帯主")
    with pytest.raises(UsageError, match="ほかに世帯主"):
        add_history(town, wife.addressee, {"異動事由": "43", "続柄表記": "世帯主"}, wife.version, reason="届出")
    gone = queries.draft(town, head.addressee, {"異動事由": "43", "続柄表記": "夫"})
    assert gone is not None
    assert len(gone.alerts) == 1
    add_history(town, head.addressee, gone.changes, gone.version, reason="届出")
    assert problems(town, wife, 異動事由="43", 続柄表記="世帯主") == {}
    plain = queries.draft(town, wife.addressee, {"異動事由": MINOR, "住所_方書": "見本荘"})
    assert plain is not None
    assert plain.alerts == ()


def test_somebody_removed_is_not_changed_but_for_the_notice_of_the_new_place(town: Actor) -> None:
    one = somebody(town, removed=True, outsider=False, protected=False)
    assert "住所_方書" in problems(town, one, 異動事由="34", 住所_方書="見本荘")
    assert "転入通知年月日" not in problems(town, one, 異動事由="34", 転入通知年月日=iso())


def test_the_form_offers_what_may_be_changed(town: Actor) -> None:
    one = ordinary(town)
    form = queries.entry(town, one.addressee, why=MOVED)
    assert form is not None
    offered = {name for _, names in form.offered for name in names}
    assert {"住所_方書", "氏名", "世帯番号"} <= offered
    assert (
        not {"宛名番号", "個人履歴番号", "最新フラグ", "操作者ID", "処理年月日", "異動事由", "住民票コード"} & offered
    )
    assert [field.name for field in form.fields][:2] == [form.day_item, form.notified_item]
    assert "住所_番地号表記" in [field.name for field in form.fields]
    assert dict(form.reasons)[MOVED] == "転居"
    few = queries.entry(counter(town), one.addressee)
    assert few is not None
    assert "本籍" not in {name for _, names in few.offered for name in names}
    reader = with_rights(town, (Action.VIEW, JUKI, ""))
    for call in (queries.entry, lambda actor, number: queries.draft(actor, number, {})):
        with pytest.raises(NotAllowedError, match="異動入力"):
            call(reader, one.addressee)


def test_seeing_an_item_is_not_changing_it(town: Actor) -> None:
    clerk = with_rights(town, (Action.VIEW, JUKI, "*"), (Action.WRITE, JUKI, ""))
    one = ordinary(town)
    made = queries.draft(clerk, one.addressee, {"異動事由": MINOR, "本籍": "見本県見本市"})
    assert made is not None
    assert made.problems["本籍"] == "変更できない項目です"
    with pytest.raises(NotAllowedError, match="本籍"):
        add_history(clerk, one.addressee, {"異動事由": MINOR, "本籍": "見本県"}, one.version, reason="届出")


def test_a_block_is_told_before_anything_is_typed(town: Actor) -> None:
    one = ordinary(town)
    block(town, one, 抑止対象処理="1")
    form = queries.entry(town, one.addressee, why=MINOR)
    assert form is not None
    assert form.refused == "抑止（その他）"


def test_a_row_says_of_itself_who_when_and_why(town: Actor) -> None:
    one = ordinary(town)
    change = {"異動事由": MINOR, "異動年月日": "R8.4.1", "住所_方書": "見本荘"}
    clerk = counter(town)
    add_history(clerk, one.addressee, change, one.version, reason="届出")
    person = queries.history(clerk, one.addressee)
    assert person is not None
    newest = person.history[0]
    assert (newest.reason, newest.day, newest.added, newest.by) == (
        "軽微な修正", "令和8年4月1日", True, "窓口 花子（clerk）",
    )  # fmt: skip
    assert newest.at is not None
    with wall(town.municipality):
        record = Record.objects.get(ledger=one.ledger_id, addressee=one.addressee, added=True)
        cells = dict(zip(one.ledger.columns, record.cells, strict=True))
    assert (cells["操作者ID"], cells["処理年月日"], cells["届出番号"]) == ("clerk", iso(), None)
    entry = audit.entries(town, audit.Filter(action="add_history"))[0][0]
    assert (set(entry.items), entry.reason) == (set(change), "届出")


def test_the_second_is_told_whatever_the_first_has_written(town: Actor) -> None:
    one = ordinary(town)
    first = queries.draft(town, one.addressee, {"異動事由": MINOR, "住所_方書": "一"})
    second = queries.draft(town, one.addressee, {"異動事由": MINOR, "住所_方書": "二"})
    assert first is not None
    assert second is not None
    add_history(town, one.addressee, first.changes, first.version, reason="届出")
    with pytest.raises(ChangedMeanwhileError):
        add_history(town, one.addressee, second.changes, second.version, reason="届出")


def numbers(town: Actor) -> dict[str, Any]:
    with wall(town.municipality):
        found = dict(Statistic.objects.get().numbers)
    found["pyramid"] = [band for band in found["pyramid"] if band["male"] or band["female"]]
    return found


@pytest.mark.parametrize(
    "change",
    [
        {"異動事由": MINOR, "異動年月日": "2020-01-01", "住所_方書": "見本荘"},
        {"異動事由": "33", "異動年月日": iso(), "性別": "2", "生年月日": "1931-05-05"},
        {"異動事由": "40", "異動年月日": iso(), "世帯番号": "5999999990"},
        {"異動事由": DIED, "異動年月日": iso(), "除票フラグ": "1", "住民状態": "3", "消除の事由": DIED,
         "消除の異動年月日": iso()},
    ],
    ids=["nothing", "person", "household", "removed"],
)  # fmt: skip
def test_the_numbers_after_a_change_are_those_of_a_whole_count(town: Actor, change: dict[str, str]) -> None:
    recount(town)
    one = ordinary(town, sex="1", relation="世帯主" if change["異動事由"] == MINOR else "子")
    before = numbers(town)
    add_history(town, one.addressee, change, one.version, reason="届出")
    moved = numbers(town)
    assert recount(town)
    assert moved == numbers(town)
    assert (moved == before) is (change["異動事由"] == MINOR)


def test_a_count_at_night_follows_the_day(town: Actor) -> None:
    today = timezone.localdate()
    assert recount(town, today)
    (made,) = queries.counts(town)
    assert (made.as_of, len(made.months) <= 24) == (today, True)
    with wall(town.municipality):
        assert made.population == Resident.objects.filter(removed=False, outsider=False).count()
    nobody = with_rights(town, (Action.VIEW, JUKI, ""))
    with pytest.raises(NotAllowedError):
        recount(nobody)
