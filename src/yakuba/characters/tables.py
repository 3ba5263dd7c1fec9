"""The character tables of catalog/characters/, read once and only when something asks.

Form (文字) means the character as Yakuba writes it: one code point where the MJ font has one for the
shape, else base + variation selector of the Moji_Joho collection. So 葛 (U+845B) is MJ022336, twelve
strokes, and MJ022335, eleven strokes, is written 葛 + U+E0102.

Source: MJ文字情報一覧表 and MJ縮退マップ, see the SOURCE.toml beside each table.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from yakuba.kernel.discover import catalog_root
from yakuba.kernel.errors import CannotContinueError


def read(table: str, edition: str, *columns: str, file: str = "") -> pl.DataFrame:
    """Some columns of a table as they are, all text; no column named = all of them.

    Args:
        file: name without `.csv`, where it is not the table's.

    Raises:
        CannotContinueError: the table is missing.
    """
    name = file or {"mj": "mji"}.get(table, table)
    path = catalog_root() / "characters" / table / edition / f"{name}.csv"
    try:
        return pl.read_csv(path, columns=columns or None, infer_schema=False)
    except FileNotFoundError as error:
        raise CannotContinueError(
            f"{path}: the character table is missing", remedy="install Yakuba again, its catalog is not complete"
        ) from error


def _pairs(frame: pl.DataFrame) -> dict[str, str]:
    """A dictionary from the first column to the second; rows with either empty are left out."""
    full = frame.drop_nulls()
    return dict(zip(full.to_series(0).to_list(), full.to_series(1).to_list(), strict=True))


def _text(sequence: str) -> str:
    """`845B_E0102` as the characters themselves."""
    return "".join(chr(int(part, 16)) for part in sequence.split("_"))


@cache
def form_by_name() -> dict[str, str]:
    """Form by MJ文字図形名.

    58,858 of 58,862: 15 characters without one of their own have that of the character which the list
    calls the same in shape and meaning; 4 (MJ037229, MJ040579, MJ042077, MJ059043) cannot be written.
    """
    frame = read("mj", "006.02", "MJ文字図形名", "文字", "同一字形")
    forms = _pairs(frame.select("MJ文字図形名", "文字"))
    twins = _pairs(frame.select("MJ文字図形名", "同一字形"))
    return forms | {name: forms[twin] for name, twin in twins.items()}


@cache
def name_by_form() -> dict[str, str]:
    """MJ文字図形名 by every way in which Unicode writes it: its form, its code point, its one or two sequences."""
    frame = read("mj", "006.02", "MJ文字図形名", "文字", "IVS", "SVS")
    names: dict[str, str] = {}
    for name, form, *sequences in frame.iter_rows():
        for cell in filter(None, sequences):
            names |= {_text(sequence): name for sequence in cell.split()}
        if form:
            names[form] = name
    return names


@cache
def base_by_name() -> dict[str, str]:
    """対応するUCS by MJ文字図形名: the one code point that Unicode has for the character, whatever its shape."""
    pairs = _pairs(read("mj", "006.02", "MJ文字図形名", "対応するUCS"))
    return {name: chr(int(code.removeprefix("U+"), 16)) for name, code in pairs.items()}


@cache
def form_by_juki() -> dict[str, str]:
    """Form by 住基ネット統一文字コード, given as the character at that code point (19,563 of them).

    5,605 are not that character itself: 5,502 are another one, and 103 (葛, 辻 …) are its shape of before
    2004 or another one, which needs a selector. Of the 14,000 codes equal to 対応するUCS these 103 are part.
    """
    names = _pairs(read("mj", "006.02", "住基ネット統一文字コード", "MJ文字図形名"))
    forms = form_by_name()
    return {chr(int(code.removeprefix("J+"), 16)): forms[name] for code, name in names.items()}


@cache
def form_by_koseki() -> dict[str, str]:
    """Form by 戸籍統一文字番号, six digits (55,270 of them)."""
    names = _pairs(read("mj", "006.02", "戸籍統一文字番号", "MJ文字図形名"))
    forms = form_by_name()
    return {number: forms[name] for number, name in names.items()}


@cache
def mj_sequences() -> frozenset[str]:
    """Every sequence the MJ font draws: 11,384 of Moji_Joho and 89 standardized ones (U+FE00, U+FE01)."""
    frame = read("mj", "006.02", "IVS", "SVS")
    cells = [cell for name in ("IVS", "SVS") for cell in frame[name].drop_nulls().to_list()]
    return frozenset(_text(sequence) for cell in cells for sequence in cell.split())


@cache
def aj1_sequences() -> dict[str, str]:
    """Every Adobe-Japan1 sequence (14,684) and the form of the same shape in MJ, empty for the 2,037 unknown."""
    frame = read("aj1_mj", "2022-09-13", "列", "文字")
    return {_text(sequence): form or "" for sequence, form in frame.iter_rows()}


@cache
def aj1_grounds() -> dict[str, str]:
    """Ground on which an Adobe-Japan1 sequence is an MJ character, for the 12,647 that are."""
    pairs = _pairs(read("aj1_mj", "2022-09-13", "列", "根拠"))
    return {_text(sequence): ground for sequence, ground in pairs.items()}


@cache
def representatives() -> dict[str, str]:
    """代表字 by 異体字, for searching and comparing (辺 by 邊); a character that is not a key stands for itself."""
    return _pairs(read("variant", "1.2.0", "異体字", "代表字"))
