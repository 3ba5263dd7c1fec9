# Oracle: the two code columns of MJ文字情報一覧表; counts from shared/reference (computed there).
from __future__ import annotations

import polars as pl

from yakuba.characters import convert, tables
from yakuba.kernel.discover import catalog_root


def _list() -> pl.DataFrame:
    return pl.read_csv(catalog_root() / "characters" / "mj" / "006.02" / "mji.csv", infer_schema=False)


def test_all_19563_juki_codes_convert_to_the_form_of_the_list() -> None:
    rows = _list().drop_nulls("住基ネット統一文字コード")
    given = pl.Series([chr(int(code.replace("J+", "0x"), 0)) for code in rows["住基ネット統一文字コード"]])
    result = convert(given, source="juki")
    assert given.len() == 19_563
    assert result.unresolved.is_empty()
    assert result.values.to_list() == rows["文字"].to_list()
    assert result.values.n_unique() == 19_563


def test_14000_juki_codes_are_the_unicode_ones_and_5563_are_not() -> None:
    rows = _list().drop_nulls("住基ネット統一文字コード")
    code = rows["住基ネット統一文字コード"].str.slice(2).str.to_integer(base=16)
    equal = code == rows["対応するUCS"].str.slice(2).str.to_integer(base=16)
    assert (equal.sum(), (~equal).sum()) == (14_000, 5_563)
    other = code.filter(~equal)
    assert other.is_between(0xAAA1, 0xC18B).sum() == 5_473
    assert other.is_between(0xF900, 0xFAFF).sum() == 87
    assert other.is_between(0x4E00, 0x9FFF).sum() == 3


def test_a_code_equal_to_unicode_can_still_be_another_shape() -> None:
    # J+845B is 葛 of eleven strokes; the bare code point is the twelve-stroke one in the MJ font.
    given = pl.Series(["葛城", "辻", "山田", "佐\uad1d木"])
    result = convert(given, source="juki")
    assert result.values.to_list() == ["葛\U000e0102城", "辻\U000e0102", "山田", "佐々木"]
    assert result.changed.to_list() == [True, True, False, True]
    same_code = {char: form for char, form in tables.form_by_juki().items() if form[0] == char and form != char}
    assert len(same_code) == 103


def test_a_letter_that_is_no_juki_code_is_listed_and_kept() -> None:
    result = convert(pl.Series(["\ud7a3", "𠮷田"]), source="juki")
    assert result.values.to_list() == ["\ud7a3", "𠮷田"]
    assert result.unresolved["kind"].to_list() == ["juki_unmapped", "juki_unmapped"]
    assert result.unresolved["character"].to_list() == ["U+20BB7", "U+D7A3"]


def test_all_55270_koseki_numbers_convert() -> None:
    numbers = _list().drop_nulls("戸籍統一文字番号")
    expected = [tables.form_by_name()[name] for name in numbers["MJ文字図形名"]]
    escaped = convert("&K" + numbers["戸籍統一文字番号"] + ";", source="koseki")
    plain = convert(numbers["戸籍統一文字番号"], source="koseki_numbers")
    assert len(expected) == 55_270
    assert escaped.unresolved.is_empty()
    assert escaped.values.to_list() == plain.values.to_list() == expected


def test_koseki_notations() -> None:
    given = pl.Series(["&K349920;城　&K437750;", "349920 437660", "&K999999;", "12345", None])
    result = convert(given, source="koseki_numbers")
    assert result.values.to_list() == ["葛\U000e0102城　辻", "葛\U000e0102辻\U000e0102", "&K999999;", "12345", None]
    assert result.unresolved.rows() == [("&K999999;", "koseki_unmapped", 1, [2])]


def test_a_number_without_an_escape_is_a_number_unless_said_otherwise() -> None:
    amounts = pl.Series(["349920", "437660 349920"])
    assert convert(amounts, source="koseki").values.to_list() == amounts.to_list()


def test_koseki_escapes_mean_nothing_in_a_unicode_column() -> None:
    result = convert(pl.Series(["&K349920;"]), source="unicode")
    assert result.values.to_list() == ["&K349920;"]
