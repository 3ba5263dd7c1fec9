"""A move and its rehearsals: what is next, starting one, watching it, its result."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from yakuba.kernel.errors import CannotContinueError
from yakuba.kernel.finding import Severity
from yakuba.migration.report.page import japanese_date
from yakuba.migration.report.refusals import in_japanese
from yakuba.migration.report.summary import summarise
from yakuba.registry import jobs
from yakuba.registry.moves.definition import definition
from yakuba.tenancy.rights import Action
from yakuba.web.components import Cell, Column, Row, Shares, Table
from yakuba.web.migration.finding import found_move, found_run, moment, stage, stepper
from yakuba.web.screens import StaffRequest, screen

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yakuba.migration.report.model import Summary
    from yakuba.registry.moves.store import Move, Run

STOPS_POLLING = 286
"""Status by which htmx knows that there is nothing more to ask for."""


@screen(Action.MIGRATE)
def move(request: StaffRequest, move: str) -> HttpResponse:
    """一つの移行: its rehearsals and what to do next."""
    found = found_move(request, move)
    runs = found.runs()
    problem = definition(found, request.actor.municipality).problem
    last = runs[-1] if runs else None
    page = {
        "move": found,
        "runs": _runs(found, runs),
        "next": len(runs) + 1,
        "problem": problem,
        "last": last,
        "begun": moment(found.at),
        "ready": not problem and (last is None or last.finished),
        "stepper": stepper(_step(last, problem)),
    }
    return render(request, "migration/move.html", page)


def _step(last: Run | None, problem: str) -> int:
    """Which step is next: see `finding.STEPS`."""
    if problem:
        return 1
    if last is None or not last.finished:
        return 2
    if last.loads:
        return 5
    return 3 if last.outcome["questions"] else 4


def _runs(move: Move, runs: list[Run]) -> Table:
    heads: tuple[Column | str, ...] = (
        "リハーサル",
        *(Column(name, "n") for name in ("入力", "移した", "差し戻した", "決めること")),
        "結果",
        "始めた人",
    )
    rows = []
    for run in reversed(runs):
        made = run.outcome
        figures = [f"{made[name]:,}" if made else "" for name in ("records", "loaded", "rejected", "questions")]
        state = Cell("", chips=(_proof(made) if made else ("終わっていません", "key"),))
        number = Cell(f"{run.number}回目", reverse("migration:run", args=(move.identifier, run.number)))
        rows.append(Row((number, *figures, state, Cell(run.by, small=moment(run.at)))))
    return Table("リハーサルの一覧", heads, rows, quiet=True, walk=True, empty="まだ行っていません。")


def _proof(outcome: dict[str, object]) -> tuple[str, str]:
    return ("証明済み", "ok") if outcome["proven"] else ("証明できません", "stop")


@screen(Action.MIGRATE, methods=("POST",))
def start(request: StaffRequest, move: str) -> HttpResponse:
    """リハーサルを始める. The form says the number it wants: sent twice, it starts one."""
    found, actor = found_move(request, move), request.actor
    number = len(found.runs()) + 1
    if definition(found, actor.municipality).problem:
        messages.error(request, "移行定義を直してから始めてください。", extra_tags="stop")
        return redirect("migration:definition", found.identifier)
    if request.POST.get("number") == str(number) and found.claim(number, actor.name):
        try:
            found.note(number, job=_queue(request, found, number))
        except CannotContinueError as error:
            found.give_up(number)
            messages.error(request, in_japanese(str(error)), extra_tags="stop")
            return redirect("migration:move", found.identifier)
    return redirect("migration:run", found.identifier, min(number, len(found.runs())))


def _queue(request: StaffRequest, move: Move, number: int) -> int:
    out = move.folder / "runs" / str(number)
    return jobs.start(request.actor, "migrate", project=str(move.project.resolve()), out=str(out.resolve()))


@screen(Action.MIGRATE, methods=("POST",))
def again(request: StaffRequest, move: str, run: int) -> HttpResponse:
    """続きから: a rehearsal that was broken off goes on where it stood."""
    found, one = found_run(request, move, run)
    state = jobs.state(request.actor, one.job)
    if not one.finished and (state is None or state.state.over):
        try:
            found.note(run, job=_queue(request, found, run))
        except CannotContinueError as error:
            messages.error(request, in_japanese(str(error)), extra_tags="stop")
    return redirect("migration:run", found.identifier, run)


@screen(Action.MIGRATE)
def run(request: StaffRequest, move: str, run: int) -> HttpResponse:
    """リハーサル: its progress while it runs, then its result."""
    found, one = found_run(request, move, run)
    page = {"move": found, "run": one, "begun": moment(one.at)}
    if not one.finished:
        return render(request, "migration/running.html", page | _progress(request, one) | {"stepper": stepper(2)})
    summary = summarise(one.folder)
    loads = [state for job in one.loads if (state := jobs.state(request.actor, job))]
    page |= {
        "summary": summary,
        "as_of": japanese_date(summary.as_of),
        "figures": {name: f"{one.outcome[name]:,}" for name in ("records", "questions", "seconds")},
        "asks": bool(one.outcome["questions"]),
        "warnings": f"{summary.warnings:,}",
        "tiles": _tiles(one.outcome, summary),
        "shares": _shares(summary),
        "decide": _departments(found, one, summary, heavy=True),
        "look": _departments(found, one, summary, heavy=False),
        "others": [other for other in found.runs() if other.finished and other.number < one.number][::-1],
        "loads": [(state, moment(state.ended_at or state.created_at)) for state in loads],
        "stepper": stepper(_step(one, "")),
    }
    return render(request, "migration/run.html", page)


@screen(Action.MIGRATE)
def progress(request: StaffRequest, move: str, run: int) -> HttpResponse:
    """The part of the page that tells how far it is; asked for every second until it is over."""
    found, one = found_run(request, move, run)
    page = {"move": found, "run": one} | _progress(request, one)
    over = one.finished or page["over"]
    response = render(request, "migration/progress.html", page, status=STOPS_POLLING if over else 200)
    if one.finished:
        response.headers["HX-Redirect"] = reverse("migration:run", args=(found.identifier, run))
    return response


def _progress(request: StaffRequest, run: Run) -> dict[str, object]:
    state = jobs.state(request.actor, run.job)
    over = state is None or state.state.over
    return {"state": state, "over": over, "workers": jobs.workers(), "stage": stage(state) if state else ""}


def _tiles(outcome: dict[str, int], summary: Summary) -> list[tuple[str, str, str]]:
    return [
        ("移した行", f"{outcome['loaded']:,}", ""),
        ("名寄せで一つにした行", f"{outcome['merged']:,}", ""),
        ("自動で直した値", f"{summary.corrected_cells:,}", ""),
        ("人の判断が要る", f"{outcome['questions']:,}", "warn" if outcome["questions"] else ""),
        ("差し戻した行", f"{outcome['rejected']:,}", "stop" if outcome["rejected"] else ""),
    ]


def _shares(summary: Summary) -> Shares:
    went = summary.destinations
    parts = (
        ("そのまま移した", went.as_is),
        ("直して移した", went.corrected),
        ("移したが判断待ち", went.waiting),
        ("まとめた", went.merged),
        ("差し戻した", went.rejected),
    )
    return Shares("行の行き先", parts, "行")


def _departments(move: Move, run: Run, summary: Summary, *, heavy: bool) -> Table:
    """What each department has to decide (heavy), or only to look at."""
    place = reverse("migration:questions", args=(move.identifier, run.number))
    rows = [
        Row(
            (
                Cell(department.name),
                Cell(topic.title, f"{place}?{urlencode({'code': topic.code})}" if heavy else ""),
                "、".join(one.value for one in topic.examples if one.value),
                f"{topic.count:,}",
                Cell("", chips=((topic.severity.japanese, _COLOURS[topic.severity]),)),
            )
        )
        for department in summary.departments
        for topic in department.topics
        if (topic.severity in _HEAVY) is heavy
    ]
    heads = (Column("担当課", "nowrap"), "内容", "例", Column("件数", "n"), "重要度")
    caption = "担当課に決めてもらうこと" if heavy else "目を通すこと"
    return Table(caption, heads, rows, quiet=True, walk=heavy, empty="ありません。")


_HEAVY = (Severity.STOP, Severity.ERROR)
_COLOURS = {Severity.STOP: "stop", Severity.ERROR: "warn", Severity.WARNING: "key", Severity.NOTE: ""}
