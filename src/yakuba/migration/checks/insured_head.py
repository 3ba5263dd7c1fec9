"""国民健康保険 of a household whose 世帯主_宛名番号 leads to somebody of another household of the register.

The head who pays need not be insured (擬制世帯主), but lives, or last lived, in the household.
Not this rule: a head who is nobody (`reference_missing`); who is insured apart from the household (学特).

Source: 国民健康保険法 6条, 76条; 国民健康保険法 116条 (学特).

Example: 世帯番号 5 with 世帯主_宛名番号 100, and 宛名番号 100 is in the 世帯番号 9.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._items import meaning
from yakuba.migration.checks._rows import PERSON, STATE, filled, gathered, refused, resident_groups
from yakuba.migration.checks._running import condition, ends_by_move, register_rows, running

if TYPE_CHECKING:
    from yakuba.migration.rules import Context, Tables

CATEGORY = "C7"
SEVERITY = Severity.WARNING
HINT_JA = "国保の世帯主が、住民票では別の世帯の人です。"
HINT_EN = "The head of the insured household belongs to another household in the register."

_GROUP, _HOME, _HEAD = "国民健康保険/資格情報", "世帯番号", "世帯主_宛名番号"


def rows(tables: Tables, context: Context) -> pl.LazyFrame:
    """Running rows whose head lives in another household."""
    if _GROUP not in tables.groups or not any(resident_groups(tables)):
        return gathered(())
    usual, needed = condition(ends_by_move(_GROUP) or "", tables.groups[_GROUP])
    insured = running(tables, _GROUP, context, [_HOME, _HEAD, *needed]).filter(usual, filled([_HOME, _HEAD]))
    insured = insured.collect(engine="streaming").lazy()
    live = [code for _, group in resident_groups(tables) for code in meaning(group, context, STATE, "住民")]
    heads = register_rows(tables, [_HOME, STATE], insured.select(pl.col(_HEAD).alias(PERSON)).unique())
    heads = heads.filter(filled([_HOME]), pl.col(STATE).is_in(live)).select(PERSON, pl.col(_HOME).alias("#home"))
    both = insured.join(heads, left_on=_HEAD, right_on=PERSON)
    # Who has two current rows is at home in either.
    elsewhere = (pl.col("#home") != pl.col(_HOME)).all().over("source", "#record")
    return refused(both.filter(elsewhere).unique(["source", "#record"]), _GROUP, _HEAD)
