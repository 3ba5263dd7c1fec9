"""Finding (検索の実行): the steps of a plan against the database, until the page is full."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.backends.utils import CursorWrapper

    from yakuba.registry.search.plan import Condition, Step

MOST = 2_000
"""People that the index may name for one step; a search that finds more is too wide to be read anyway."""
COUNTED = 1_000
"""Results are counted up to here."""
FIELDS = (
    *("addressee", "household", "outsider", "kind", "state", "removed", "protected", "blocked", "leaving", "name"),
    *("kana", "alias", "former_name", "sex", "birth", "birth_era", "birth_unknown", "relation", "address"),
)
_CHOSEN = ", ".join(f"r.{name}" for name in FIELDS)


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


def find(steps: Iterable[Step], common: Sequence[Condition], municipality: str, first: int, size: int) -> Rows:
    """Rows `first` to `first + size` of everything the steps find. Inside the wall.

    Args:
        common: conditions of every step: living only, nobody hidden.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL max_parallel_workers_per_gather = 0")
        cursor.execute("SET LOCAL jit = off")
        rows: list[tuple[object, ...]] = []
        passed, exact = 0, True
        need = first + size + 1
        for step in steps:
            if passed >= need:
                exact = False
                break
            shown, count, whole = _walk(cursor, step, common, municipality, need - passed)
            rows += shown[max(first - passed, 0) :]
            passed += count
            exact = exact and whole
    return Rows(rows[: size + 1], min(passed, COUNTED), exact and passed <= COUNTED)


def _walk(
    cursor: CursorWrapper, step: Step, common: Sequence[Condition], municipality: str, limit: int
) -> tuple[list[tuple[object, ...]], int, bool]:
    """First rows of a step, how many it has (up to COUNTED + 1), and whether that is all of them."""
    conditions = (*step.conditions, *common)
    where = " AND ".join(["r.municipality = %s", *(one.sql for one in conditions)])
    values = [municipality, *(value for one in conditions for value in one.values)]
    if step.grams:
        return _sought(cursor, step, where, values, limit)
    source = f"FROM registry_resident r WHERE {where}"
    cursor.execute(f"SELECT {_CHOSEN} {source} ORDER BY {step.order} LIMIT %s", [*values, limit])
    shown = cursor.fetchall()
    if len(shown) < limit or step.uncounted:
        return shown, len(shown), len(shown) < limit
    most = max(COUNTED + 1, limit)
    cursor.execute(f"SELECT count(*) FROM (SELECT 1 {source} LIMIT %s) counted", [*values, most])  # noqa: S608 - ours
    count = int(cursor.fetchone()[0])
    return shown, count, count < most


def _sought(
    cursor: CursorWrapper, step: Step, where: str, values: list[str], limit: int
) -> tuple[list[tuple[object, ...]], int, bool]:
    """A step through the index of pairs: whom it names is looked at again, then put in order."""
    cursor.execute("SELECT registry_seek(%s::integer[], %s)", [step.grams, MOST])
    named = [addressee for (addressee,) in cursor.fetchall()]
    cursor.execute(
        f"SELECT {_CHOSEN}, count(*) OVER () FROM registry_resident r"  # noqa: S608 - ours
        f" WHERE r.addressee = ANY (%s) AND {where} ORDER BY {step.order} LIMIT %s",
        [named, *values, limit],
    )
    found = cursor.fetchall()
    count = int(found[0][-1]) if found else 0
    return [row[:-1] for row in found], count, len(named) < MOST
