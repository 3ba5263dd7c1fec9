from __future__ import annotations

from datetime import date, timedelta

import pytest

from yakuba.kernel.dates.eras import border_days
from yakuba.kernel.dates.forms import FORMS, is_all_nines, is_no_date
from yakuba.kernel.dates.wareki import Wareki

EXACT = sorted(name for name, form in FORMS.items() if form.write)
ERA = sorted(name for name in EXACT if name.startswith("era"))
SEVENTH = {
    "era7": "3640107",
    "era8": "03640107",
    "era_letter_dots": "S64.01.07",
    "era_letter_digits": "S640107",
    "era_kanji_plain": "昭和64年1月7日",
    "yyyymmdd": "19890107",
    "slash_padded": "1989/01/07",
    "iso": "1989-01-07",
}


def iso(day: Wareki | str | None) -> str | None:
    return day.iso() if isinstance(day, Wareki) else day


def written(name: str, day: str) -> str | None:
    write = FORMS[name].write
    assert write is not None
    return write(day)


def test_the_last_day_of_showa_in_every_exact_spelling() -> None:
    assert sorted(SEVENTH) == EXACT
    for name, text in SEVENTH.items():
        assert iso(FORMS[name].read(text)) == "1989-01-07"
        assert written(name, "1989-01-07") == text


@pytest.mark.parametrize("name", EXACT)
def test_every_seventh_day_there_and_back(name: str) -> None:
    first = date(1868, 1, 25)
    for offset in range(0, 85000, 7):
        day = (first + timedelta(offset)).isoformat()
        if day not in border_days():
            text = written(name, day)
            assert text is not None
            assert iso(FORMS[name].read(text)) == day


@pytest.mark.parametrize("name", EXACT)
def test_an_exact_spelling_takes_no_other(name: str) -> None:
    others = [text for other, text in SEVENTH.items() if other != name]
    others += ["S64.1.7", "昭和64年01月07日", "昭和６４年１月７日", "1989/1/7", "1989-1-7", " 3640107", "昭64年1月7日"]
    assert [text for text in others if FORMS[name].read(text) is not None] == []


@pytest.mark.parametrize("name", ERA)
def test_a_border_day_is_not_written_because_its_era_is_unknown(name: str) -> None:
    assert [written(name, day) for day in sorted(border_days())] == [None, None]
    assert [written(name, day) for day in ("9999-12-31", "0000-01-01", "1868-01-24", "2118-01-01")] == [None] * 4


@pytest.mark.parametrize("name", sorted(name for name, form in FORMS.items() if form.exact))
def test_an_inexact_spelling_reads_the_exact_ones_it_names(name: str) -> None:
    assert {iso(FORMS[name].read(SEVENTH[exact])) for exact in FORMS[name].exact} == {"1989-01-07"}


@pytest.mark.parametrize(
    ("name", "text", "day"),
    [
        ("era_letter", "S64.1.7", "1989-01-07"),
        ("era_letter", "s64-1-7", "1989-01-07"),
        ("era_letter", "昭64.1.7", "1989-01-07"),
        ("era_letter", "3640107", None),
        ("era_letter", "昭和64年1月7日", None),
        ("era_kanji", "令和元年５月１日", "2019-05-01"),
        ("era_kanji", "令和1年05月01日", "2019-05-01"),
        ("era_kanji", "R1.5.1", None),
        ("slash", "1989/1/7", "1989-01-07"),
        ("slash", "１９８９／１／７", "1989-01-07"),
        ("slash", "1989-1-7", None),
        ("auto", "1989年1月7日", "1989-01-07"),
        ("auto", "1989.1.7", "1989-01-07"),
        ("auto", "03640107", "1989-01-07"),
        ("auto", "19890107", "1989-01-07"),
        ("auto", "1989/1-7", None),
        ("auto", "1989年1年7日", None),
        ("auto", "03640107 ", "1989-01-07"),
        ("auto", "19901301", None),
        ("yyyymmdd", "19900229", "1990-02-29"),
        ("yyyymmdd", "00000101", "0000-01-01"),
        ("yyyymmdd", "19900132", None),
        ("era7", "2020229", "1913-02-29"),
    ],
)
def test_named_cases(name: str, text: str, day: str | None) -> None:
    assert iso(FORMS[name].read(text)) == day


@pytest.mark.parametrize("text", ["0", "0000000", "00000000", " ", "　", "0000/00/00", "0000-00-00", "0000.00.00"])
def test_no_date(text: str) -> None:
    assert is_no_date(text)


@pytest.mark.parametrize("text", ["", "3000000", "0000/00-00", "0000-00-01", "なし", "不明"])
def test_not_no_date(text: str) -> None:
    assert not is_no_date(text)


def test_nines() -> None:
    assert [text for text in ("999999", "9999999", "99999999", "999999999", "9999/99/99") if is_all_nines(text)] == [
        "9999999",
        "99999999",
        "9999/99/99",
    ]
