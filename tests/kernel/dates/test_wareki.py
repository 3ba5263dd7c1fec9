"""Oracles: dates of the law in vectors/wareki.csv, an era table of our own over `datetime` for every day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakuba.kernel.dates.eras import eras
from yakuba.kernel.dates.wareki import Wareki

FIRST = date(1868, 1, 25)
LAST = date(2100, 12, 31)


def oracle(day: date) -> tuple[str, int]:
    """Era and year, the later era on a border day, written without the table of the catalog."""
    if day >= date(2019, 5, 1):
        return "令和", day.year - 2018
    if day >= date(1989, 1, 8):
        return "平成", day.year - 1988
    if day >= date(1926, 12, 25):
        return "昭和", day.year - 1925
    if day >= date(1912, 7, 30):
        return "大正", day.year - 1911
    return "明治", day.year - 1867


def read(text: str) -> Wareki:
    found = Wareki.parse(text)
    assert found is not None, text
    return found


def test_days_of_the_law(wareki_vectors: list[dict[str, str]]) -> None:
    assert len(wareki_vectors) > 20
    for row in wareki_vectors:
        day = read(row["written"])
        assert (day.iso(), day.is_in_era()) == (row["iso"], row["in_era"] == "1"), row
        assert day.text() == row["written"]


def test_every_day_there_and_back() -> None:
    for offset in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(offset)
        iso = day.isoformat()
        found = Wareki.from_iso(iso)
        assert found is not None
        assert (found.era.name, found.year) == oracle(day)
        assert found.is_in_era()
        assert found.iso() == iso


def spellings(day: Wareki) -> list[str]:
    era, short = day.era, day.era.name[0]
    year, month, parts = day.year, day.month, f"{day.year:02}{day.month:02}{day.day:02}"
    plain = f"{year}年{month}月{day.day}日"
    wide = plain.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    return [
        day.text(),
        era.name + plain,
        short + plain,
        era.name + wide,
        f"{era.name}　{year:>2}年 {month:>2}月 {day.day:>2}日",
        f"{era.letter}{year}.{month}.{day.day}",
        f"{era.letter}-{year:02}-{month:02}-{day.day:02}",
        f"{era.letter.lower()}{year:02}/{month:02}/{day.day:02}",
        f"{short}{year}.{month}.{day.day}",
        f"{era.letter}{parts}",
        f"{era.code}{parts}",
        f"{era.code2}{parts}",
        f"{era.code}-{year:02}-{month:02}-{day.day:02}",
        f"{era.code2}.{year}.{month}.{day.day}",
    ]


@given(st.sampled_from(eras()), st.integers(1, 99), st.integers(1, 12), st.integers(1, 31))
def test_every_spelling_is_the_same_value(era: object, year: int, month: int, day: int) -> None:
    value = Wareki(era, year, month, day)  # type: ignore[arg-type]
    assert {Wareki.parse(text) for text in spellings(value)} == {value}


@given(st.sampled_from(eras()), st.integers(1, 99), st.integers(1, 12), st.integers(1, 31))
def test_iso_with_the_era_named_gives_the_value_back(era: object, year: int, month: int, day: int) -> None:
    value = Wareki(era, year, month, day)  # type: ignore[arg-type]
    back = Wareki.from_iso(value.iso(), value.era.name)
    assert back == (value if value.is_in_era() else None)


@pytest.mark.parametrize(
    ("iso", "default", "other"),
    [("1912-07-30", "大正元年7月30日", "明治45年7月30日"), ("1926-12-25", "昭和元年12月25日", "大正15年12月25日")],
)
def test_both_eras_of_a_border_day(iso: str, default: str, other: str) -> None:
    assert read(default).iso() == read(other).iso() == iso
    assert read(default) != read(other)
    assert read(default).is_in_era()
    assert read(other).is_in_era()
    assert Wareki.from_iso(iso) == read(default)
    assert Wareki.from_iso(iso, read(other).era.name) == read(other)


@pytest.mark.parametrize(
    ("squared", "name"), [("㍾", "明治"), ("㍽", "大正"), ("㍼", "昭和"), ("㍻", "平成"), ("㋿", "令和")]
)
def test_squared_names(squared: str, name: str) -> None:
    assert read(f"{squared}2年3月4日") == read(f"{name}2年3月4日")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "昭和",
        "昭和64年",
        "昭和0年1月1日",
        "昭和10年13月1日",
        "昭和10年1月32日",
        "昭和10年0月1日",
        "慶応4年1月1日",
        "9640107",
        "3640100",
        "364010",
        "36401070",
        "S64.1-7",
        "1989-01-07",
        "19890107",
        "S64.1.7頃",
        "昭和10年頃",
        "3000000",
    ],
)
def test_what_is_no_day(text: str) -> None:
    assert Wareki.parse(text) is None


@pytest.mark.parametrize("text", ["", "1868-01-24", "0000-01-01", "9999-12-31", "1990-13-01", "19900101"])
def test_iso_without_an_era(text: str) -> None:
    assert Wareki.from_iso(text) is None


def test_an_unknown_era_is_no_era() -> None:
    assert Wareki.of("慶応", 1, 1, 1) is None
    assert Wareki.from_iso("1990-01-01", "慶応") is None
    assert Wareki.from_iso("1990-01-01", "昭和") is None
