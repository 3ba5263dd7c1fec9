"""pandera[polars] with the same rules: one schema, validated lazily so that all errors are told."""

from __future__ import annotations

import json
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any

import polars as pl

from bench.people import PLANTED
from bench.rules import Rule, keys, rules

pa = import_module("pandera.polars")


def main(file: Path, parquet: Path) -> dict[str, object]:
    """Rows, and how many planted errors were found, by item."""
    frame = pl.read_csv(file, infer_schema=False)
    columns = {rule.item: pa.Column(pl.String, _checks(rule), nullable=not rule.required) for rule in rules()}
    found: Counter[str] = Counter()
    try:
        pa.DataFrameSchema(columns, unique=keys()).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        for column, check, count in (
            errors.failure_cases.group_by("column", "check").len().select("column", "check", "len").iter_rows()
        ):
            found["key" if "unique" in str(check) else str(column)] += count
    frame.write_parquet(parquet, compression="zstd")
    return {"rows": frame.height, "found": {item: found[item] for item in [*PLANTED, "key"]}}


def _checks(rule: Rule) -> list[Any]:
    checks = []
    if rule.longest:
        checks.append(pa.Check.str_length(max_value=rule.longest))
    if rule.pattern:
        checks.append(pa.Check.str_matches(rule.pattern))
    if rule.codes:
        checks.append(pa.Check.isin(rule.codes))
    return checks


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]))))
