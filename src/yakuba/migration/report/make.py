"""Makes the report and the workbook of a run folder; both can be made again at any time from the folder alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.migration.report.compare import compare_runs
from yakuba.migration.report.page import report_page
from yakuba.migration.report.summary import summarise
from yakuba.migration.report.workbook import write_workbook

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "report.html"
WORKBOOK = "findings.xlsx"


def make_report(out: Path, previous: Path | None = None) -> None:
    """Write OUT/report.html and OUT/findings.xlsx; the same folder gives the same bytes.

    Args:
        out: run folder in which `write_evidence` has run.
        previous: folder of an earlier rehearsal to compare with.

    Raises:
        CannotContinueError: the folder has no evidence yet. UsageError: `previous` is no finished run.
    """
    summary = summarise(out)
    difference = compare_runs(previous, out) if previous else None
    (out / PAGE).write_text(report_page(summary, difference), encoding="utf-8")
    write_workbook(out, summary)
