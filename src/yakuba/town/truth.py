"""Truth of planted defects (正解): what is wrong, where it lies in the dump, and which rule should say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yakuba.town.bench import Bench, Mark
    from yakuba.town.encode import Sheet

HEADER = ("file", "line", "column", "item", "category", "code", "role", "note")


@dataclass(frozen=True, slots=True)
class Truth:
    """One line of truth.csv.

    Attributes:
        file, line, column: where it lies: line from 1 with the header counted, record number for fixed length.
        item: official item of the target layout; empty when the whole record is meant.
        category: C1 … C14. code: rule that should report it; alternatives joined by "|".
        role: defect, or related for a row or code that the same fault may also bring up. note: in Japanese.
    """

    file: str
    line: int
    column: str
    item: str
    category: str
    code: str
    role: str
    note: str

    def row(self) -> tuple[str, ...]:
        """The cells of the line."""
        return (self.file, str(self.line), self.column, self.item, self.category, self.code, self.role, self.note)


def resolve(bench: Bench, sheets: Sequence[Sheet], *, header: bool) -> list[Truth]:
    """The marks of a bench as places in the files, ordered by file and line."""
    found = [place for mark in bench.marks for sheet in sheets if (place := _place(mark, sheet, header=header))]
    return sorted(found, key=lambda one: (one.file, one.line, one.code, one.role))


def _place(mark: Mark, sheet: Sheet, *, header: bool) -> Truth | None:
    line = sheet.line(mark.group, mark.row)
    if line is None:
        return None
    field = sheet.column(mark.item) if mark.item else None
    column, item = "", mark.item
    if field is not None:
        column = field.column
        item = mark.item if mark.item in field.back else next(iter(field.back), mark.item)
    number = line + 1 + int(header)
    return Truth(sheet.file.name, number, column, item, mark.category, mark.code, mark.role, mark.note)
