"""The neighbour (隣の団体): the same making of towns under another name and code, for installations with two of them.

A dump is made as ever; on the way into its files the name and the code of 見本町 become the neighbour's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from yakuba.town.numbering import MUNICIPALITY

if TYPE_CHECKING:
    from yakuba.town.forms._field import File, Form

TOWNS = {MUNICIPALITY: "見本町", "990027": "例示村"}
"""Name by 団体コード: prefecture 99 does not exist, the check digits are right, the names are equally long."""


def renamed(form: Form, municipality: str) -> Form:
    """A form whose dump belongs to another of `TOWNS`."""
    if municipality == MUNICIPALITY:
        return form
    old, new = TOWNS[MUNICIPALITY], TOWNS[municipality]
    district = (f"見本郡{old}", f"見本郡{new}")
    before = form.text

    def text(cells: pl.DataFrame) -> pl.DataFrame:
        cells = before(cells) if before else cells
        column = pl.col(pl.String)
        moved = pl.when(column == MUNICIPALITY).then(pl.lit(municipality)).otherwise(column.str.replace_all(*district))
        return cells.with_columns(moved.name.keep())

    def moved(file: File) -> File:
        known = {MUNICIPALITY: municipality, district[0]: district[1]}
        return replace(file, constants={item: known.get(value, value) for item, value in file.constants.items()})

    return replace(form, title=form.title.replace(old, new), files=[moved(file) for file in form.files], text=text)
