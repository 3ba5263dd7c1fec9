"""The bench where defects are planted: records of a town, the form they will be written in, and what was spoilt."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any

import polars as pl

from yakuba.town.people import HEAD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from yakuba.town._frames import Records
    from yakuba.town.forms._field import Field, File, Form

__all__ = ["BAD_BYTE", "CURRENT", "HEAD", "IS_HEAD", "JAPANESE", "LIVE", "PERSON", "RESIDENTS", "Bench", "Mark", "Scar"]

RESIDENTS = "住民基本台帳/住民情報"
PERSON = "宛名番号"
CURRENT = pl.col("最新フラグ") == "1"
LIVE = CURRENT & (pl.col("住民状態") == "1")
JAPANESE = pl.col("住民種別") == "1"
PLAIN_NAME = JAPANESE & ~pl.col("氏_日本人").str.contains("[\U000e0100-\U000e01ef]")
"""Japanese residents whose surname has no variation selector, so that its characters can be cut apart."""
IS_HEAD = pl.col("続柄コード1") == HEAD
BAD_BYTE = "\U0010fffd"
"""Stands in a line for a byte that its encoding does not know."""
_COPIED = {"氏名", "生年月日", "性別"}
_COUNTS = ("生年月日", "取得年月日")
"""Endings of items that are a copy of the register's, or count by its birth date."""
_PER = 1500
"""Residents for one more defect of a kind; every kind is planted at least once."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One place that is wrong, in terms of the records: row of a group, official item (of the records)."""

    group: str
    row: int
    item: str
    category: str
    code: str
    role: str
    note: str


@dataclass(frozen=True, slots=True)
class Scar:
    """A record that is damaged in the file itself: the line (without its end) is rewritten."""

    group: str
    row: int
    change: Callable[[str], str]


@dataclass
class Bench:
    """What defects may look at and do.

    Attributes:
        records: the records so far, by group. form: the form of the dump.
        marks, scars: what was planted; written: (group, row, item, text) that stand in the file as they are.
    """

    records: Records
    form: Form
    seed: int
    residents: int
    category: str = ""
    code: str = ""
    marks: list[Mark] = field(default_factory=list)
    scars: list[Scar] = field(default_factory=list)
    written: list[tuple[str, int, str, str]] = field(default_factory=list)
    _cells: dict[str, dict[int, dict[str, str]]] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)
    _rng: Random = field(default_factory=Random)
    _homes: dict[str, list[str]] = field(default_factory=dict)
    _home: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        frame = self.records[RESIDENTS].filter(CURRENT)
        for person, home in frame.select(PERSON, "世帯番号").iter_rows():
            self._homes.setdefault(home, []).append(person)
            self._home[person] = home

    def begin(self, name: str, category: str, code: str) -> None:
        """A kind of defect starts; its chance depends on its own name only, never on the kinds before it."""
        self.category, self.code = category, code
        self._rng = Random(f"{self.seed}/{name}")  # noqa: S311 - fiction

    @property
    def count(self) -> int:
        """How many of the kind to plant."""
        return max(1, round(self.residents / _PER))

    def file(self, group: str) -> File | None:
        """The first file of the form that is made from a group."""
        return next((file for file in self.form.files if file.group == group), None)

    def column(self, group: str, item: str) -> Field | None:
        """The column that shows an item of the records; None when the form does not hold it."""
        file = self.file(group)
        if file is None:
            return None
        holding = [one for one in file.fields if item in one.encode.meta.root_names()]
        return min(holding, key=lambda one: (item not in one.back, not one.encode.meta.is_column()), default=None)

    def holds(self, group: str, *items: str) -> bool:
        """Whether the form shows all the items, each in a column of its own."""
        columns = [self.column(group, item) for item in items]
        names = {one.column for one in columns if one}
        return all(columns) and len(names) == len(items)

    def room(self, group: str, item: str, text: str) -> bool:
        """Whether the column takes the text: a fixed width in bytes, an encoding."""
        column = self.column(group, item)
        if column is None:
            return False
        try:
            size = len(text.encode("utf-8" if self.form.unicode else self.form.encoding))
        except UnicodeEncodeError:
            return False
        return not column.width or size <= column.width

    def household(self, person: str) -> list[str]:
        """宛名番号 of the current rows of a person's household."""
        return self._homes.get(self._home.get(person, ""), [person])

    def alone(self) -> pl.Expr:
        """People whose household has one current row."""
        single = [home for home, people in self._homes.items() if len(people) == 1]
        return pl.col("世帯番号").is_in(single)

    def rows(self, group: str, where: pl.Expr) -> pl.DataFrame:
        """Rows of a group with their number (`#row`), as they were before anything was planted."""
        return self.records[group].with_row_index("#row").filter(where)

    def pick(self, group: str, where: pl.Expr, count: int | None = None) -> list[dict[str, Any]]:
        """Rows to spoil: nobody whose household was touched by another defect. May give fewer than wanted."""
        wanted = self.count if count is None else count
        found = self.rows(group, where)
        order = list(range(found.height))
        self._rng.shuffle(order)
        taken: list[dict[str, Any]] = []
        for place in order:
            if len(taken) >= wanted:
                break
            row = found.row(place, named=True)
            person = row.get(PERSON, "")
            if person and self._used & {person, *self.household(person)}:
                continue
            self.use(person)
            taken.append(row)
        return taken

    def use(self, person: str) -> None:
        """Keep a person and the household away from other defects."""
        self._used.update((person, *self.household(person)))

    def choose(self, values: Iterable[Any]) -> Any:
        """One of some values."""
        return self._rng.choice(list(values))

    def set(self, group: str, row: int, cells: dict[str, str]) -> None:
        """Change cells of the records."""
        self._cells.setdefault(group, {}).setdefault(row, {}).update(cells)

    def spoil(self, group: str, row: int, item: str, value: str, note: str) -> None:
        """Change one cell and mark it as the defect."""
        self.set(group, row, {item: value})
        self.mark(group, row, item, note)

    def write(self, group: str, row: int, item: str, text: str, note: str) -> None:
        """Put a text into the column as it is, past the form's own way of writing, and mark it as the defect."""
        self.written.append((group, row, item, text))
        self.mark(group, row, item, note)

    def mark(self, group: str, row: int, item: str, note: str, *, code: str = "", role: str = "defect") -> None:
        """Say that a place is wrong (`role` defect), or may be named by the same fault (related)."""
        self.marks.append(Mark(group, row, item, self.category, code or self.code, role, note))

    def mark_past(self, row: dict[str, Any], item: str, note: str) -> None:
        """Say that older rows of a person may be named: of two rows that differ, either may be the wrong one."""
        same = (pl.col(PERSON) == row[PERSON]) & (pl.col("最新フラグ") == "0")
        for older in self.rows(RESIDENTS, same)["#row"]:
            self.mark(RESIDENTS, older, item, note, role="related")

    def append(self, group: str, cells: dict[str, str]) -> int:
        """Add a row at the end of a group; returns its number."""
        frame = self.records[group]
        extra = pl.DataFrame([{name: cells[name] for name in frame.columns}], schema=frame.schema)
        self.records[group] = pl.concat([frame, extra])
        return frame.height

    def scar(self, group: str, row: int, item: str, note: str, change: Callable[[str], str]) -> None:
        """Damage the record's line in the file."""
        self.scars.append(Scar(group, row, change))
        self.mark(group, row, item, note)

    def finish(self) -> None:
        """Put everything that was planted into the records."""
        self._mark_copies()
        for group, rows in self._cells.items():
            frame = self.records[group]
            columns: dict[str, dict[int, str]] = {}
            for row, cells in rows.items():
                for item, value in cells.items():
                    columns.setdefault(item, {})[row] = value
            changed = [_scattered(frame[item], places) for item, places in columns.items() if item in frame.columns]
            self.records[group] = frame.with_columns(changed)

    def _mark_copies(self) -> None:
        """Records of other businesses that copy, or count by, what was changed in a resident's row are related."""
        rows = {row for row, cells in self._cells.get(RESIDENTS, {}).items() if not _COPIED.isdisjoint(cells)}
        rows |= {row for group, row, item, _ in self.written if group == RESIDENTS and item in _COPIED}
        people = self.records[RESIDENTS][PERSON].gather(sorted(rows)).unique()
        for group, frame in self.records.items():
            numbers = [name for name in frame.columns if name.endswith(PERSON)]
            if group != RESIDENTS and numbers and any(name.endswith(_COUNTS) for name in frame.columns):
                concerned = pl.any_horizontal(pl.col(number).is_in(people.to_list()) for number in numbers)
                for row in self.rows(group, concerned)["#row"]:
                    note = "住民票の値が変わった人の記録"
                    self.marks.append(
                        Mark(group, row, numbers[0], "C7", "copy_differs|age_out_of_range", "related", note)
                    )


def _scattered(column: pl.Series, places: dict[int, str]) -> pl.Series:
    return column.scatter(list(places), list(places.values()))
