"""Members of one household whose rows say different things about it: another head's name, another address.

The household's data stand in each member's row and are the same in all of them. Named is the row that differs from
most others of its household; between two, the one that is not the head's.
Compared are 世帯主氏名 (blanks do not count), 住所_町字コード and 住所_番地号表記 of living residents.
Not this rule: the head's own row against itself (`head_relation`); a household with two heads (`household_head`); 方書,
which may be written differently; a 町字コード that the address dictionary does not have (`postal_code`).

Source: 住民記録システム標準仕様書 1.2.1 (household data are in each person's row), 4.1.4 (a corrected head's name is
corrected for all members). Example: 世帯番号 5 with two members at 1番地 and one at 999番地.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._items import meaning
from yakuba.migration.checks._rows import HASH, PERSON, among, gathered, living, refused, resident_groups
from yakuba.migration.contracts import RECORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.migration.rules import Context, Tables

CATEGORY = "C7"
SEVERITY = Severity.WARNING
HINT_JA = "同じ世帯の人どうしで世帯主氏名か住所が違います。"
HINT_EN = "Members of one household differ in the head's name or in the address."

_HOUSEHOLD, _RELATION, _AREA = "世帯番号", "続柄コード1", "住所_町字コード"
_NAME, _HEADS_NAME = "氏名", "世帯主氏名"
_SHARED = (_HEADS_NAME, _AREA, "住所_番地号表記")
"""Items that are equal in all rows of a household."""


def rows(tables: Tables, context: Context) -> pl.LazyFrame:
    """Rows that differ from the rest of their household."""
    return gathered(
        part
        for name, group in resident_groups(tables)
        if group.by_name.keys() >= {_HOUSEHOLD, _RELATION, _NAME}
        for part in _members(tables, name, context)
    )


def _members(tables: Tables, name: str, context: Context) -> Iterator[pl.LazyFrame]:
    items = [item for item in _SHARED if item in tables.groups[name].by_name]
    people = living(tables, name, context, [PERSON, _HOUSEHOLD, _RELATION, _NAME, *items]).filter(
        pl.col(_HOUSEHOLD) != ""
    )
    people = people.with_columns(pl.col(_HOUSEHOLD).hash().alias(HASH))
    # One number per row that is the same for all rows of a household in order; only others are read a second time.
    mixed = pl.concat_str([pl.lit(""), *items], separator="\x1f").hash()
    spread = people.group_by(HASH).agg((mixed.min() != mixed.max()).alias("#unlike"))
    suspects = spread.filter("#unlike").select(HASH).collect(engine="streaming")[HASH]
    head = pl.col(_RELATION).is_in(meaning(tables.groups[name], context, _RELATION, "世帯主"))
    found = among(people, suspects).collect(engine="streaming").sort("source", RECORD).with_columns(head.alias("#head"))
    found = found.filter(pl.col("#head").sum().over(_HOUSEHOLD) < 2)  # noqa: PLR2004 - two heads: another rule's
    for item in items:
        yield refused(_odd(found.filter(_comparable(item, context)), item), name, item)


def _comparable(item: str, context: Context) -> pl.Expr:
    """Whether what a row says about the household can be held against the others."""
    if item == _AREA:
        return _known(context)
    blanks = "[ 　]"
    # A head who has another name in the own row is not believed (`head_relation`).
    own = pl.col(_NAME).str.replace_all(blanks, "") == pl.col(_HEADS_NAME).str.replace_all(blanks, "")
    return (pl.col(item) != "") & (~pl.col("#head") | own if item == _HEADS_NAME else pl.lit(value=True))


def _known(context: Context) -> pl.Expr:
    """Whether 町字コード is one of the town's; with no address dictionary, whether it can be one."""
    codes = context.dictionary.get_column("町字コード", default=None)
    area = pl.col(_AREA)
    return area.str.contains("^[0-9]{7}$") if codes is None or codes.is_empty() else area.is_in(codes.implode())


def _odd(told: pl.DataFrame, item: str) -> pl.LazyFrame:
    """Rows whose item is not what most members of the household have; the head's decides between equals."""
    said = told.lazy().with_columns(pl.col(item).str.replace_all("[ 　]", "").alias("#said"))
    counted = said.with_columns(
        pl.col(PERSON).n_unique().over(_HOUSEHOLD, "#said").alias("#many"),
        pl.col("#head").any().over(_HOUSEHOLD, "#said").alias("#headed"),
    )
    return counted.filter(pl.col("#said") != pl.col("#said").sort_by("#many", "#headed").last().over(_HOUSEHOLD))
