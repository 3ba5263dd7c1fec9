"""pointblank with the same rules: one step a rule, interrogated together."""

from __future__ import annotations

import json
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path

import polars as pl

from bench.people import PLANTED
from bench.rules import keys, rules


def main(file: Path, parquet: Path) -> dict[str, object]:
    """Rows, and how many planted errors were found, by item."""
    frame = pl.read_csv(file, infer_schema=False)
    plan = import_module("pointblank").Validate(frame)
    for rule in rules():
        if rule.required:
            plan = plan.col_vals_not_null(rule.item)
        if rule.longest:
            longest = rule.longest
            within = pl.col(rule.item).is_null() | (pl.col(rule.item).str.len_chars() <= longest)
            plan = plan.col_vals_expr(within, brief=rule.item)
        if rule.pattern:
            plan = plan.col_vals_regex(rule.item, rule.pattern, na_pass=True)
        if rule.codes:
            plan = plan.col_vals_in_set(rule.item, [*rule.codes, None])
    plan = plan.rows_distinct(columns_subset=keys()).interrogate(get_first_n=1)
    found: Counter[str] = Counter()
    for step in plan.validation_info:
        name = step.brief if step.assertion_type == "col_vals_expr" else step.column
        found["key" if step.assertion_type == "rows_distinct" else str(name)] += step.n_failed or 0
    frame.write_parquet(parquet, compression="zstd")
    return {"rows": frame.height, "found": {item: found[item] for item in [*PLANTED, "key"]}}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]))))
