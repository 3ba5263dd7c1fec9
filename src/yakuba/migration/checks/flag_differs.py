"""The register says insured (国保, 後期, 介護, 年金) and the insurance has no running record, or the reverse.

Judged are living residents; where both are there, their days of 資格取得 should agree too (a note: which of them is
right is seen in the record only). The register's flags are copies, so the insurance is usually right. An insurance
whose file is not part of the run is not judged.
Not this rule: flags of the dead (`benefit_of_dead`) or of who is too young (`too_young`).

Source: 住民基本台帳法 7条 (the register notes insurances); 不正データ category C7 (突合).

Example: 介護資格有無 = 0, and a 介護保険 資格情報 without 資格喪失年月日.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._data import table
from yakuba.migration.checks._dates import calendar
from yakuba.migration.checks._rows import PERSON, gathered, living, refused, resident_groups
from yakuba.migration.checks._running import running

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from yakuba.layouts.model import Item
    from yakuba.migration.rules import Context, Tables

CATEGORY = "C7"
SEVERITY = Severity.WARNING
HINT_JA = "住民票の資格の有無・取得日が、保険の資格情報と違います。"
HINT_EN = "The register's flag or day differs from the record of the insurance."

_GOT = "資格取得年月日"


def rows(tables: Tables, context: Context) -> pl.LazyFrame:
    """Register rows whose flag or day is not that of the insurance."""
    return gathered(
        part
        for name, group in resident_groups(tables)
        for part in _register(
            tables,
            name,
            [row for row in table("flags") if row["グループ"] in tables.groups and row["旗"] in group.by_name],
            context,
        )
    )


def _register(tables: Tables, name: str, asked: list[dict[str, str]], context: Context) -> Iterator[pl.LazyFrame]:
    """All flags of one register, which is read once for all of them."""
    known = tables.groups[name].by_name
    used = tables.scan(name, [row["旗"] for row in asked]).select((pl.col(row["旗"]) == "1").any() for row in asked)
    # A dump whose flags are never set does not use them.
    setting = used.collect(engine="streaming").row(0) if asked else ()
    asked = [row for row, is_set in zip(asked, setting, strict=True) if is_set]
    if not asked:
        return
    items = [item for row in asked for item in (row["旗"], row["日"]) if item in known]
    people = living(tables, name, context, [PERSON, *items])
    wrong = pl.lit(value=False)
    for row in asked:
        people = people.join(_insured(tables, row, context), on=PERSON, how="left")
        wrong |= _flag_wrong(row, context) | _day_wrong(row, known)
    found = people.filter(wrong).collect(engine="streaming").lazy()
    for row in asked:
        yield refused(found.filter(_flag_wrong(row, context)), name, row["旗"])
        if row["日"] in known:
            yield refused(found.filter(_day_wrong(row, known)), name, row["日"], severity=Severity.NOTE)


def _insured(tables: Tables, row: dict[str, str], context: Context) -> pl.LazyFrame:
    """宛名番号 of everybody with a running record, with the first and the last day of 資格取得."""
    records = running(tables, row["グループ"], context, [PERSON, _GOT]).filter(pl.col(PERSON) != "")
    first, last = pl.col(_GOT).min().alias(f"#first {row['旗']}"), pl.col(_GOT).max().alias(f"#last {row['旗']}")
    return records.group_by(PERSON).agg(first, last)


def _flag_wrong(row: dict[str, str], context: Context) -> pl.Expr:
    flag, first = pl.col(row["旗"]), pl.col(f"#first {row['旗']}")
    begun = first.is_not_null() & (first <= context.as_of.isoformat())
    return ((flag == "1") & first.is_null()) | ((flag == "0") & begun).fill_null(value=False)


def _day_wrong(row: dict[str, str], known: Mapping[str, Item]) -> pl.Expr:
    if row["日"] not in known:
        return pl.lit(value=False)
    day, first, last = pl.col(row["日"]), pl.col(f"#first {row['旗']}"), pl.col(f"#last {row['旗']}")
    apart = ((day < first) | (day > last)).fill_null(value=False)
    sound = pl.all_horizontal(calendar(name).fill_null(value=False) for name in (row["日"], f"#first {row['旗']}"))
    return (pl.col(row["旗"]) == "1") & apart & sound
