"""Known values (既知の値): a column's distinct values, remembered from block to block, each looked at once.

Most columns of a register say the same few things over and over. A value that is known is found by its hash in a
table and then compared with what stands there, so a chance meeting of two hashes misleads nobody; what is made of the
value (its converted form, the answers of the rules about it) is fetched by its number. A column with too many
different values (numbers of residents, full names) has no memory: `Known.look` then gives None, for good.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from numpy.typing import NDArray

    Failed = list[tuple[str, pl.Series]]
    """Step word and mask of the values that the step could not convert."""

MOST = 2**16
"""Distinct values that are remembered: more than a century of days, every code and place name, few enough to hold."""
_FEW = 10_000
"""From this many rows on, a block that is mostly new values says that the column has no memory."""
_ROOM = 16
"""Slots of a table per value: about one value in thirty-two then finds its slot taken."""
_FEWEST_BITS = 8
_HASH_BITS = 64


@dataclass
class Asked:
    """What has been asked about the values of a column so far: question → answers for the first of them."""

    answers: dict[int, tuple[pl.Expr, NDArray[np.bool_]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Look:
    """One column of a block as numbers of known values.

    Attributes:
        values: the values known when it was made; more may be known by now, but never others.
        numbers: row → place in `values` (UInt32).
        origin: whose values they are.
        asked: what was asked about them; shared by all looks at the same column.
    """

    values: pl.Series
    numbers: pl.Series
    origin: Known
    asked: Asked = field(default_factory=Asked)

    def filter(self, mask: pl.Series) -> Look:
        """The same for some of the rows."""
        return Look(self.values, self.numbers.filter(mask), self.origin, self.asked)

    def column(self) -> pl.Series:
        """The cells."""
        return self.values[self.numbers]

    def rows(self, name: str, questions: Mapping[str, pl.Expr]) -> dict[str, pl.Series]:
        """The rows of the block that are answered with true, as masks; a question that no row says yes to is left out.

        Args:
            name: what the questions call the column.
            questions: each looks at this column alone, row by row, and is never null.
        """
        self._ask(name, questions.values())
        numbers = self.numbers.to_numpy()
        here = np.zeros(self.values.len(), np.bool_)
        here[numbers] = True
        found = {}
        for word, question in questions.items():
            answers = self.asked.answers[id(question)][1][: here.size]
            if (answers & here).any():
                found[word] = pl.Series(answers.take(numbers))
        return found

    def _ask(self, name: str, questions: Iterable[pl.Expr]) -> None:
        """Answers for the values that are new since the last time."""
        known = self.asked.answers
        open_from: dict[int, list[pl.Expr]] = {}
        for question in questions:
            done = known[id(question)][1].size if id(question) in known else 0
            if done < self.values.len():
                open_from.setdefault(done, []).append(question)
        for done, asked in open_from.items():
            new = self.values.slice(done).alias(name).to_frame().lazy()
            answers = new.select(question.alias(str(id(question))) for question in asked).collect()
            for question in asked:
                fresh = answers[str(id(question))].to_numpy()
                known[id(question)] = (question, np.concatenate([known[id(question)][1], fresh]) if done else fresh)


class Known:
    """The distinct values of one column of a source.

    Attributes:
        values: in the order they were met, each once.
    """

    def __init__(self) -> None:
        self.values = pl.Series("value", [], dtype=pl.String)
        self._open = True
        # Bits of a slot and the place in `values` that each slot leads to.
        self._tables: list[tuple[int, NDArray[np.uint32]]] = []

    def close(self) -> None:
        """Forget the column: `look` gives None from now on."""
        self.values, self._tables, self._open = self.values.clear(), [], False

    def look(self, column: pl.Series) -> Look | None:
        """The column (String, no nulls) as numbers of known values; values that are new become known."""
        if not self._open:
            return None
        numbers, found = self._find(column)
        if not found.all():
            new = column.filter(~found).unique(maintain_order=True)
            mostly_new = column.len() > _FEW and new.len() * 2 > column.len()
            if mostly_new or self.values.len() + new.len() > MOST:
                self.close()
                return None
            self.values = pl.concat([self.values, new.alias("value")], rechunk=True)
            self._place()
            numbers, _ = self._find(column)
        return Look(self.values, numbers, self)

    def _place(self) -> None:
        """Give every value a slot: those that find theirs taken get one in a second, smaller table, and so on."""
        self._tables = []
        places = np.arange(self.values.len(), dtype=np.uint32)
        while places.size:
            bits = max(_FEWEST_BITS, (places.size * _ROOM).bit_length())
            table = np.zeros(2**bits, np.uint32)
            slots = _slots(self.values[pl.Series(places)], bits, len(self._tables))
            table[slots] = places
            self._tables.append((bits, table))
            places = places[table[slots] != places]

    def _find(self, column: pl.Series) -> tuple[pl.Series, pl.Series]:
        """Places of the values, and whether each row's is known at all."""
        if self.values.len() <= 1:
            return _zeros(column.len()), (column == self.values[0]) if self.values.len() else _none(column.len())
        numbers, found = self._in_table(column, 0)
        for level in range(1, len(self._tables)):
            if found.all():
                break
            rows = (~found).arg_true()
            places, there = self._in_table(column[rows], level)
            at = rows.filter(there)
            numbers, found = numbers.scatter(at, places.filter(there)), found.scatter(at, values=True)
        return numbers, found

    def _in_table(self, column: pl.Series, level: int) -> tuple[pl.Series, pl.Series]:
        bits, table = self._tables[level]
        numbers = pl.Series(table.take(_slots(column, bits, level)))
        return numbers, self.values[numbers] == column


def _slots(values: pl.Series, bits: int, level: int) -> NDArray[np.int64]:
    return (values.hash(seed=level).to_numpy() >> np.uint64(_HASH_BITS - bits)).view(np.int64)


def _zeros(count: int) -> pl.Series:
    return pl.Series(np.zeros(count, np.uint32))


class Answers:
    """What a conversion makes of the values of a column, worked out once for each.

    Args:
        convert: distinct values → their new values, and the masks of those that a step could not convert.
    """

    def __init__(self, convert: Callable[[pl.Series], tuple[pl.Series, Failed]]) -> None:
        self._convert = convert
        self._origin: Known | None = None
        self._forget()

    def _forget(self) -> None:
        self._values = pl.Series("value", [], dtype=pl.String)
        self._failed: dict[str, pl.Series] = {}
        self._asked = Asked()

    def of(self, look: Look) -> tuple[Look, Failed]:
        """The converted column, and the rows that could not be converted."""
        if look.origin is not self._origin:
            self._forget()
            self._origin = look.origin
        done = self._values.len()
        if done < look.values.len():
            values, failed = self._convert(look.values.slice(done))
            self._values = pl.concat([self._values, values.alias("value")], rechunk=True)
            for word, mask in failed:
                before = self._failed.get(word, _none(done))
                self._failed[word] = pl.concat([before, _none(done - before.len()), mask])
        failures = []
        for word, known in self._failed.items():
            mask = pl.concat([known, _none(look.values.len() - known.len())])[look.numbers]
            if mask.any():
                failures.append((word, mask))
        return Look(self._values.head(look.values.len()), look.numbers, look.origin, self._asked), failures


def _none(count: int) -> pl.Series:
    return pl.Series(np.zeros(max(count, 0), np.bool_))
