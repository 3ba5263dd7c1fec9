"""frictionless with the same rules: a schema with constraints, as its manual shows, and Parquet at the end."""

from __future__ import annotations

import json
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path

import polars as pl

from bench.people import PLANTED
from bench.rules import Rule, keys, rules


def main(file: Path, parquet: Path) -> dict[str, object]:
    """Rows, and how many planted errors were found, by item."""
    frictionless = import_module("frictionless")
    schema = frictionless.Schema.from_descriptor({"fields": [_field(rule) for rule in rules()], "primaryKey": keys()})
    resource = frictionless.Resource(path=file.name, basepath=str(file.parent), schema=schema)
    report = resource.validate(frictionless.Checklist(), limit_errors=10_000_000)
    found = Counter(str(row[0]) for row in report.flatten(["fieldName", "type"]) if row[1] != "primary-key")
    doubled = sum(row[0] == "primary-key" for row in report.flatten(["type"]))
    pl.read_csv(file, infer_schema=False).write_parquet(parquet, compression="zstd")
    rows = report.tasks[0].stats["rows"]
    return {"rows": rows, "found": {item: found[item] for item in PLANTED} | {"key": doubled}}


def _field(rule: Rule) -> dict[str, object]:
    constraints: dict[str, object] = {"required": rule.required}
    if rule.longest:
        constraints["maxLength"] = rule.longest
    if rule.pattern:
        constraints["pattern"] = rule.pattern
    if rule.codes:
        constraints["enum"] = list(rule.codes)
    return {"name": rule.item, "type": "string", "constraints": constraints}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]))))
