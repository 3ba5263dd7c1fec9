"""A name, birth date or sex in a record of another business that is not the register's (住民票) of that person.

Such items are copies. The birth date and the sex of the current row are compared wherever a row has them beside a
宛名番号; the name only of running seals, benefits and the like, because in old records it may rightly be the old one.
異体字, width and blanks do not count, nor a name with a sign that stands for a lost character. 旧氏 and 通称 are names
too. Empty, unknown and 不詳 values are not compared.
Not this rule: two rows of the register that differ; persons outside the register.

Source: 印鑑登録証明事務処理要領 (the record follows the resident record), 児童手当法, 支援措置 事務処理要領.

Example: 印鑑登録原票 with 生年月日 1970-07-07 of a resident born 1971-07-07.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.characters.fold import fold_kana, fold_kanji
from yakuba.kernel.finding import Severity
from yakuba.migration.checks._dates import calendar
from yakuba.migration.checks._rows import PERSON, STATE, current, gathered, refused
from yakuba.migration.checks._running import ends, register, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.migration.rules import Context, Tables

CATEGORY = "C7"
SEVERITY = Severity.WARNING
HINT_JA = "住民票と違う氏名・生年月日・性別です。別の人の記録でないか確かめてください。"
HINT_EN = "Name, birth date or sex differ from the register: see whether the record is another person's."

_BORN, _SEX, _NAME, _UNKNOWN = "生年月日", "性別", "氏名", "生年月日_不詳フラグ"
_APPLICANT = "申出者_"
"""支援措置 names its applicant by the 宛名番号 of the row itself."""
_NAMES = (_NAME, "氏名_外国人ローマ字", "氏名_外国人漢字", "通称")
_OTHER_NAMES = ("通称", "旧氏")
_OUTSIDE = "住登外者"
_LOST = r"[〓■□●○◆★＿？?�\x{E000}-\x{F8FF}\x{F0000}-\x{10FFFD}]"


def rows(tables: Tables, context: Context) -> pl.LazyFrame:
    """Rows whose copy of an item is not what the register says of the person."""
    return gathered(
        found
        for name, group in tables.groups.items()
        if STATE not in group.by_name and not group.name.startswith(_OUTSIDE)
        for number, prefix in _people(list(group.by_name))
        for found in _compared(tables, name, context, number, prefix)
    )


def _people(items: list[str]) -> Iterator[tuple[str, str]]:
    """(item with a 宛名番号, beginning of the names of the items that copy that person)."""
    for item in items:
        if item.endswith(PERSON):
            yield item, item.removesuffix(PERSON)
    if PERSON in items and f"{_APPLICANT}{_BORN}" in items:
        yield PERSON, _APPLICANT


def _compared(tables: Tables, name: str, context: Context, number: str, prefix: str) -> Iterator[pl.LazyFrame]:
    group = tables.groups[name]
    copies = [item for item in (_BORN, _SEX) if f"{prefix}{item}" in group.by_name]
    named = f"{prefix}{_NAME}" in group.by_name and bool(ends(name))
    if not copies and not named:
        return
    items = [number, *(f"{prefix}{item}" for item in copies), *([f"{prefix}{_NAME}"] if named else [])]
    rows = running(tables, name, context, items) if ends(name) else current(tables, name, items)
    rows = rows.filter(pl.col(number) != "").collect(engine="streaming").lazy()
    known = register(tables, [_BORN, _UNKNOWN, _SEX, *_NAMES], rows.select(pl.col(number).alias(PERSON)))
    known = known.select(pl.all().name.prefix("#")).collect(engine="streaming").lazy()
    both = rows.join(known, left_on=number, right_on=f"#{PERSON}")
    for item in copies:
        yield refused(both.filter(_differs(item, f"{prefix}{item}")), name, f"{prefix}{item}")
    if named:
        yield refused(_other_name(tables, both, number, f"{prefix}{_NAME}"), name, f"{prefix}{_NAME}")


def _differs(item: str, column: str) -> pl.Expr:
    other = pl.col(column) != pl.col(f"#{item}")
    if item == _BORN:
        return other & calendar(column) & calendar(f"#{_BORN}") & (pl.col(f"#{_UNKNOWN}") != "1")
    return other & pl.col(column).is_in(["1", "2"]) & pl.col(f"#{item}").is_in(["1", "2"])


def _other_name(tables: Tables, rows: pl.LazyFrame, number: str, column: str) -> pl.LazyFrame:
    """Rows whose name is none of the person's. Few names differ as they stand, and only those are folded."""
    readable = pl.all_horizontal(
        (pl.col(name) != "") & ~pl.col(name).str.contains(_LOST) for name in (column, f"#{_NAME}")
    )
    suspects = rows.filter((pl.col(column) != pl.col(f"#{_NAME}")) & readable).with_row_index("#row").collect()
    if suspects.is_empty():
        return suspects.lazy()
    own = [suspects.select("#row", pl.col(f"#{name}").alias("#name")) for name in _NAMES]
    people = suspects.lazy().select("#row", pl.col(number).alias(PERSON))
    others = [
        tables.scan(name, [PERSON, item]).join(people, on=PERSON).select("#row", pl.col(item).alias("#name")).collect()
        for name, group in tables.groups.items()
        for item in _OTHER_NAMES
        if {PERSON, item} <= group.by_name.keys() and STATE not in group.by_name
    ]
    # The beginning is enough: after 旧氏 comes the given name, and 通称 may stand before the name.
    known = _folded(pl.concat([*own, *others]), "#name").filter(pl.col("#name") != "")
    named = _folded(suspects.select("#row", column), column).join(known, on="#row")
    called = named.filter(pl.col(column).str.starts_with(pl.col("#name")))
    return suspects.join(called, on="#row", how="anti").lazy()


def _folded(names: pl.DataFrame, column: str) -> pl.DataFrame:
    """The names as they are compared."""
    return names.with_columns(fold_kana(fold_kanji(pl.col(column))).str.to_lowercase())
