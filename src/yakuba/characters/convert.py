"""Conversion of a column of names to MJ (Unicode with Moji_Joho variation sequences).

What is known is replaced, what is not stays as it is and is listed: a character is never dropped, never
guessed and never normalised. Clean values are passed by one regular expression; only the distinct
suspicious characters are looked up. The additional characters of 行政事務標準文字 (GJ, plane 16) are private
use to Unicode and to the MJ font: without a table they are listed as such.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import polars as pl

from yakuba.characters import patterns, tables

if TYPE_CHECKING:
    from yakuba.characters.vendor import VendorTable

Encoding = Literal["unicode", "juki", "koseki", "koseki_numbers"]
Kind = Literal[
    "pua",
    "juki_unmapped",
    "koseki_unmapped",
    "aj1_ivs",
    "unknown_ivs",
    "replacement",
    "geta",
    "control",
    "unassigned",
]

UNRESOLVED = pl.Schema(
    {"character": pl.String(), "kind": pl.String(), "count": pl.UInt32(), "rows": pl.List(pl.UInt32())}
)
"""Columns of `Conversion.unresolved`."""
_KIND_BY_CATEGORY: dict[str, Kind] = {
    "Co": "pua",
    "Cc": "control",
    "Cf": "control",
    "Mn": "unknown_ivs",
    "Cn": "unassigned",
}
FIRST_ROWS = 5
"""How many rows are named per unresolved character."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """A converted column.

    Attributes:
        values: the values, same length and name; null stays null.
        changed: whether the value differs from the one given (null counts as not changed).
        unresolved: one row per character that could not be converted: `character` (`U+E000`,
            `U+845B U+E0109`, `&K999999;`), `kind`, `count` of occurrences, `rows` = the first five row
            numbers, counted from 0. Most frequent first.
    """

    values: pl.Series
    changed: pl.Series
    unresolved: pl.DataFrame


def convert(values: pl.Series, *, source: Encoding, vendor: VendorTable | None = None) -> Conversion:
    """Convert names to MJ.

    Args:
        values: strings.
        source: what a character of `values` means. `unicode`: Unicode. `juki`: each ideograph, Hangul or
            Yi letter is a 住基ネット統一文字コード. `koseki`: Unicode with 戸籍統一文字番号 written `&K349920;`.
            `koseki_numbers`: the same, and a value of nothing but such numbers (`349920 437660`, six digits
            each, one space between two) means them too; only for a column of names, since an amount or
            a date may look alike. An unknown number stays as `&K999999;`.
        vendor: what private-use characters stand for.
    """
    given = values
    if source == "koseki_numbers":
        values = _as_escapes(values)
    gate, token = _expressions(source)
    suspicious = values.str.contains(gate).fill_null(value=False)
    if not suspicious.any():
        return Conversion(values, values.ne_missing(given), pl.DataFrame(schema=UNRESOLVED))
    at = suspicious.arg_true()
    chosen = values.gather(at)
    tokens = pl.DataFrame({"row": at, "token": chosen.str.extract_all(token)}).explode("token")
    distinct = tokens["token"].unique().to_list()
    answers = {found: _look_up(found, source, vendor) for found in distinct}
    converted = values.clone().scatter(at, _replaced(chosen, {found: answer.text for found, answer in answers.items()}))
    kinds = {found: answer.kind for found, answer in answers.items() if answer.kind}
    return Conversion(converted, converted.ne_missing(given), _unresolved(tokens, kinds))


@dataclass(frozen=True, slots=True)
class _Answer:
    text: str
    kind: Kind | None = None


def _expressions(source: Encoding) -> tuple[str, str]:
    """Regular expressions of a suspicious value, and of one suspicious character in it (sequences first)."""
    single = patterns.juki_suspect() if source == "juki" else patterns.SUSPECT
    gate = f"{single}|{patterns.KOSEKI_ESCAPE}" if source.startswith("koseki") else single
    return gate, f"(?s:.){patterns.SELECTOR}+|{gate}"


def _as_escapes(values: pl.Series) -> pl.Series:
    numbers = values.str.contains(patterns.KOSEKI_NUMBERS).fill_null(value=False)
    if not numbers.any():
        return values
    at = numbers.arg_true()
    return values.clone().scatter(at, values.gather(at).str.replace_all("([0-9]{6}) ?", "&K$1;"))


def _look_up(token: str, source: Encoding, vendor: VendorTable | None) -> _Answer:
    if len(token) > 1 and not token.startswith("&K"):
        return _sequence(token)
    if token.startswith("&K"):
        form = tables.form_by_koseki().get(token[2:-1])
        return _Answer(form) if form else _Answer(token, "koseki_unmapped")
    if vendor and token in vendor.forms:
        return _Answer(vendor.forms[token])
    if source == "juki" and (form := tables.form_by_juki().get(token)):
        return _Answer(form)
    kind = _kind(token)
    return _Answer(token, kind or ("juki_unmapped" if source == "juki" else "unassigned"))


def _sequence(token: str) -> _Answer:
    if token in tables.mj_sequences():
        return _Answer(token)
    form = tables.aj1_sequences().get(token)
    if form is None:
        return _Answer(token, "unknown_ivs")
    return _Answer(form) if form else _Answer(token, "aj1_ivs")


def _kind(char: str) -> Kind | None:
    """Kind of one suspicious character; none for a letter, which is suspicious in 住基統一文字 only."""
    if char in "\ufffd〓":
        return "replacement" if char == "\ufffd" else "geta"
    return _KIND_BY_CATEGORY.get(unicodedata.category(char))


def _replaced(values: pl.Series, answers: dict[str, str]) -> pl.Series:
    """Every token replaced in one pass; sequences come first, so that their base is not taken alone."""
    if all(token == text for token, text in answers.items()):
        return values
    tokens = sorted(answers, key=len, reverse=True)
    return values.str.replace_many(tokens, [answers[token] for token in tokens], leftmost=True)


def _unresolved(tokens: pl.DataFrame, kinds: dict[str, Kind]) -> pl.DataFrame:
    if not kinds:
        return pl.DataFrame(schema=UNRESOLVED)
    names = pl.DataFrame(
        {"token": list(kinds), "character": [_spelled(token) for token in kinds], "kind": list(kinds.values())}
    )
    return (
        tokens.join(names, on="token")
        .group_by("character", "kind")
        .agg(pl.len().alias("count"), pl.col("row").unique().sort().head(FIRST_ROWS).alias("rows"))
        .sort("count", "character", descending=[True, False])
        .cast({"count": pl.UInt32, "rows": pl.List(pl.UInt32)})
        .select(UNRESOLVED.names())
    )


def _spelled(token: str) -> str:
    return token if token.startswith("&K") else " ".join(f"U+{ord(char):04X}" for char in token)
