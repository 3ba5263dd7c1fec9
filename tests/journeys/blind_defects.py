"""Defects of a dump, written from the field's list of bad data by somebody who had not read the checks.

They are planted into the files of a clean town, as old systems and careless typing leave them there. Each kind is
planted `TIMES` times where the town has records for it, and no two defects share a household. What is not among
them, because no program can know it without asking somebody: a wrong but possible name, date or address that agrees
with everything else; a variation selector that was lost before the dump was made.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from tests.journeys.blind import business, keys, lines, second, states, third
from tests.journeys.blind.cells import plant_cells
from tests.journeys.blind.cells_content import CONTENT
from tests.journeys.blind.cells_form import FORM
from tests.journeys.blind.dump import Dump
from tests.journeys.blind.planter import KO, TX, Defect, Planter
from tests.journeys.blind.third_cells import CELLS as THIRD

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.blind.dump import Row

Places = dict[str, dict[int, "Row"]]
"""Source → line → the record that starts there."""

TIMES = 2
FIRST_ROOM = (lines, keys, states, business)
"""The modules that enter their kinds of defect into `lines.FIRST`."""


SETS = {
    "first": (lines.FIRST, (*FORM, *CONTENT)),
    "second": (second.ROOM, second.CELLS),
    "third": (third.ROOM, THIRD),
}
"""Name of a set → its kinds of whole records, and of single cells."""


def plant(project: Path, form: str, seed: int, name: str = "first") -> tuple[list[Defect], Places]:
    """Spoil a clean town's dump in its place; gives back the defects and where the records of the new files stand."""
    planter = Planter(Dump.read(project, form), Random(seed))  # noqa: S311 - the same seed must spoil the same records
    room, cells = SETS[name]
    for category, title, kind in room.kinds:
        for _ in range(TIMES):
            result = kind(planter)
            if result is not None:
                planter.note(title, category, *result)
    plant_cells(planter, cells, TIMES)
    if name == "first":
        _items_without_a_place(planter)
    return planter.defects, planter.dump.save()


def _items_without_a_place(planter: Planter) -> None:
    """C14: two columns and one file of a local scheme that the mapping does not know."""
    for group, column, value in ((KO, "町独自助成区分", "1"), (TX, "減免条例区分", "2")):
        source = planter.dump.sources[group]
        source.columns.append(column)
        ending = source.pack("\r\n")
        for row in source.rows:
            row.cells[column] = value
            if row.damage is not None:
                row.damage = row.damage.removesuffix(ending) + source.pack(f',"{value}"') + ending
        planter.note(f"column of a local scheme: {column}", "C14", (), word=column)
    extra = planter.dump.folder / "DOKUJI.CSV"
    extra.write_text('"ATENA_NO","KINGAKU"\r\n"1000000015","5000"\r\n', encoding="cp932", newline="")
    planter.note("file of a local scheme that nothing reads", "C14", (), word=extra.name)
