"""Finding moves and runs for a request: what this municipality does not have is a 404, whoever has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.utils import timezone

from yakuba.registry.moves.store import Move, Run, move_of
from yakuba.web.components import Stepper
from yakuba.web.words import date_and_time

if TYPE_CHECKING:
    from datetime import datetime

    from yakuba.registry.jobs import JobState
    from yakuba.web.screens import StaffRequest

STEPS = ("データを渡す", "移行定義を確かめる", "リハーサル", "決める", "取り込む")


def found_move(request: StaffRequest, move: str) -> Move:
    """The move of an address."""
    found = move_of(request.actor.municipality, move)
    if found is None:
        raise Http404
    return found


def found_run(request: StaffRequest, move: str, run: int) -> tuple[Move, Run]:
    """The move and the run of an address."""
    found = found_move(request, move)
    one = found.run(run)
    if one is None:
        raise Http404
    return found, one


def finished_run(request: StaffRequest, move: str, run: int) -> tuple[Move, Run]:
    """The same for a page that needs the run's result."""
    found, one = found_run(request, move, run)
    if not one.finished:
        raise Http404
    return found, one


def stepper(now: int) -> Stepper:
    """Where the work on a move stands."""
    return Stepper(STEPS, now)


def moment(at: datetime | None) -> str:
    """A moment as the town hall's clock shows it; "" for none."""
    return date_and_time(timezone.localtime(at)) if at else ""


def stage(state: JobState) -> str:
    """What a job is doing, in Japanese: stages are named in both languages ("書き出し write")."""
    words = state.stage.split(" ")
    name = "".join(word for word in words if not word.isascii()) or state.stage
    if state.total is None:
        return name
    return f"{name}（{state.done:,} / {state.total:,}{_UNITS.get(state.unit, state.unit)}）"


_UNITS = {"rows": "行", "files": "ファイル", "tables": "表", "groups": "表", "bytes": "バイト", "records": "件"}
