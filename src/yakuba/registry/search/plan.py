"""Plan of a search (検索の手順): steps, each an ordered walk along one index, tried until a page is full.

The order of results is the order of the steps: the same name, names that begin so, names that have it inside; within
each, kana order. A step that is not needed is never asked, so that a common surname is as quick as a rare one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from yakuba.registry.search import grams
from yakuba.registry.search.understood import Kind, Query

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
    """SQL on `r` (registry_resident).

    Attributes:
        values: what goes into its places. grams: numbers that whoever fits has.
        narrow: an ordered index leads to the few who fit.
    """

    sql: str
    values: tuple[str, ...] = ()
    grams: tuple[int, ...] = ()
    narrow: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One way to people: all of its conditions, in this order.

    Attributes:
        begins: part of an ordered index in which most of them lie: a short walk there comes before the index of pairs.
    """

    conditions: tuple[Condition, ...]
    order: str
    begins: Condition | None = None

    @property
    def grams(self) -> list[int]:
        """Numbers for the index of pairs; empty = the step walks along an ordered index instead."""
        if any(condition.narrow for condition in self.conditions):
            return []
        return sorted({gram for condition in self.conditions for gram in condition.grams})


def steps(query: Query, municipality: str, more: Sequence[Condition] = ()) -> Iterator[Step]:
    """Steps of a query; `more` are conditions of the advanced search that hold beside it."""
    for way in _ways(query, municipality):
        yield _beside(way, query, municipality, more) if more else way


def _beside(way: Step, query: Query, municipality: str, more: Sequence[Condition]) -> Step:
    """A way on which other conditions hold too: who is rare among many is found through the index, not by a walk."""
    first, *others = way.conditions
    if query.kind in (Kind.NAME, Kind.SOUND, Kind.ADDRESS) and not first.grams:
        way = replace(way, begins=first)
        first = replace(first, grams=_inside(query, municipality).grams)
    return replace(way, conditions=(first, *others, *more))


def condition(query: Query, municipality: str) -> Condition:
    """The query as one condition beside others, wherever in its item it is found."""
    if query.kind in (Kind.NAME, Kind.SOUND, Kind.ADDRESS):
        return _inside(query, municipality)
    ways = [each for way in _ways(query, municipality) for each in way.conditions]
    return ways[0] if ways else Condition("false")


def by_items(conditions: Sequence[Condition]) -> Step:
    """The advanced search alone: kana order."""
    return Step(tuple(conditions), "r.sound", Condition("true"))


def by_value(name: str, value: str, municipality: str) -> Condition:
    """A whole value of an item; "" = the item is empty."""
    if name in ("addressee", "household") and value:
        return Condition(f"r.{name} = %s", (value,), narrow=True)
    shared = grams.value_gram(grams.item_value(name, value), grams.ITEM, municipality)
    return Condition(f"r.{name} = %s", (value,), (shared,))


def _ways(query: Query, municipality: str) -> Iterator[Step]:
    value = query.value
    if query.kind is Kind.BIRTH:
        yield Step((replace(_begins("birth", value), narrow=True),), "r.birth, r.sound")
    elif query.kind is Kind.NUMBER:
        yield Step((Condition("r.addressee = %s", (value,), narrow=True),), "r.sound")
        yield Step((Condition("r.household = %s", (value,), narrow=True),), "r.place, r.birth")
    elif query.kind is Kind.HOUSEHOLD:
        yield Step((Condition("r.household = %s", (value,), narrow=True),), "r.place, r.birth")
    elif query.kind in (Kind.MYNUMBER, Kind.CODE):
        yield Step((Condition(_HOLDS, (value,), (grams.value_gram(value, grams.NUMBER, municipality),)),), "r.sound")
    elif query.kind is not Kind.NOTHING:
        yield from _texts(query, municipality)


def _texts(query: Query, municipality: str) -> Iterator[Step]:
    column, order = {
        Kind.NAME: ("family", "r.family, r.sound"),
        Kind.SOUND: ("sound", "r.sound"),
        Kind.ADDRESS: ("address_key", "r.address_key, r.sound"),
    }[query.kind]
    if query.wild:
        # The part before the first wildcard, and of that the first word: what a key begins with whoever fits.
        front = re.split(r"[*? ]", query.first)[0]
        yield Step((_inside(query, municipality),), order, _begins(column, front) if front else None)
        return
    # A key that is the same comes before those that are longer: one walk finds both, in this order.
    yield Step((_begins(column, query.first),), order)
    if len(query.value) >= _PAIR or query.kind is Kind.NAME:
        yield Step((_inside(query, municipality),), "r.sound")


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
        pairs = grams.grams_of_pattern(value, kind, municipality)
        like = value.replace("\\", "\\\\").translate(_IN_LIKE)
        values = (f"%\n{like}\n%", f"\\n{parts}\\n")
        return Condition(f"{lines} LIKE %s AND {lines} ~ %s", values, tuple(pairs))
    pairs = grams.grams_of(value, kind, municipality)
    if len(value) < _PAIR:
        spaced = f"(E'\\n' || replace(r.{column}, ' ', E'\\n'))"
        return Condition(f"position(%s in {spaced}) > 0", (f"\n{value}",), tuple(pairs))
    return Condition(f"position(%s in {lines}) > 0", (value,), tuple(pairs))


def _regex(letter: str) -> str:
    return {"*": "[^\\n]*", "?": "[^\\n]", _EITHER: "[ウオ]"}.get(letter) or re.escape(letter)
