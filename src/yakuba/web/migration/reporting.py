"""The report of a rehearsal, its workbook, and two rehearsals side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render

from yakuba.migration.report.compare import compare_runs
from yakuba.tenancy.audit import record
from yakuba.tenancy.rights import Action
from yakuba.web.components import Bars, Column, Row, Series, Table
from yakuba.web.migration.finding import finished_run
from yakuba.web.screens import StaffRequest, screen

if TYPE_CHECKING:
    from yakuba.migration.report.compare import Difference

PLACE = "移行結果報告"
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)
"""The report is one file with its style inside; it may do nothing else, and stand in no frame but ours."""
_FRAMING = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
"""Of the page around it: as everywhere, and the frame."""
_RULES = 12


@screen(Action.MIGRATE)
def report(request: StaffRequest, move: str, run: int) -> HttpResponse:
    """移行結果報告: the report in a frame that can do nothing."""
    found, one = finished_run(request, move, run)
    response = render(request, "migration/report.html", {"move": found, "run": one})
    response.headers["Content-Security-Policy"] = _FRAMING
    return response


@screen(Action.MIGRATE)
def report_file(request: StaffRequest, move: str, run: int) -> HttpResponse:
    """The report as it lies in the run folder, to the byte."""
    found, one = finished_run(request, move, run)
    record(request.actor, place=PLACE, action="view", detail={"move": found.identifier, "run": run})
    response = HttpResponse((one.folder / "report.html").read_bytes(), content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


@screen(Action.MIGRATE)
def workbook(request: StaffRequest, move: str, run: int) -> FileResponse:
    """findings.xlsx, to be answered by the departments."""
    found, one = finished_run(request, move, run)
    record(request.actor, place=PLACE, action="output", detail={"move": found.identifier, "run": run})
    name = f"指摘一覧_{found.name}_{run}回目.xlsx"
    return FileResponse((one.folder / "findings.xlsx").open("rb"), as_attachment=True, filename=name)


@screen(Action.MIGRATE)
def compare(request: StaffRequest, move: str, run: int, older: int) -> HttpResponse:
    """前回と比べる: what is gone, what is new, what stays."""
    found, one = finished_run(request, move, run)
    before = found.run(older)
    if before is None or not before.finished or older >= run:
        raise Http404
    difference = compare_runs(before.folder, one.folder)
    others = [other for other in found.runs() if other.finished and other.number < run]
    page = {
        "move": found,
        "run": one,
        "before": before,
        "others": others,
        "difference": difference,
        "chart": _chart(difference, older, run),
        "counts": _counts(difference, older, run),
        "rules": _rules(difference),
    }
    return render(request, "migration/compare.html", page)


def _chart(difference: Difference, older: int, newer: int) -> Bars:
    rules = difference.rules[:_RULES]
    series = (
        Series(f"{older}回目", tuple(float(rule.old) for rule in rules)),
        Series(f"{newer}回目", tuple(float(rule.new) for rule in rules)),
    )
    return Bars("多い指摘の移り変わり", tuple(rule.title for rule in rules), series, "件")


def _counts(difference: Difference, older: int, newer: int) -> Table:
    rows = [Row((name, f"{old:,}", f"{new:,}", f"{new - old:+,}")) for name, old, new in difference.counts]
    heads: tuple[Column | str, ...] = (
        "件数",
        Column(f"{older}回目", "n"),
        Column(f"{newer}回目", "n"),
        Column("増減", "n"),
    )
    return Table("件数の増減", heads, rows, quiet=True)


def _rules(difference: Difference) -> Table:
    heads: tuple[Column | str, ...] = (
        "指摘",
        *(Column(name, "n") for name in ("前回", "今回", "解消", "新規", "残り")),
    )
    rows = [
        Row((one.title, *(f"{number:,}" for number in (one.old, one.new, one.gone, one.fresh, one.staying))))
        for one in difference.rules
    ]
    return Table("指摘の増減", heads, rows, quiet=True, empty="どちらにも指摘はありません。")
