"""What stands on the paper: legal order, dates, omitted items, foreign residents, and every reason not to draw."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.certificates.drawing.conftest import Bench, bench

from yakuba.certificates.drawing import NotDrawableError
from yakuba.certificates.samples import Sample, samples
from yakuba.kernel.errors import UsageError

NOTE = "続紙に記載"


@pytest.mark.parametrize("sample", samples(), ids=lambda one: f"{one.kind.identifier}-{one.name}")
def test_every_case_is_drawn_or_refused_as_it_says(sample: Sample) -> None:
    assert set(sample.refused) <= Bench(sample).codes()
    assert bool(sample.refused) == bool(Bench(sample).codes())


# ---- order, choices, absence -----------------------------------------------------------------------------------------


def test_members_stand_in_the_order_given() -> None:
    words = bench("juminhyo", "家族十二人").words()
    names = ["太郎", "花子", "一郎", "二郎", "三郎", "四郎", "五郎", "六郎", "七海", "八十吉", "九重", "十三"]
    places = [words.rindex(f"見本　{name}") for name in names[2:]]
    assert places == sorted(places)


def test_four_people_a_sheet() -> None:
    view = bench("juminhyo", "家族十二人").compose().view
    assert [len(sheet["body"]) for sheet in view["sheets"]] == [4, 4, 4]
    assert [sheet["last"] for sheet in view["sheets"]] == [False, False, True]
    assert [sheet["rest"] for sheet in view["sheets"]] == [False, False, False]


def test_one_sheet_each_with_the_history() -> None:
    case = bench("juminhyo", "個人票と履歴")
    assert [len(sheet["body"]) for sheet in case.compose().view["sheets"]] == [1, 1]
    assert "旭町一丁目１番から転居" in case.words()
    joint = case.choose(joint=True, history=False)
    assert "旭町" not in joint.words()
    assert len(joint.compose().view["sheets"]) == 1
    assert joint.choose(history=True).codes() == {"choices_never_together"}


def test_what_is_not_chosen_is_said_to_be_omitted(family: Bench) -> None:
    assert "【省略】" in family.words()
    assert "見本県見本郡見本町中央一丁目１２番地" in family.words()
    omitted = family.choose(register=False, relation=False).words()
    assert "中央一丁目１２番地" not in omitted
    assert "妻" not in omitted


def test_a_secret_item_is_there_only_when_chosen() -> None:
    case = bench("juminhyo", "異体字と不詳日")
    assert "1234 5678 9018" in case.words()
    assert "1234 5678 9018" not in case.choose(individual_number=False).words()


def test_empty_none_and_unknown_stay_three_values(family: Bench) -> None:
    for value in ("なし", "不明"):
        words = family.person(本籍=value, 本籍_町字="", 戸籍_筆頭者=value).words()
        assert f"\n{value}\n" in words
    assert family.person(0, **{"本籍": "", "本籍_地番号または、街区符号": ""}).codes() == {"item_empty"}


def test_a_child_without_a_name_can_be_certified(family: Bench) -> None:
    assert family.record.people[3]["氏名"] == ""
    assert family.codes() == set()


def test_a_reading_is_printed_once_it_is_confirmed(family: Bench) -> None:
    assert "ミホン　タロウ" in family.words()
    assert "ミホン　タロウ" not in family.person(氏名_フリガナ確認状況="0").words()


def test_moving_in_is_not_printed_as_fixing_the_address(family: Bench) -> None:
    """住所を定めた年月日 stays blank where it is the day of becoming a resident."""
    assert family.record.people[0]["住所を定めた年月日"] == family.record.people[0]["住民となった年月日"]
    assert "平成30年6月1日" in family.words()
    assert family.words().count("平成27年4月1日") == 3


# ---- dates -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("items", "printed"),
    [
        ({"生年月日": "1926-12-25", "生年月日_元号": "2"}, "大正15年12月25日"),
        ({"生年月日": "1926-12-25", "生年月日_元号": "3"}, "昭和元年12月25日"),
        ({"生年月日": "1912-07-30", "生年月日_元号": "1"}, "明治45年7月30日"),
        ({"生年月日": "1951-02-29"}, "昭和26年2月29日"),
        ({"生年月日": "昭和10年春"}, "昭和10年春"),
        ({"生年月日": "1935-01-01", "生年月日_不詳フラグ": "1", "生年月日_不詳表記": "昭和１０年　月日不詳"},
         "昭和１０年　月日不詳"),
        ({"生年月日": "年月日不詳"}, "年月日不詳"),
        ({"生年月日": "不明"}, "不明"),
    ],
)  # fmt: skip
def test_birth_of_a_japanese(family: Bench, items: dict[str, str], printed: str) -> None:
    assert f"\n{printed}\n" in family.person(0, **items).words()


@pytest.mark.parametrize(
    ("items", "code"),
    [
        ({"生年月日": "1935-01-01", "生年月日_不詳フラグ": "1"}, "unknown_date_words"),
        ({"生年月日": "1800-01-01"}, "date_unreadable"),
        ({"生年月日": "1990-13-01"}, "date_unreadable"),
        ({"生年月日": ""}, "item_empty"),
        ({"生年月日": "9999-12-31"}, "item_empty"),
    ],
)
def test_a_birth_that_must_not_be_printed(family: Bench, items: dict[str, str], code: str) -> None:
    assert code in family.person(0, **items).codes()


def test_a_foreigner_has_western_days_for_birth_and_end_of_stay_only(foreigners: Bench) -> None:
    words = foreigners.words()
    assert {"1998年9月2日", "2028年3月31日"} <= set(words.split("\n"))
    assert "令和元年10月1日" in words
    assert "平成10年9月2日" not in words


def test_names_of_a_foreigner_letters_first(foreigners: Bench) -> None:
    assert "ＫＩＭ　ＭＩＡＥ　金　美愛" in foreigners.words()
    assert "通称「金田　美愛」平成25年5月1日 例示市で記載、平成28年3月31日 見本町で削除" in foreigners.words()
    assert "金田" not in foreigners.choose(alias_history=False).words()


# ---- right person ----------------------------------------------------------------------------------------------------


def test_the_record_of_somebody_else_is_refused(family: Bench) -> None:
    assert family.person(1, 宛名番号="1000000999").codes() == {"members_differ"}


def test_members_in_another_order_are_refused(family: Bench) -> None:
    family.order = replace(family.order, members=tuple(reversed(family.order.members)))
    assert family.codes() == {"members_differ"}


def test_a_record_of_another_municipality_is_refused(family: Bench) -> None:
    assert family.person(市区町村コード="990027").codes() == {"members_differ"}


def test_whole_household_means_all_of_it(family: Bench) -> None:
    assert "世帯全員" in "".join(family.compose().view["statement"][0])
    family.record = replace(family.record, household={"世帯員数": "5"})
    assert "世帯の一部" in "".join(family.compose().view["statement"][0])
    assert family.choose(whole=True).codes() == {"not_whole_household"}


def test_people_of_two_addresses_are_not_on_one_sheet(family: Bench) -> None:
    assert family.person(1, 住所_番地号表記="９番").codes() == {"household_differs"}


def test_a_removed_person_is_not_certified_as_a_resident(family: Bench) -> None:
    assert family.person(1, 除票フラグ="1").codes() == {"state_differs"}
    assert bench("johyo", "死亡").person(除票フラグ="0").codes() == {"state_differs"}


@pytest.mark.parametrize("change", [{"印鑑登録状態": "9"}, {"最新フラグ": "0"}])
def test_a_seal_that_is_not_in_force_is_refused(change: dict[str, str]) -> None:
    case = bench("inkan", "印影")
    row = {**case.record.tables["印鑑登録原票"][0], **change}
    case.record = replace(case.record, tables={"印鑑登録原票": (row,)})
    assert "rows_missing" in case.codes()


def test_sex_stands_on_the_seal_certificate_only_where_chosen() -> None:
    case = bench("inkan", "印影")
    assert "性別" not in case.words()
    assert "\n性別\n男\n" in case.choose(sex=True).words()


def test_a_seal_without_its_size_is_refused() -> None:
    case = bench("inkan", "印影")
    row = {**case.record.tables["印鑑登録原票"][0], "印影_横寸法": "", "印影_縦寸法": "", "印影_解像度": ""}
    case.record = replace(case.record, tables={"印鑑登録原票": (row,)})
    assert case.codes() == {"image_size_missing"}


# ---- choices ---------------------------------------------------------------------------------------------------------


def test_choices_that_are_not_there(family: Bench) -> None:
    assert family.choose(nonsense=True).codes() == {"choice_unknown"}
    assert bench("juminhyo", "世帯全員").choose(relation="maybe").codes() == {"choice_unknown"}


def test_a_word_that_cannot_be_drawn_names_its_item_and_hides_a_secret(family: Bench) -> None:
    with pytest.raises(NotDrawableError) as caught:
        family.person(氏名="見本　\ue000").compose()
    assert [(one.code, one.item) for one in caught.value.findings] == [("glyph_private", "氏　名")]
    assert "見本" not in str(caught.value)
    case = bench("juminhyo", "異体字と不詳日").person()
    rows = ({"宛名番号": "1000000058", "個人番号": "12345\u00006789018", "最新フラグ": "1"},)
    case.record = replace(case.record, tables={"個人番号管理": rows})
    with pytest.raises(NotDrawableError) as caught:
        case.compose()
    assert "12345" not in repr(caught.value.findings)


@pytest.mark.parametrize("field", ["title", "name", "prefecture", "municipality"])
def test_an_issuer_without_a_name_certifies_nothing(family: Bench, field: str) -> None:
    changed: dict[str, Any] = {field: " "}
    family.issuer = replace(family.issuer, **changed)
    assert family.codes() == {"issuer_incomplete"}


def test_a_town_says_it_in_its_own_words(family: Bench) -> None:
    family.issuer = replace(family.issuer, statement={"juminhyo.all": "{municipality}の{label}である。"})
    assert family.compose().view["statement"][0] == ("見本町の住民票の写しである。",)


@pytest.mark.parametrize(
    ("field", "text"), [("title", "見本町長職務代理者" * 8), ("name", "見本" * 40), ("statement", "証明する。" * 99)]
)
def test_what_does_not_fit_below_the_sheet_is_refused(family: Bench, field: str, text: str) -> None:
    changed: dict[str, Any] = {field: {"juminhyo": text} if field == "statement" else text}
    family.issuer = replace(family.issuer, **changed)
    assert family.codes() == {"text_overflow"}


def test_a_long_title_is_printed_smaller(family: Bench) -> None:
    family.issuer = replace(family.issuer, title="見本郡見本町長職務代理者見本町副町長兼例示担当理事兼見本推進室長")
    assert family.compose().view["issuer"][1] in (11, 10, 9)


def test_no_such_kind(family: Bench) -> None:
    family.order = replace(family.order, kind="nonsense")
    with pytest.raises(UsageError):
        family.compose()


# ---- amounts and pages -----------------------------------------------------------------------------------------------


def test_nothing_recorded_is_not_nought() -> None:
    words = bench("shotoku_kazei", "給与と年金").words().split("\n")
    after = dict(pairwise(words))
    assert after["給与収入"] == "6,000,000"
    assert after["不動産所得"] == "△125,000"
    assert after["市町村民税 減免"] == "0"
    assert after["農業所得"] == "＊＊＊"
    assert after["年　度"] == "令和8年度"


def test_only_the_year_asked_for() -> None:
    case = bench("shotoku_kazei", "給与と年金").choose(year="2025")
    assert "令和7年度" in case.words()
    assert "4,388,000" not in case.words()


def test_due_and_not_yet_due() -> None:
    case = bench("nozei", "納期未到来と未納")
    assert case.words().endswith("合計\n\n\n\n251,800\n151,800\n60,000\n40,000")
    case.order = replace(case.order, issued_on=date(2027, 3, 1))
    assert case.words().endswith("251,800\n151,800\n0\n100,000")


def test_long_remarks_go_whole_to_a_continuation_sheet() -> None:
    case = bench("juminhyo", "長い方書と長い備考")
    view = case.compose().view
    assert NOTE in case.words()
    notes = view["sheets"][-1]["notes"]
    text = "".join(line for note in notes for line in note["t"])
    remarks = [row["記載内容"] for row in case.record.tables["統合記載欄"] if row["記載区分"] == "3"]
    assert text == "　".join(remarks)
    assert notes[0]["h"] == "（1）見本　太郎　備　考"


def test_a_long_history_fills_as_many_sheets_as_it_needs() -> None:
    view = bench("johyo", "長い履歴").compose().view
    lines = [line for sheet in view["sheets"] for note in sheet["notes"] for line in note["t"]]
    assert len(lines) == 60
    assert view["pages"] == 3
    assert [sheet["page"] for sheet in view["sheets"]] == [1, 2, 3]


def test_an_imprint_too_large_for_its_place_is_refused() -> None:
    case = bench("inkan", "印影")
    row = {**case.record.tables["印鑑登録原票"][0], "印影_横寸法": "70.0"}
    case.record = replace(case.record, tables={"印鑑登録原票": (row,)})
    assert case.codes() == {"text_overflow"}


# ---- whatever is in the record ---------------------------------------------------------------------------------------

NASTY = st.sampled_from(
    [
        *(
            "",
            " ",
            "　",
            "なし",
            "不明",
            "0",
            "1",
            "2",
            "3",
            "99",
            "０１",
            "-5",
            "1e3",
            "1_000",
            "昭和",
            "x" * 400,
            "\n\n",
        ),
        *("2026-13-45", "9999-12-31", "0000-01-01", "明治45年7月30日頃", "\ue000", "\x00", "葛\U000e0100", "#panic()"),
    ]
)
DRAWN = [one for one in samples() if not one.refused]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(DRAWN), st.data())
def test_any_record_is_drawn_or_refused_in_one_sentence(sample: Sample, data: st.DataObject) -> None:
    case = Bench(sample)
    names = sorted({item for item in sample.kind.items if item != "印影"})
    spoilt = data.draw(st.dictionaries(st.sampled_from(names), NASTY, max_size=6))
    people = tuple({**person, **spoilt} for person in case.record.people)
    tables = {name: tuple({**row, **spoilt} for row in rows) for name, rows in case.record.tables.items()}
    case.record = replace(case.record, people=people, tables=tables)
    refusal = case.refusal()
    if refusal is None:
        assert case.compose().view["sheets"]
    else:
        assert refusal.findings
        assert all(one.hint_ja and one.hint_en for one in refusal.findings)
        assert "\n" not in str(refusal)
