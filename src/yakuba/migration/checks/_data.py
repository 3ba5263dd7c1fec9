"""Dated tables that rules look things up in: amounts, ages, rates. What a law fixes is data, not code.

The tables are the CSV files of the folder `data`; its SOURCE.toml says where they come from.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Rows of `data/<name>.csv`, column → text; an empty cell is ""."""
    text = files(__package__).joinpath("data", f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))
