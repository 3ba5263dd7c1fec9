"""Two living residents with the same reading, birth date and sex: perhaps one person under two numbers.

Twins have different given names, so they do not meet here. Strangers may: it is a warning.
Not this rule: somebody who left and came back under a new number (`person_returned`); the
same 個人番号 or 住民票コード twice (`number_duplicate`).

Source: 不正データ category C8; 共通機能標準仕様書 名寄せ. Example: two 宛名番号 with マチダ　ハナコ, 1980-01-01, 女.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._dates import calendar
from yakuba.migration.checks._rows import (
    HASH,
    PERSON,
    among,
    gathered,
    hashed,
    living,
    refused,
    repeated,
    resident_groups,
)
from yakuba.migration.contracts import RECORD

if TYPE_CHECKING:
    from yakuba.migration.rules import Context, Tables

CATEGORY = "C8"
SEVERITY = Severity.WARNING
HINT_JA = "同じ人が二つの宛名番号を持っているおそれがあります。"
HINT_EN = "Perhaps one person under two numbers: compare the two records."

_KANA, _BORN, _SEX = "氏名_フリガナ", "生年月日", "性別"
_WHO = [_KANA, _BORN, _SEX]


def rows(tables: Tables, context: Context) -> pl.LazyFrame:
    """Rows of living residents who share reading, birth date and sex with another 宛名番号."""
    return gathered(
        _pairs(tables, name, context)
        for name, group in resident_groups(tables)
        if group.by_name.keys() >= {_KANA, _BORN, _SEX}
    )


def _pairs(tables: Tables, name: str, context: Context) -> pl.LazyFrame:
    residents = living(tables, name, context, [PERSON, *_WHO])
    asked = _hashed(residents).select(RECORD, HASH).collect(engine="streaming")
    doubled = repeated(asked[HASH])
    # The second reading works the texts out for the suspicious records only; most of the time goes into that.
    records = asked.filter(pl.col(HASH).is_in(doubled.implode()))[RECORD]
    again = _hashed(residents.filter(pl.col(RECORD).is_in(records.implode())))
    found = among(again, doubled).filter(calendar(_BORN)).collect(engine="streaming")
    numbers = pl.col(PERSON).n_unique().over("#kana", _BORN, _SEX)
    return refused(found.filter(numbers > 1).lazy(), name, _KANA)


def _hashed(residents: pl.LazyFrame) -> pl.LazyFrame:
    known = pl.col(_KANA).str.strip_chars(" 　").is_in(["", "不明", "なし"]).not_()
    return (
        residents.filter(known & (pl.col(_BORN) != ""))
        .with_columns(pl.col(_KANA).str.replace_all("[ 　]", "").alias("#kana"))
        .with_columns(hashed(["#kana", _BORN, _SEX]))
    )
