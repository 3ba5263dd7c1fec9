"""Finding (検索の実行): the steps of a plan against the database, until the page is full.

Every step names people by their numbers, in order; whom an earlier step named is not named again. Of all of them only
those of one page are read. What makes a list the same for every page is that it never depends on the page: a page that
lies further behind asks for more lists, never for other ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.db.backends.utils import CursorWrapper

    from yakuba.registry.search.plan import Condition, Step

COUNTED = 1_000
"""Results are counted up to here."""
FEW, MANY = 1_000, 8_000
"""People that the index may name for one step: at first, and when too few of those fit. A search that finds more is too
wide to be read anyway."""
WINDOW = 1_000
"""People whom a walk in order looks at, before the index is asked, which has no order."""
FIELDS = (
    *("addressee", "household", "outsider", "kind", "state", "removed", "protected", "blocked", "leaving", "name"),
    *("kana", "alias", "former_name", "sex", "birth", "birth_era", "birth_unknown", "relation", "address"),
)
_CHOSEN = ", ".join(f"r.{name}" for name in FIELDS)
_PLAN = (
    "SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true),"
    " set_config('max_parallel_workers_per_gather', '0', true)"
)
"""Walks along an index and looks at single rows: other ways look quick to the planner and are not."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What was found.

    Attributes:
        rows: values of FIELDS, those of the page and at most one more. count: how many there are at least.
        exact: whether there are no more than `count`.
    """

    rows: list[tuple[object, ...]]
    count: int
    exact: bool


@dataclass(frozen=True, slots=True)
class _List:
    """Numbers of people in order. missing: people are left out of it that no later list has. last: of the search."""

    numbers: Sequence[str]
    missing: bool
    last: bool


def find(steps: Iterable[Step], common: Sequence[Condition], municipality: str, first: int, size: int) -> Rows:
    """Rows `first` to `first + size` of everything the steps find. Inside the wall.

    Args:
        common: conditions of every step: living only, nobody hidden.
    """
    need = first + size + 1
    found: dict[str, None] = {}
    exact, last = True, False
    with connection.cursor() as cursor:
        cursor.execute(_PLAN)
        lists = _Lists(cursor, common, municipality).of(tuple(steps))
        while len(found) < need and (each := next(lists, None)):
            found |= dict.fromkeys(each.numbers)
            exact, last = exact and not each.missing, each.last
        page = list(found)[first:need]
        rows = _read(cursor, page, common, municipality) if page else []
    exact = exact and (last or len(found) < need)
    return Rows(rows, min(len(found), COUNTED), exact and len(found) <= COUNTED)


def _read(
    cursor: CursorWrapper, numbers: Sequence[str], common: Sequence[Condition], municipality: str
) -> list[tuple[object, ...]]:
    """These people, in this order."""
    where = " AND ".join(["r.municipality = %s", "r.addressee = ANY (%s)", *(one.sql for one in common)])
    values = [value for one in common for value in one.values]
    source = f"SELECT {_CHOSEN} FROM registry_resident r WHERE {where}"  # noqa: S608 - our own names
    cursor.execute(source, [municipality, list(numbers), *values])
    there = {row[0]: row for row in cursor.fetchall()}
    return [there[number] for number in numbers if number in there]


@dataclass(frozen=True, slots=True)
class _Lists:
    """What steps find, one list after the other, each made when it is asked for."""

    cursor: CursorWrapper
    common: Sequence[Condition]
    municipality: str

    def of(self, steps: Sequence[Step]) -> Iterator[_List]:
        for place, step in enumerate(steps, 1):
            yield from (self._sought if step.grams else self._walked)(step, last=place == len(steps))

    def _walked(self, step: Step, *, last: bool) -> Iterator[_List]:
        """Along an ordered index."""
        narrow = [one for one in step.conditions if one.narrow]
        others = [one for one in step.conditions if not one.narrow]
        where, values = self._where((*(narrow or others), *self.common))
        source = f"SELECT r.addressee FROM registry_resident r WHERE {where}"  # noqa: S608 - our own names
        if narrow and others:
            # First the few, whatever order is asked for: OFFSET 0 keeps the planner from walking along that order.
            rest, more = _joined(others)
            inner = f"SELECT * FROM registry_resident r WHERE {where} OFFSET 0"  # noqa: S608 - our own names
            source, values = f"SELECT r.addressee FROM ({inner}) r WHERE {rest}", [*values, *more]  # noqa: S608
        self.cursor.execute(f"{source} ORDER BY {_order(step)} LIMIT {COUNTED + 1}", values)
        numbers = [number for (number,) in self.cursor.fetchall()]
        yield _List(numbers, missing=len(numbers) > COUNTED, last=last)

    def _sought(self, step: Step, *, last: bool) -> Iterator[_List]:
        """Through the index of pairs; where many fit, a walk in order fills the page sooner, and in order."""
        if step.begins:
            yield _List(self._window(step, step.begins), missing=False, last=False)
        named, numbers = self._through_index(step, FEW)
        yield _List(numbers, missing=False, last=last and named < FEW)
        if named >= FEW:
            named, numbers = self._through_index(step, MANY)
            yield _List(numbers, missing=named >= MANY, last=last)

    def _through_index(self, step: Step, most: int) -> tuple[int, list[str]]:
        """How many people the index names, up to `most`, and those of them who fit, in order."""
        where, values = self._where((*step.conditions, *self.common))
        self.cursor.execute(
            "WITH named AS MATERIALIZED (SELECT registry_seek(%s::integer[], %s) AS addressee)"  # noqa: S608 - ours
            " SELECT (SELECT count(*) FROM named), ARRAY(SELECT r.addressee FROM named JOIN registry_resident r"
            f" USING (addressee) WHERE {where} ORDER BY {_order(step)})",
            [step.grams, most, *values],
        )
        named, numbers = self.cursor.fetchone()
        return int(named), numbers

    def _window(self, step: Step, begins: Condition) -> list[str]:
        """Those who fit among the first of an ordered index."""
        where, values = self._where((begins,))
        fits, fit_values = _joined((*step.conditions, *self.common))
        self.cursor.execute(
            f"SELECT r.addressee FROM (SELECT * FROM registry_resident r WHERE {where}"  # noqa: S608 - our own names
            f" ORDER BY {_order(step)} LIMIT {WINDOW}) r WHERE {fits} ORDER BY {_order(step)}",
            [*values, *fit_values],
        )
        return [number for (number,) in self.cursor.fetchall()]

    def _where(self, conditions: Sequence[Condition]) -> tuple[str, list[str]]:
        sql, values = _joined(conditions)
        return f"r.municipality = %s AND {sql}", [self.municipality, *values]


def _order(step: Step) -> str:
    """An order that leaves nothing open: pages must follow each other however the planner comes to them."""
    return f"{step.order}, r.addressee"


def _joined(conditions: Sequence[Condition]) -> tuple[str, list[str]]:
    """All of them: SQL and what goes into its places."""
    return " AND ".join(one.sql for one in conditions) or "true", [value for one in conditions for value in one.values]
