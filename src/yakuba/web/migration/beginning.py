"""Moves of the municipality, and beginning one: files come by upload or from the server's folder."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, cast
from uuid import uuid4

from django import forms
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.migration.report.refusals import in_japanese
from yakuba.registry.moves import services
from yakuba.registry.moves.definition import propose
from yakuba.registry.moves.material import folders
from yakuba.registry.moves.store import IDENTIFIER, arrival_folder, moves, place
from yakuba.tenancy.rights import Action
from yakuba.web.components import Cell, Column, Form, Row, Table
from yakuba.web.migration.finding import moment, stepper
from yakuba.web.migration.upload import Files, Received, ToDisk
from yakuba.web.screens import StaffRequest, screen

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, HttpResponseBase

    from yakuba.registry.moves.store import Move


class Begin(Form):
    """What both ways ask for."""

    identifier = forms.RegexField(IDENTIFIER, widget=forms.HiddenInput)
    name = forms.CharField(
        label="移行の名前", max_length=60, help_text="例：住民記録 旧システムA（報告書の題になります）"
    )


class BeginWithFolder(Begin):
    """The dump lies on the server."""

    folder = forms.ChoiceField(label="サーバーのフォルダー")

    def __init__(self, *args: object, municipality: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments, handed on
        cast("forms.ChoiceField", self.fields["folder"]).choices = [(one, one) for one in folders(municipality)]


class BeginWithUpload(Begin):
    """The dump comes through the browser; the files themselves are taken by `ToDisk`."""

    dump = forms.Field(
        label="移行元データのファイル",
        help_text="CSV・固定長・Excel・zip。外字対応表や移行定義（project.toml）があれば一緒に選びます。",
        widget=Files,
        required=False,
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments, handed on
        most = f"一度に{settings.UPLOAD_FILES}個、{filesizeformat(settings.UPLOAD_BYTES)}まで。"
        self.fields["dump"].help_text = f"{self.fields['dump'].help_text}{most}"


@screen(Action.MIGRATE)
def index(request: StaffRequest) -> HttpResponse:
    """データ移行: all moves, newest first."""
    table = Table(
        "移行の一覧",
        ("移行の名前", Column("リハーサル", "n"), "いまの状態", "始めた人", "始めた日時"),
        [_row(move) for move in moves(request.actor.municipality)],
        empty="まだありません。「新しい移行を始める」から、旧システムから取り出したデータを渡してください。",
        walk=True,
        quiet=True,
    )
    return render(request, "migration/index.html", {"table": table})


def _row(move: Move) -> Row:
    runs = move.runs()
    last = runs[-1] if runs else None
    if last is None:
        state: Cell | str = "移行定義を確かめてください"
    elif not last.finished:
        state = Cell(f"リハーサル {last.number}回目", chips=(("終わっていません", "key"),))
    elif not last.outcome["proven"]:
        state = Cell(f"リハーサル {last.number}回目", chips=(("証明できません", "stop"),))
    else:
        waiting = f"決めること {last.outcome['questions']:,}件"
        chip = (waiting, "warn") if last.outcome["questions"] else ("決めることはありません", "ok")
        state = Cell(f"リハーサル {last.number}回目", chips=(("証明済み", "ok"), chip))
    return Row(
        (
            Cell(move.name, reverse("migration:move", args=(move.identifier,))),
            str(len(runs)),
            state,
            move.by,
            moment(move.at),
        )
    )


@screen(Action.MIGRATE)
def new(request: StaffRequest) -> HttpResponse:
    """新しい移行: both ways to hand a dump over."""
    return _new(request)


def _new(request: StaffRequest, problem: str = "", **given: Begin) -> HttpResponse:
    start, town = {"identifier": uuid4().hex[:16]}, request.actor.municipality
    forms_ = {
        "upload": BeginWithUpload(initial=start, prefix=None, auto_id="upload_%s"),
        "folder": BeginWithFolder(initial=start, municipality=town, auto_id="folder_%s"),
    }
    ready = folders(town)
    page = {"stepper": stepper(0), "problem": problem, "ready": ready, "town": town, **forms_, **given}
    return render(request, "migration/new.html", page)


@csrf_exempt
@screen(Action.MIGRATE, methods=("POST",))
def upload(request: StaffRequest) -> HttpResponseBase:
    """新しい移行（アップロード）. The token is checked once the files lie on the disk, within limits."""
    incoming = arrival_folder(place(request.actor.municipality))
    handler = ToDisk(request, incoming)
    request.upload_handlers = [handler]
    try:
        return csrf_protect(_uploaded)(request, handler)
    finally:
        shutil.rmtree(incoming, ignore_errors=True)


def _uploaded(request: HttpRequest, handler: ToDisk) -> HttpResponse:
    staff = cast("StaffRequest", request)
    form = BeginWithUpload(request.POST, request.FILES, auto_id="upload_%s")
    files = cast("list[Received]", request.FILES.getlist("dump"))
    if handler.problem:
        return _new(staff, handler.problem, upload=form)
    if not form.is_valid():
        return _new(staff, upload=form)
    actor, given = staff.actor, form.cleaned_data
    try:
        move = services.begin_with_upload(actor, given["identifier"], given["name"], files)
    except UsageError as error:
        return _new(staff, f"{error.message}{error.remedy}", upload=form)
    return _begun(staff, move)


@screen(Action.MIGRATE, methods=("POST",))
def folder(request: StaffRequest) -> HttpResponse:
    """新しい移行（サーバーのフォルダー）."""
    actor = request.actor
    form = BeginWithFolder(request.POST, municipality=actor.municipality, auto_id="folder_%s")
    if not form.is_valid():
        return _new(request, folder=form)
    given = form.cleaned_data
    try:
        move = services.begin_with_folder(actor, given["identifier"], given["name"], given["folder"])
    except UsageError as error:
        return _new(request, f"{error.message}{error.remedy}", folder=form)
    return _begun(request, move)


def _begun(request: StaffRequest, move: Move) -> HttpResponse:
    """The dump is in: look at it and show what was proposed."""
    try:
        propose(move, request.actor.municipality)
    except CannotContinueError as error:
        messages.error(request, f"移行定義を提案できませんでした。{in_japanese(str(error))}", extra_tags="stop")
    return redirect("migration:definition", move.identifier)
