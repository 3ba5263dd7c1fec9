from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakuba.kernel.dates.calendar import DateKind, legal_date_kind
from yakuba.kernel.dates.eras import eras
from yakuba.kernel.dates.fushobi import Fushobi, FushobiKind

PARTS = {
    FushobiKind.YEAR_ABOUT: "",
    FushobiKind.MONTH_ABOUT: "month",
    FushobiKind.DAY_ABOUT: "month day",
    FushobiKind.DAY_ESTIMATED: "month day",
    FushobiKind.MONTH_ESTIMATED: "month",
    FushobiKind.SEASON: "season",
    FushobiKind.THIRD: "month third",
    FushobiKind.THIRD_ABOUT: "month third",
    FushobiKind.ALL_UNKNOWN: "",
    FushobiKind.MONTH_UNKNOWN: "",
    FushobiKind.DAY_UNKNOWN: "month",
    FushobiKind.BETWEEN_ABOUT: "month day end_month end_day",
    FushobiKind.BETWEEN_ESTIMATED: "month day end_day",
    FushobiKind.BETWEEN_ABOUTS: "month day end_day",
}
VALUES: dict[str, st.SearchStrategy[int | str]] = {
    "month": st.integers(1, 12),
    "day": st.integers(1, 31),
    "end_month": st.integers(1, 12),
    "end_day": st.integers(1, 31),
    "season": st.sampled_from(["春", "夏", "秋", "冬"]),
    "third": st.sampled_from(["上旬", "中旬", "下旬"]),
}


@st.composite
def values(draw: st.DrawFn) -> Fushobi:
    kind = draw(st.sampled_from(FushobiKind))
    if kind is FushobiKind.ALL_UNKNOWN:
        return Fushobi(kind)
    era = draw(st.none() | st.sampled_from(eras()))
    year = draw(st.integers(1, 99) if era else st.integers(1000, 9999))
    parts = {name: draw(VALUES[name]) for name in PARTS[kind].split()}
    return Fushobi(kind, era, year, **parts)  # type: ignore[arg-type]


def read(text: str) -> Fushobi:
    found = Fushobi.parse(text)
    assert found is not None, text
    return found


def test_the_forms_of_the_specification_in_its_order(fushobi_vectors: list[dict[str, str]]) -> None:
    assert [row["kind"] for row in fushobi_vectors] == [str(kind) for kind in FushobiKind]
    for row in fushobi_vectors:
        value = read(row["written"])
        assert (str(value.kind), value.text(), value.sort_date()) == (row["kind"], row["written"], row["sort_date"])


@given(values())
def test_text_and_back(value: Fushobi) -> None:
    assert Fushobi.parse(value.text()) == value
    assert Fushobi.parse(value.text(full_width=True)) == value


@given(values())
def test_full_width_text_has_no_half_width_character(value: Fushobi) -> None:
    assert not [mark for mark in value.text(full_width=True) if mark.isascii()]


@given(values())
def test_the_sort_date_can_be_sorted_among_dates(value: Fushobi) -> None:
    assert legal_date_kind(value.sort_date()) is not DateKind.MALFORMED
    assert value.era is None or value.sort_date() >= value.era.first


@given(values())
def test_spaces_do_not_matter(value: Fushobi) -> None:
    assert Fushobi.parse(" ".join(value.text())) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "不明",
        "なし",
        "不詳",
        "昭和10年3月1日",
        "昭和10年",
        "昭和10年3月",
        "昭和0年頃",
        "昭和10年13月頃",
        "昭和10年3月32日頃",
        "昭和10年3月0日頃",
        "昭和10年3月1日から13月2日頃までの間",
        "昭和1935年頃",
        "35年頃",
        "昭和10年3月下旬頃だ",
        "1935-03-01",
    ],
)
def test_what_is_none_of_the_forms(text: str) -> None:
    assert Fushobi.parse(text) is None


def test_western_years_of_foreign_residents() -> None:
    assert read("1990年頃") == Fushobi(FushobiKind.YEAR_ABOUT, None, 1990)
    assert read("1990年頃").sort_date() == "1990-01-01"


def test_a_part_that_is_unknown_is_not_made_up() -> None:
    assert (read("昭和10年頃").month, read("昭和10年頃").day) == (0, 0)
