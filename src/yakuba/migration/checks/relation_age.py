"""A 子 born before the 世帯主, or a 父 or 母 born after: the relation, or one of the birth dates, is wrong.

An error, because an adopted child is never older than its parent either; a warning where less than twelve years lie
between them, which only an adoption explains. Compared are whole dates of birth of living residents, in households with
one head; a birth after the 基準日 or after the head's own arrival is another rule's.
Not this rule: 「妻の子」 and other chains, where nobody needs to be older than the head.

Source: 民法 793条; 住民記録システム標準仕様書 1.1.11. Example: 世帯主 born 1980-01-01, 子 born 1921-05-05.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._dates import calendar
from yakuba.migration.checks._items import meaning
from yakuba.migration.checks._rows import HASH, among, gathered, living, refused, resident_groups
from yakuba.migration.contracts import RECORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.migration.rules import Context, Tables

CATEGORY = "C7"
SEVERITY = Severity.ERROR
HINT_JA = "子が世帯主より年上か、父母が世帯主より年下です。続柄と生年月日を確かめてください。"
HINT_EN = "A child older than the head, or a parent younger: look at relation and birth dates."

_HOUSEHOLD, _CODE, _SECOND, _WORDS = "世帯番号", "続柄コード1", "続柄コード2", "続柄表記"
_BORN, _CAME = "生年月日", "住民となった年月日"
_CHILD, _PARENTS = "子", ("父", "母")
_LEAST = 12
"""Years between parent and child below which a clerk looks twice."""


def rows(tables: Tables, context: Context) -> pl.LazyFrame:
    """Birth dates of children and parents that do not fit the head's."""
    return gathered(
        part
        for name, group in resident_groups(tables)
        if group.by_name.keys() >= {_HOUSEHOLD, _CODE, _BORN}
        for part in _families(tables, name, context)
    )


def _families(tables: Tables, name: str, context: Context) -> Iterator[pl.LazyFrame]:
    group = tables.groups[name]
    head, child, parent = (
        pl.col(_CODE).is_in(meaning(group, context, _CODE, *words)) for words in (("世帯主",), (_CHILD,), _PARENTS)
    )
    optional = [item for item in (_WORDS, _CAME, _SECOND) if item in group.by_name]
    people = living(tables, name, context, [_HOUSEHOLD, _CODE, _BORN, *optional]).filter(pl.col(_HOUSEHOLD) != "")
    people = people.with_columns(pl.col(_HOUSEHOLD).hash().alias(HASH))
    suspects = _close(people, head, child, parent)
    members = among(people, suspects).collect(engine="streaming")
    own = members.filter(head.sum().over(_HOUSEHOLD) == 1).filter(_judged(optional, context))
    heads = own.filter(head).select(_HOUSEHOLD, pl.col(_BORN).alias("#head"))
    kin = own.filter((child | parent) & _direct(optional)).join(heads, on=_HOUSEHOLD)
    older = pl.when(child).then(pl.col("#head")).otherwise(pl.col(_BORN))
    younger = pl.when(child).then(pl.col(_BORN)).otherwise(pl.col("#head"))
    years = _year(younger) - _year(older) - (younger.str.slice(5) < older.str.slice(5)).cast(pl.Int16)
    kin = kin.sort("source", RECORD).with_columns((younger < older).alias("#wrong"))
    yield refused(kin.lazy().filter(pl.col("#wrong")), name, _BORN)
    yield refused(kin.lazy().filter(~pl.col("#wrong") & (years < _LEAST)), name, _BORN, severity=Severity.WARNING)


def _year(day: pl.Expr) -> pl.Expr:
    return day.str.slice(0, 4).cast(pl.Int16, strict=False)


def _close(people: pl.LazyFrame, head: pl.Expr, child: pl.Expr, parent: pl.Expr) -> pl.Series:
    """Hashes of the households where a year of birth lies too close to the head's, seen by the years alone."""
    year = _year(pl.col(_BORN))
    years = people.group_by(HASH).agg(
        year.filter(head).max().alias("latest_head"),
        year.filter(head).min().alias("first_head"),
        year.filter(child).min().alias("first_child"),
        year.filter(parent).max().alias("last_parent"),
    )
    close = (pl.col("first_child") - pl.col("latest_head") <= _LEAST).fill_null(value=False)
    close |= (pl.col("first_head") - pl.col("last_parent") <= _LEAST).fill_null(value=False)
    return years.filter(close).select(HASH).collect(engine="streaming")[HASH]


def _judged(optional: list[str], context: Context) -> pl.Expr:
    """Whole dates of birth that no other rule refuses."""
    sound = calendar(_BORN) & (pl.col(_BORN) <= context.as_of.isoformat())
    return sound & ~(calendar(_CAME) & (pl.col(_CAME) < pl.col(_BORN))) if _CAME in optional else sound


def _direct(optional: list[str]) -> pl.Expr:
    """The head's own child or parent, not the first link of a chain."""
    direct = pl.col(_WORDS).is_in(["", _CHILD, *_PARENTS]) if _WORDS in optional else pl.lit(value=True)
    return direct & (pl.col(_SECOND) == "") if _SECOND in optional else direct
