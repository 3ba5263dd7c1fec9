"""Table (表): columns, rows of cells, pages. Rows with an address can be walked with ↑ ↓ and opened with Enter."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from yakuba.web.components._component import Component


@dataclass(frozen=True, slots=True)
class Column:
    """A heading. kind: "", "n" for numbers (right-aligned), "w" for what must not be broken (dates)."""

    label: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes:
        text: what is shown. href: makes it a link. name: drawn in the font for names.
        chips: (text, kind) marks after it. small: a second line, quieter.
    """

    text: str
    href: str = ""
    name: bool = False
    chips: tuple[tuple[str, str], ...] = ()
    small: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a text or a Cell per column.

    Attributes:
        here: the row the page is about. gone: of the past (除票), quieter.
        pick: value of its box, "" for none.
    """

    cells: tuple[Cell | str, ...]
    here: bool = False
    gone: bool = False
    pick: str = ""


@dataclass(frozen=True, slots=True)
class Pages:
    """Where a long list stands. address: without the page, ends in `?` or `&`. parts: as in `Tabs`."""

    number: int
    of: int
    address: str
    parts: bool = False

    @property
    def before(self) -> str:
        """Address of the page before, "" on the first."""
        return f"{self.address}page={self.number - 1}" if self.number > 1 else ""

    @property
    def after(self) -> str:
        """Address of the page after, "" on the last."""
        return f"{self.address}page={self.number + 1}" if self.number < self.of else ""


@dataclass(frozen=True)
class Table(Component):
    """A table that says what it is.

    Attributes:
        caption: name of the table; hidden if `quiet` (a heading above says it). empty: said when there are no rows.
        walk: rows can be walked with the arrow keys (the first link of a row is its address).
        picked: name of the boxes, for a table inside a form whose rows can be picked; "" for none.
    """

    template: ClassVar[str] = "table.html"
    caption: str
    columns: tuple[Column | str, ...]
    rows: list[Row] = field(default_factory=list)
    empty: str = "ありません"
    quiet: bool = False
    walk: bool = False
    pages: Pages | None = None
    picked: str = ""

    @property
    def heads(self) -> tuple[Column, ...]:
        """The columns, a bare text made a Column."""
        return tuple(column if isinstance(column, Column) else Column(column) for column in self.columns)

    @property
    def lines(self) -> list[tuple[Row, list[tuple[Cell, Column]]]]:
        """Each row with its cells beside their columns."""
        return [
            (
                row,
                [
                    (cell if isinstance(cell, Cell) else Cell(cell), head)
                    for cell, head in zip(row.cells, self.heads, strict=True)
                ],
            )
            for row in self.rows
        ]
