"""Loads and exports (取込みと書出し): what came in, what went out, the way to another vendor."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from yakuba.kernel.errors import CannotContinueError
from yakuba.layouts.read import standard
from yakuba.registry import jobs, queries
from yakuba.tenancy.audit import record
from yakuba.tenancy.rights import Action
from yakuba.web.components import Cell, Column, Form, Row, Table
from yakuba.web.migration.finding import stage
from yakuba.web.screens import StaffRequest, screen
from yakuba.web.words import date_and_time, wareki

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yakuba.registry.jobs import JobState

_KINDS = {"done": "ok", "failed": "stop", "cancelled": "warn", "running": "key", "queued": ""}
_FAMILIES = {"kihon": "基本データリスト（最新版）", "chukan": "中間標準レイアウト（最新版）"}


class Export(Form):
    """Which standard to write."""

    standard = forms.ChoiceField(label="書き出す標準", choices=list(_FAMILIES.items()), widget=forms.RadioSelect)


@screen(Action.EXPORT)
def index(request: StaffRequest) -> HttpResponse:
    """取込みと書出し."""
    working = [job for job in jobs.newest(request.actor) if not job.state.over]
    page = {
        "loads": _loads(request),
        "exports": _jobs("書出し", jobs.newest(request.actor, "export")),
        "taken": _jobs("取込みの仕事", jobs.newest(request.actor, "load")),
        "working": working,
        "workers": jobs.workers(),
    }
    template = "admin/files_part.html" if request.htmx else "admin/files.html"
    return render(request, template, page)


def _loads(request: StaffRequest) -> Table:
    rows = [
        Row(
            (
                date_and_time(timezone.localtime(load.at)),
                wareki(load.as_of),
                load.standard,
                f"{load.rows:,}",
                load.by,
                Cell(load.evidence[:16], small=f"署名者 {load.signer}"),
            )
        )
        for load in queries.loads(request.actor)
    ]
    heads = ("取り込んだ日時", "基準日", "標準", Column("記録", "n"), "操作した人", "証拠")
    return Table("取り込んだ記録", heads, rows, quiet=True, empty="まだ取り込んでいません。")


def _jobs(caption: str, found: list[JobState]) -> Table:
    rows = []
    for job in found:
        text = job.message if job.state.over else stage(job)
        file = _file(job)
        mark = Cell("", chips=((job.state.label, _KINDS[job.state.value]),))
        rows.append(Row((date_and_time(timezone.localtime(job.created_at)), job.login, mark, text, file)))
    heads = ("受け付けた日時", "操作した人", "状態", "内容", "ファイル")
    return Table(caption, heads, rows, quiet=True, empty="まだありません。")


def _file(job: JobState) -> Cell:
    """The way to what was written, while it is there."""
    if job.result.get("removed"):
        return Cell("", small=f"{wareki(date.fromisoformat(job.result['removed']))}に消しました")
    if not job.result.get("file") or job.ended_at is None:
        return Cell("")
    last = timezone.localdate(job.ended_at) + timedelta(days=settings.OUTPUT_DAYS)
    return Cell("受け取る", reverse("admin:download", args=(job.id,)), small=f"{wareki(last)}まで")


@screen(Action.EXPORT, methods=("GET", "POST"))
def export(request: StaffRequest) -> HttpResponse:
    """全件の書出し: asks once, with what will be in it."""
    form = Export(request.POST if request.method == "POST" else None, initial={"standard": "kihon"})
    if request.method == "POST" and form.is_valid():
        try:
            jobs.start(request.actor, "export", standard=form.cleaned_data["standard"])
        except CannotContinueError as error:
            form.add_error(None, f"{error.message}。{error.remedy}")
        else:
            messages.success(request, "書出しを受け付けました。終わると、この画面から受け取れます。")
            return redirect("admin:files")
    counts = [(label, len(standard(name).layouts)) for name, label in _FAMILIES.items()]
    page = {"form": form, "counts": counts, "days": settings.OUTPUT_DAYS}
    return render(request, "admin/export.html", page)


@screen(Action.EXPORT)
def download(request: StaffRequest, job: int) -> FileResponse:
    """The zip of an export that is done."""
    state, folder = jobs.state(request.actor, job), jobs.folder(request.actor, job)
    name = str(state.result.get("file", "")) if state and state.kind == "export" else ""
    path = folder / name if folder and name else None
    if path is None or not path.is_file():
        raise Http404
    record(request.actor, place="全件の書出し", action="output", detail={"job": job})
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"export_{request.actor.municipality}_{job}.zip")
