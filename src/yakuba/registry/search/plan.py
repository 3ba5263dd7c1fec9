"""Plan of a search (検索の手順): steps, each an ordered walk along one index, tried until a page is full.

The order of results is the order of the steps: the same name, names that begin so, names that have it inside; within
each, kana order. A step that is not needed is never asked, so that a common surname is as quick as a rare one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.registry.search import grams
from yakuba.registry.search.understood import Kind, Query

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_LAST = "\U0010ffff"
_PAIR = 2
_EITHER = "\x1f"
"""ウ after a wildcard: it is オ in the key if what the wildcard stands for ends in the オ column."""
_IN_LIKE = str.maketrans({"*": "%", "?": "_", _EITHER: "_"})
_HOLDS = (
    "EXISTS (SELECT FROM registry_record o WHERE o.municipality = r.municipality AND o.addressee = r.addressee"
    " AND %s = ANY (o.cells))"
)
"""A number that the index found is looked up in the person's records: two numbers may share an entry."""


@dataclass(frozen=True, slots=True)
class Condition:
    """SQL on `r` (registry_resident) and what goes into its places. grams: pairs that whoever fits has."""

    sql: str
    values: tuple[str, ...] = ()
    grams: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One walk: all of its conditions, in this order; uncounted = to count would be to look at everybody."""

    conditions: tuple[Condition, ...]
    order: str
    uncounted: bool = False

    @property
    def grams(self) -> list[int]:
        """Pairs of letters for the index; empty = the step walks along an ordered index instead."""
        return sorted({gram for condition in self.conditions for gram in condition.grams})


def steps(query: Query, municipality: str, more: Sequence[Condition] = ()) -> Iterator[Step]:
    """Steps of a query; `more` are conditions of the advanced search that hold beside it."""
    for conditions, order in _ways(query, municipality):
        yield Step((*conditions, *more), order, query.wild)


def condition(query: Query, municipality: str) -> Condition:
    """The query as one condition beside others, wherever in its item it is found."""
    every = [each for way, _ in _ways(query, municipality) for each in way]
    if query.kind in (Kind.NAME, Kind.SOUND, Kind.ADDRESS):
        return _inside(query, municipality)
    return every[0] if every else Condition("false")


def _ways(query: Query, municipality: str) -> Iterator[tuple[list[Condition], str]]:
    value = query.value
    if query.kind is Kind.BIRTH:
        yield [_begins("birth", value)], "r.birth, r.sound"
    elif query.kind is Kind.NUMBER:
        yield [Condition("r.addressee = %s", (value,))], "r.sound"
        yield [Condition("r.household = %s AND r.addressee <> %s", (value, value))], "r.place, r.birth"
    elif query.kind is Kind.HOUSEHOLD:
        yield [Condition("r.household = %s", (value,))], "r.place, r.birth"
    elif query.kind in (Kind.MYNUMBER, Kind.CODE):
        yield [Condition(_HOLDS, (value,), (grams.number_gram(value, municipality),))], "r.sound"
    elif query.kind is not Kind.NOTHING:
        yield from _texts(query, municipality)


def _texts(query: Query, municipality: str) -> Iterator[tuple[list[Condition], str]]:
    column, order = {
        Kind.NAME: ("family", "r.family, r.sound"),
        Kind.SOUND: ("sound", "r.sound"),
        Kind.ADDRESS: ("address_key", "r.address_key, r.sound"),
    }[query.kind]
    if query.wild:
        yield from _wild(query, municipality, column, order)
        return
    if query.kind is Kind.NAME:
        yield [Condition("r.family = %s", (query.first,))], "r.sound"
        yield [_begins(column, query.first), Condition("r.family <> %s", (query.first,))], order
    else:
        yield [_begins(column, query.first)], order
    if len(query.value) >= _PAIR or query.kind is Kind.NAME:
        started = Condition(f"NOT (r.{column} >= %s AND r.{column} < %s)", (query.first, query.first + _LAST))
        yield [_inside(query, municipality), started], "r.sound"


def _wild(query: Query, municipality: str, column: str, order: str) -> Iterator[tuple[list[Condition], str]]:
    walk = re.split(r"[*?]", query.first)[0]
    fits = _inside(query, municipality)
    if walk:
        yield [_begins(column, walk), Condition(fits.sql, fits.values)], order
    if fits.grams:
        begun = [Condition(f"NOT (r.{column} >= %s AND r.{column} < %s)", (walk, walk + _LAST))] if walk else []
        yield [fits, *begun], "r.sound"


def _begins(column: str, value: str) -> Condition:
    return Condition(f"r.{column} >= %s AND r.{column} < %s", (value, value + _LAST))


def _inside(query: Query, municipality: str) -> Condition:
    """The text anywhere in one of a person's keys; with wildcards a whole key must fit."""
    column, kind = {
        Kind.NAME: ("names", grams.NAME),
        Kind.SOUND: ("sounds", grams.SOUND),
        Kind.ADDRESS: ("address_key", grams.ADDRESS),
    }[query.kind]
    lines = f"(E'\\n' || replace(r.{column}, ' ', '') || E'\\n')"
    value = query.value.replace(" ", "")
    if query.wild:
        if query.kind is Kind.SOUND:
            value = re.sub(r"(?<=[*?])ウ", _EITHER, value)
        parts = "".join(_regex(letter) for letter in value)
        pieces = [piece for piece in re.split(f"[*?{_EITHER}]", value) if len(piece) >= _PAIR]
        like = value.replace("\\", "\\\\").translate(_IN_LIKE)
        values = (f"%\n{like}\n%", f"\\n{parts}\\n")
        return Condition(f"{lines} LIKE %s AND {lines} ~ %s", values, _all(pieces, kind, municipality))
    if len(value) < _PAIR:
        spaced = f"(E'\\n' || replace(r.{column}, ' ', E'\\n'))"
        return Condition(f"position(%s in {spaced}) > 0", (f"\n{value}",), _all([value], kind, municipality))
    return Condition(f"position(%s in {lines}) > 0", (value,), _all([value], kind, municipality))


def _regex(letter: str) -> str:
    return {"*": "[^\\n]*", "?": "[^\\n]", _EITHER: "[ウオ]"}.get(letter) or re.escape(letter)


def _all(pieces: Iterable[str], kind: int, municipality: str) -> tuple[int, ...]:
    return tuple(gram for piece in pieces for gram in grams.grams_of(piece, kind, municipality))
