"""`town make`: a town from a seed, in the form of an old system, with or without planted defects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.kernel.discover import discover
from yakuba.kernel.progress import SILENT
from yakuba.town.bench import Bench
from yakuba.town.neighbour import renamed
from yakuba.town.numbering import MUNICIPALITY
from yakuba.town.records import make_town
from yakuba.town.writer import Written, write_dump

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from yakuba.kernel.progress import Progress
    from yakuba.town.forms._field import Form
    from yakuba.town.records import Town


def forms() -> dict[str, ModuleType]:
    """All forms by name as typed on the command line (`vendor-a`)."""
    return {name.replace("_", "-"): module for name, module in discover("yakuba.town.forms").items()}


def kinds() -> dict[str, ModuleType]:
    """All kinds of defect by name."""
    return discover("yakuba.town.defects")


def make(
    residents: int,
    seed: int,
    form: str,
    out: Path,
    *,
    defects: bool = False,
    municipality: str = MUNICIPALITY,
    progress: Progress = SILENT,
) -> Written:
    """Make a town and write it.

    Args:
        residents: live residents. seed: everything follows from it. form: name of a form. out: folder.
        defects: plant defects of every category and write truth.csv. municipality: one of `neighbour.TOWNS`.
        progress: who listens.
    """
    progress.stage("架空の町 people and records", residents, "residents")
    town = make_town(residents, seed)
    layout: Form = renamed(forms()[form].form(town.records), municipality)
    town.population.municipality = municipality
    progress.advance(residents)
    out.mkdir(parents=True, exist_ok=True)
    if not defects:
        return write_dump(town, layout, out, progress=progress)
    bench = plant(town, layout, seed)
    return write_dump(town, bench.form, out, bench, progress)


def plant(town: Town, form: Form, seed: int) -> Bench:
    """Plant every kind of defect that the form can hold into the records of a town."""
    bench = Bench(town.records, form, seed, town.population.residents)
    for name, kind in kinds().items():
        bench.begin(name, kind.CATEGORY, kind.CODE)
        kind.plant(bench)
    bench.finish()
    return bench
