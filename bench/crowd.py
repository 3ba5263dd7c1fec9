"""A crowd (住民の群れ): a million fictitious residents, put straight into the registry through its own projection.

Surnames and given names come as often as in the tables of the town maker, so that 佐藤 is as common as it is.
"""

from __future__ import annotations

import csv
import time
from contextlib import contextmanager
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from django.db import connection

from yakuba.registry.projection import LEDGER, ROW, projected
from yakuba.tenancy.database import embedded
from yakuba.tenancy.database.ready import ready
from yakuba.tenancy.database.upgrade import upgrade
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.random import Generator

TOWN = "990019"
_SETTLED = "settled"
_SLICE = 100_000
_REMOVED = 0.2
_FIRST_DAY, _DAYS = np.datetime64("1930-01-01"), 35_000


@contextmanager
def town(home: Path, people: int) -> Iterator[float]:
    """An installation with that many residents, in a folder that keeps them; gives the seconds it took to settle them.

    Its database runs for the length of the block.
    """
    home.mkdir(exist_ok=True)
    home.chmod(0o755)
    ready(home)
    try:
        upgrade()
        started = time.perf_counter()
        if not (home / _SETTLED).exists():
            settle(people)
            (home / _SETTLED).touch()
        yield time.perf_counter() - started
    finally:
        embedded.stop(home)


def settle(people: int) -> None:
    """Make the municipality and its residents; what is not searched (cells of the records) is left out."""
    from yakuba.registry.models import Ledger, Load
    from yakuba.registry.services.copying import copy_people
    from yakuba.tenancy.models import Municipality

    rng = np.random.default_rng(1)
    Municipality.objects.get_or_create(code=TOWN, defaults={"name": "見本町", "kana": "", "prefecture": "見本県"})
    with wall(TOWN):
        taken = Load.objects.create(
            municipality_id=TOWN, evidence="0" * 64, signer="bench", standard="kihon", as_of="2026-11-20", by="bench"
        )
        ledger = Ledger.objects.create(
            municipality_id=TOWN, load=taken, layout="kihon/2023-09/001_juminkihondaicho", group="juminjoho",
            business="住民基本台帳", title="住民情報", folder="001_juminkihondaicho", place=0,
            columns=["宛名番号"], addressee_column="宛名番号",
        )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute("SELECT registry_unindex()")
            for first in range(0, people, _SLICE):
                newest = _residents(rng, first, min(_SLICE, people - first), ledger.pk)
                copy_people(projected({"resident": newest}, TOWN), TOWN)
            cursor.execute("SELECT registry_index()")
            cursor.execute("SELECT registry_settle()")


def _residents(rng: Generator, first: int, count: int, ledger: int) -> pl.DataFrame:
    """Newest rows of `count` people, three to a household."""
    surnames, given = _table("names", "surnames"), _table("names", "given")
    towns = _table("places", "towns")
    weights = np.array([float(row["推定人数"]) for row in surnames])
    homes = rng.choice(len(surnames), count // 3 + 1, p=weights / weights.sum())[np.arange(count) // 3]
    names = rng.integers(0, len(given), count)
    places = rng.integers(0, len(towns), count // 3 + 1)[np.arange(count) // 3]
    numbers = np.arange(first, first + count)
    removed = rng.random(count) < _REMOVED
    births = (_FIRST_DAY + rng.integers(0, _DAYS, count)).astype(str)
    lots = rng.integers(1, 30, (count, 2))
    return pl.DataFrame(
        {
            "addressee": [f"{1_000_000_000 + number * 10}" for number in numbers],
            "household": [f"{5_000_000_000 + number // 3 * 10}" for number in numbers],
            "history": ["1"] * count,
            "kind": ["1"] * count,
            "state": ["1"] * count,
            "removed": [str(int(each)) for each in removed],
            "name": [f"{surnames[one]['氏']}\u3000{given[two]['名']}" for one, two in zip(homes, names, strict=True)],
            "kana": [
                f"{surnames[one]['フリガナ']}\u3000{given[two]['フリガナ']}"
                for one, two in zip(homes, names, strict=True)
            ],
            "sex": [given[each]["性別"] for each in names],
            "birth": list(births),
            "relation": ["世帯主" if number % 3 == 0 else "子" for number in numbers],
            "town": [towns[each]["町字"] for each in places],
            "number": [f"{one}番{two}号" for one, two in lots],
            ROW: numbers,
            LEDGER: np.full(count, ledger),
        }
    )


def _table(folder: str, name: str) -> list[dict[str, str]]:
    text = files("yakuba.town").joinpath("data", folder, f"{name}.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))
