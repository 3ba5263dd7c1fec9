from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from yakuba.characters import convert, tables
from yakuba.characters.vendor import VendorTable, private_character, sjis_code

JUKI = sorted(tables.form_by_juki())
CODE_BY_FORM = {form: code for code, form in tables.form_by_juki().items()}
KOSEKI = sorted(tables.form_by_koseki())
FORMS = sorted(set(tables.form_by_name().values()))
KANA = "アイウエオカ　ーぁんＡ1（－々"
juki_names = st.lists(st.sampled_from(JUKI) | st.sampled_from(KANA), max_size=8)
clean_names = st.lists(st.sampled_from(FORMS) | st.sampled_from(KANA), max_size=8).map("".join)


@given(st.lists(juki_names, max_size=5))
def test_juki_text_can_be_told_back_from_mj(names: list[list[str]]) -> None:
    result = convert(pl.Series(["".join(name) for name in names], dtype=pl.String), source="juki")
    assert result.unresolved.is_empty()
    for name, value in zip(names, result.values, strict=True):
        assert value == "".join(tables.form_by_juki().get(char, char) for char in name)
    assert len(CODE_BY_FORM) == len(JUKI)


@given(st.lists(clean_names, max_size=6))
def test_clean_mj_text_is_not_touched(names: list[str]) -> None:
    given_values = pl.Series("氏名", names, dtype=pl.String)
    result = convert(given_values, source="unicode")
    assert result.values.to_list() == names
    assert not result.changed.any()
    assert result.unresolved.is_empty()


@given(st.lists(st.none() | st.text(max_size=8), max_size=8))
def test_nothing_is_lost_and_the_argument_stays_as_it_was(texts: list[str | None]) -> None:
    given_values = pl.Series(texts, dtype=pl.String)
    result = convert(given_values, source="unicode")
    assert given_values.to_list() == texts
    for before, after, changed in zip(texts, result.values, result.changed, strict=True):
        assert (before == after) is not changed
        assert (before is None) is (after is None)
    again = convert(result.values, source="unicode")
    assert again.values.to_list() == result.values.to_list()
    assert again.unresolved.equals(result.unresolved)


@given(st.lists(st.sampled_from(KOSEKI), min_size=1, max_size=6))
def test_koseki_numbers_and_escapes_give_the_same(numbers: list[str]) -> None:
    forms = "".join(tables.form_by_koseki()[number] for number in numbers)
    given_values = pl.Series([" ".join(numbers), "".join(f"&K{number};" for number in numbers)])
    assert convert(given_values, source="koseki_numbers").values.to_list() == [forms, forms]


@given(st.integers(0xE000, 0xE757))
def test_private_cells_and_unicode_name_each_other(code: int) -> None:
    assert private_character(sjis_code(chr(code))) == chr(code) == private_character(f"U+{code:04X}")
    assert bytes.fromhex(sjis_code(chr(code))).decode("cp932") == chr(code)


@given(st.dictionaries(st.integers(0xE000, 0xE757).map(chr), st.sampled_from(FORMS), max_size=6), st.data())
def test_vendor_characters_can_be_told_back(forms: dict[str, str], data: st.DataObject) -> None:
    table = VendorTable(forms, frozenset())
    once = {private: form for form, private in table.inverse.items()}
    names = data.draw(st.lists(st.sampled_from(sorted(once)), max_size=5)) if once else []
    result = convert(pl.Series(["".join(names)]), source="unicode", vendor=table)
    assert result.values.to_list() == ["".join(forms[char] for char in names)]
    assert [table.inverse[forms[char]] for char in names] == names
    assert result.unresolved.is_empty()
