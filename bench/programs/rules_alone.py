"""The rules alone: every rule on single cells and rows, over mapped rows that are in memory already."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sys
import time
from pathlib import Path

import polars as pl

from yakuba.kernel.progress import SILENT
from yakuba.migration.pipeline.prepare import prepare, rule_context
from yakuba.migration.pipeline.run import make_conversion, take_in
from yakuba.migration.pipeline.workspace import open_workspace
from yakuba.migration.project import read_project
from yakuba.migration.ruling import check_cells

TIMES = 3


def main(project_path: Path, out: Path) -> dict[str, float]:
    """Rows per second, the best of a few times."""
    project = read_project(project_path)
    workspace = open_workspace(out, project, b"", resume=False)
    prepared = prepare(project, take_in(project, workspace, SILENT))
    conversion = make_conversion(prepared, rule_context(project, prepared.standard, dt.date(2026, 11, 20)))
    plan = prepared.plans[0]
    rows, _ = plan.apply(pl.read_parquet(list(prepared.staged[0].parts)).rechunk())
    best = float("inf")
    for _ in range(TIMES):
        started = time.perf_counter()
        check_cells(rows, plan.group, plan.target, "juki", conversion.context, conversion.checks)
        best = min(best, time.perf_counter() - started)
    return {"rows": rows.height, "rate": rows.height / best, "rules": len(conversion.checks)}


if __name__ == "__main__":
    shutil.rmtree(sys.argv[2], ignore_errors=True)
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]))))
