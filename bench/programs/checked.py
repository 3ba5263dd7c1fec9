"""Yakuba: read the files of a project, map them, run the rules, leave Parquet: no CSV, comparison, evidence.

    python -m bench.programs.checked PROJECT WORK [same]

`same` = only the rules that the other checkers get too; otherwise every rule there is.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path

from bench.people import PLANTED
from yakuba.kernel.progress import SILENT
from yakuba.migration.pipeline.judge import judge
from yakuba.migration.pipeline.prepare import prepare, rule_context
from yakuba.migration.pipeline.run import convert_all, make_conversion, take_in
from yakuba.migration.pipeline.workspace import open_workspace
from yakuba.migration.project import read_project

SAME = (
    "required_missing", "key_empty", "digits_overflow", "character_class", "not_a_number", "date_form",
    "date_impossible", "bad_time", "code_unknown", "key_duplicate",
)  # fmt: skip
"""Rules that say what `bench.rules` says."""


def main(project_path: Path, out: Path, *, same: bool) -> dict[str, object]:
    """Rows, and how many planted errors were found, by item."""
    project = read_project(project_path)
    workspace = open_workspace(out, project, b"", resume=False)
    prepared = prepare(project, take_in(project, workspace, SILENT))
    conversion = make_conversion(prepared, rule_context(project, prepared.standard, dt.date(2026, 11, 20)))
    if same:
        conversion = replace(conversion, checks={name: conversion.checks[name] for name in SAME})
    judged = judge(prepared, convert_all(prepared, workspace, conversion, SILENT), conversion)
    by_item = dict(judged.findings.group_by("item").len().iter_rows())
    return {
        "rows": sum(one.records for one in prepared.staged),
        "found": {item: by_item.get(item, 0) for item in PLANTED}
        | {"key": judged.findings.filter(code="key_duplicate").height},
    }


if __name__ == "__main__":
    shutil.rmtree(sys.argv[2], ignore_errors=True)
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]), same="same" in sys.argv)))
