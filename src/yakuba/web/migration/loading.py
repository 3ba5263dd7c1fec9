"""Loading a proven rehearsal into the registry: a page that shows what will change, then a job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render

from yakuba.kernel.errors import CannotContinueError
from yakuba.migration.report.page import japanese_date
from yakuba.migration.report.refusals import in_japanese
from yakuba.migration.report.summary import summarise
from yakuba.registry import jobs, queries
from yakuba.tenancy.rights import Action
from yakuba.web.admin.words import businesses
from yakuba.web.components import Column, Form, Row, Table
from yakuba.web.migration.finding import finished_run, moment, stepper
from yakuba.web.screens import StaffRequest, screen
from yakuba.web.words import wareki

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from yakuba.migration.report.model import Summary
    from yakuba.registry.moves.store import Move, Run
    from yakuba.registry.queries import LoadShown


class Confirm(Form):
    """The last question before records change."""

    sure = forms.BooleanField(
        label="この内容で取り込みます",
        error_messages={"required": "内容を確かめて、印を付けてください。"},
    )


@screen(Action.LOAD, methods=("GET", "POST"))
def load(request: StaffRequest, move: str, run: int) -> HttpResponse:
    """住民情報に取り込む: asks once more, with what is there now and what will be."""
    found, one = finished_run(request, move, run)
    summary = summarise(one.folder)
    before = _giving_way(summary, queries.loads(request.actor))
    form = Confirm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and summary.proven and form.is_valid() and _start(request, found, one, bool(before)):
        return redirect("migration:run", found.identifier, run)
    page = {
        "move": found,
        "run": one,
        "summary": summary,
        "before": [(moment(one.at), wareki(one.as_of), f"{one.rows:,}", one.by) for one in before],
        "form": form,
        "coming": _coming(summary),
        "as_of": japanese_date(summary.as_of),
        "stepper": stepper(4),
    }
    return render(request, "migration/load.html", page)


def _giving_way(summary: Summary, loads: Sequence[LoadShown]) -> list[LoadShown]:
    """Loads of the same businesses: they give way to this one."""
    coming = {str(group["group"]).partition("/")[0] for group in summary.groups}
    return [one for one in loads if coming & {_business(layout) for layout in one.layouts}]


def _business(layout: str) -> str:
    """Official name of the business of a layout's id (kihon/2023-09/001_juminkihondaicho); 予備 has its own."""
    name = layout.rpartition("/")[2]
    return businesses().get(name.partition("_")[2], name)


def _start(request: StaffRequest, move: Move, run: Run, replace: bool) -> bool:
    try:
        job = jobs.start(request.actor, "load", run=str(run.folder.resolve()), replace=replace)
    except CannotContinueError as error:
        messages.error(request, in_japanese(str(error)), extra_tags="stop")
        return False
    if job not in run.loads:
        move.note(run.number, load=job)
    messages.success(request, "取込みを受け付けました。終わるまでこの画面で待つ必要はありません。")
    return True


def _coming(summary: Summary) -> Table:
    rows = [Row((str(group["group"]), f"{group['loaded']:,}")) for group in summary.groups]
    return Table("取り込む記録", ("表", Column("行", "n")), rows, quiet=True)
