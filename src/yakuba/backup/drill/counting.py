"""Counting (数え直し): what the sender said of its tables, beside what others count in files and database."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import polars as pl

from yakuba.vault.tables.totals import differing, text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from yakuba.vault.tables.totals import Totals


def counted(folder: Path) -> tuple[list[dict[str, Any]], dict[str, Totals | None]]:
    """Rows of every file as another reader counts them, beside what the sealed header says; sealed control totals."""
    found, sealed = [], {}
    for one in json.loads((folder / "generation.json").read_text("utf-8"))["tables"]:
        frame = pl.scan_csv(folder / one["file"], infer_schema=False, raise_if_empty=False)
        rows = int(frame.select(pl.len()).collect().item())
        found.append({"table": one["name"], "sealed": int(one["sent"]), "counted": rows, "digest": one["digest"]})
        sealed[one["name"]] = one.get("totals")
    return found, sealed


def added_up(sealed: Mapping[str, Totals | None], municipality: str) -> dict[str, Any]:
    """What the number items add up to in the database, held against what the sender has sealed.

    compared: items. unknown: tables of which the sender sealed no totals. differing: table, item, how much too much.
    """
    from yakuba.registry import queries
    from yakuba.tenancy.acting import system

    known = {table: said for table, said in sealed.items() if said is not None}
    found = queries.totals(system(municipality), {table: tuple(said) for table, said in known.items()})
    both = ((table, differing(said, found.get(table, {}))) for table, said in known.items())
    wrong = [(table, item, text(more)) for table, items in both for item, more in items.items()]
    return {"compared": sum(map(len, known.values())), "unknown": sorted(sealed.keys() - known.keys()),
            "differing": wrong}  # fmt: skip
