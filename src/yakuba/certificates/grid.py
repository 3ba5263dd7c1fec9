"""Grid (罫線の表): cells in millimetres. Rows divide their width as they like; columns are where any row divides."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from yakuba.certificates.fields import WIDTH, rows_of
from yakuba.certificates.fitting import PAD_X, Fitted, fit
from yakuba.certificates.problems import OVERFLOW, problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yakuba.certificates.fields import Field
    from yakuba.certificates.reading import Reader

_LABEL_SIZES = (7.5, 7, 6.5, 6, 5.5, 5)
_LABEL_AIR = 0.8
"""Millimetres above and below a label together."""
_DIGITS = 3
"""Digits of a millimetre that edges are compared with."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A field in its grid: column spans of its label (0 = none) and value, and its row's height."""

    field: Field
    label_span: int
    span: int
    height: float
    label: Fitted


@dataclass(frozen=True, slots=True)
class Shape:
    """Columns and rows in millimetres, and the slots row by row."""

    columns: tuple[float, ...]
    heights: tuple[float, ...]
    slots: tuple[Slot, ...]


@lru_cache(maxsize=256)
def shape(fields: tuple[Field, ...], who: str) -> Shape:
    """The grid of some fields for a Japanese or a foreign person."""
    rows = rows_of(fields, who)
    edges = sorted({0.0, WIDTH, *(edge for row in rows for edge in _edges(row))})
    place = {edge: number for number, edge in enumerate(edges)}
    heights = tuple(max(one.height for one in row) for row in rows)
    slots: list[Slot] = []
    for row, height in zip(rows, heights, strict=True):
        at = 0.0
        for number, one in enumerate(row):
            middle = round(at + one.label_width, _DIGITS)
            end = WIDTH if number == len(row) - 1 else round(middle + one.width, _DIGITS)
            slots.append(_slot(one, place[middle] - place[at], place[end] - place[middle], height))
            at = end
    widths = tuple(round(right - left, _DIGITS) for left, right in pairwise(edges))
    return Shape(widths, heights, tuple(slots))


def _edges(row: list[Field]) -> list[float]:
    """Where a row divides; its last field ends at the right edge whatever decimal fractions add up to."""
    found, at = [], 0.0
    for number, one in enumerate(row):
        at = round(at + one.label_width, _DIGITS)
        found.append(at)
        if number < len(row) - 1:
            at = round(at + one.width, _DIGITS)
            found.append(at)
    return found


def _slot(one: Field, label_span: int, span: int, height: float) -> Slot:
    room = one.label_width or one.width
    label = fit(one.label.replace("/", "\n"), room, height - _LABEL_AIR, _LABEL_SIZES)
    assert label is not None, f"the label of {one.name} does not fit its cell"
    return Slot(one, label_span, span, height, label)


def grid(reader: Reader, fields: tuple[Field, ...], who: str, texts: Mapping[str, str]) -> dict[str, Any]:
    """A filled grid as the templates read it: columns, rows, cells.

    Args:
        texts: words by name of the field.

    Returns:
        `w` and `h` millimetres; `c` cells in order, each [kind, column span, lines, points, alignment], kind "l" for a
        label, "v" for a value; "p" for a picture, with its name and size in millimetres instead.
    """
    found = shape(fields, who)
    cells: list[list[Any]] = []
    for slot in found.slots:
        if slot.label_span:
            cells.append(["l", slot.label_span, slot.label.lines, slot.label.size, "center"])
        if slot.field.picture:
            size = reader.picture_size(slot.field.items[0])
            if max(size[0] - slot.field.width, size[1] - slot.height) > -2 * PAD_X:
                reader.findings.append(problem(OVERFLOW, slot.field.items[0]))
            cells.append(["p", slot.span, slot.field.items, size, "center"])
            continue
        if not slot.span:
            continue
        fitted = fitted_text(reader, slot.field, texts[slot.field.name])
        side = "top" if slot.field.is_tall else slot.field.align
        cells.append(["v", slot.span, fitted.lines, fitted.size, side])
    return {"w": found.columns, "h": found.heights, "c": cells}


def fitted_text(reader: Reader, one: Field, text: str) -> Fitted:
    """A text in its cell; one that does not fit is a finding, and the paper will not be drawn."""
    fitted = fit(text, one.width, one.room, one.sizes, most=1 if one.is_single else 0)
    if fitted is None:
        reader.findings.append(problem(OVERFLOW, one.items[0], text))
        return Fitted(one.sizes[-1], ())
    return fitted
