"""What a column holds (列の種類の推定), from the values of a sample."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from yakuba.kernel.dates.forms import FORMS, is_all_nines, is_no_date
from yakuba.migration.proposal.model import ColumnLook

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl

_FORMS = (
    "iso",
    "yyyymmdd",
    "slash_padded",
    "slash",
    "era7",
    "era8",
    "era_letter_dots",
    "era_letter_digits",
    "era_kanji_plain",
    "era_letter",
    "era_kanji",
)
_ENOUGH = 0.97
_FEW = 8
_LOOKED_AT = 2000
_MOST_CODES = 60
_LONGEST_CODE = 10
_POSTAL = re.compile(r"\d{3}-?\d{4}")
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
_KANA = re.compile("[\u30a0-\u30ff\uff61-\uff9f　 ・,.()（）-]+")
_NAME = re.compile(
    "[\u3005\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\U000e0100-\U000e01ef]+[　 ].+"
)
_HALF_KANA = re.compile("[\uff61-\uff9f]")
_FULL_DIGIT = re.compile("[０-９]")
_POSTAL_LENGTHS = {7, 8}


def profile(column: pl.Series) -> ColumnLook:
    """Look at one column of a sample."""
    counts = column.value_counts(sort=True, name="#count")
    texts, numbers = counts[column.name].to_list(), counts["#count"].to_list()
    pairs = sorted(zip(texts, numbers, strict=True), key=lambda pair: (-pair[1], pair[0]))
    values = [(text, count) for text, count in pairs if text.strip(" 　")]
    filled = sum(count for _, count in values)
    some = [text for text, _ in values[:_LOOKED_AT]]
    kind, form = _kind(some, filled)
    return ColumnLook(
        name=column.name,
        filled=filled,
        distinct=len(values),
        unique=bool(values) and len(values) == len(column),
        longest=max((len(text) for text, _ in values), default=0),
        kind=kind,
        form=form,
        values=tuple(values[:_MOST_CODES]) if kind == "code" else (),
        traits=frozenset(_traits(some)),
    )


def date_form(values: Iterable[str]) -> str:
    """The spelling that nearly all dates among the values have; "" when they are no dates."""
    dates = [value for value in values if not is_no_date(value) and not is_all_nines(value)]
    if not dates:
        return ""
    for name in _FORMS:
        read = FORMS[name].read
        if sum(read(value) is not None for value in dates) >= _ENOUGH * len(dates):
            return name
    return ""


def _kind(values: list[str], filled: int) -> tuple[str, str]:
    if not values:
        return "empty", ""
    form = date_form(values)
    plain_digits = {len(value) for value in values} <= _POSTAL_LENGTHS and _all(_POSTAL, values)
    if form and (len(values) >= _FEW or not plain_digits):
        return "date", form
    if plain_digits and len(values[0]) in _POSTAL_LENGTHS:
        return "postal code", form
    short = max(map(len, values)) <= _LONGEST_CODE
    if short and len(values) <= _MOST_CODES and (len(values) <= max(1, filled // 4)):
        return "code", form
    for kind, pattern in (("number", _NUMBER), ("kana", _KANA), ("name", _NAME)):
        if _all(pattern, values):
            return kind, form
    return "text", form


def _all(pattern: re.Pattern[str], values: list[str]) -> bool:
    return sum(pattern.fullmatch(value) is not None for value in values) >= _ENOUGH * len(values)


def _traits(values: list[str]) -> set[str]:
    found = set()
    if any(_HALF_KANA.search(value) for value in values):
        found.add("half_kana")
    if any(value != value.strip(" 　") for value in values):
        found.add("outer_space")
    if any(value[0] == "0" and len(value) > 1 and value.isdecimal() for value in values):
        found.add("zeros")
    if any(_FULL_DIGIT.search(value) for value in values):
        found.add("full_digits")
    return found
