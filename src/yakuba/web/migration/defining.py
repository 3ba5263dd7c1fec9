"""The definition on the screen: what was seen in the dump, the text, its faults; further files for it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.registry.moves import services
from yakuba.registry.moves.definition import definition
from yakuba.registry.moves.store import arrival_folder
from yakuba.tenancy.rights import Action
from yakuba.web.components import Cell, Column, Form, Row, Table
from yakuba.web.migration.doubts import doubts
from yakuba.web.migration.finding import found_move, stepper
from yakuba.web.migration.upload import Files, Received, ToDisk
from yakuba.web.screens import StaffRequest, screen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse, HttpResponseBase

    from yakuba.registry.moves.store import Move

_SHOWN = 4


class Text(Form):
    """The text of a definition, and the mark of the text it was made from."""

    seen = forms.CharField(widget=forms.HiddenInput)
    text = forms.CharField(
        label="移行定義（project.toml）",
        help_text="「# !」と「# NOT KNOWN」の行から確かめます。書き方は移行の手引きにあります。",
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "code", "wrap": "off"}),
        max_length=2_000_000,
        strip=False,
    )


class More(Form):
    """Further files."""

    dump = forms.Field(
        label="ファイルを加える",
        help_text="外字対応表、住所辞書、直した行（replay）など。同じ名前のファイルは置き換わります。",
        widget=Files,
        required=False,
    )


@screen(Action.MIGRATE, methods=("GET", "POST"))
def edit(request: StaffRequest, move: str) -> HttpResponse:
    """移行定義を確かめる."""
    found, town = found_move(request, move), request.actor.municipality
    now = definition(found, town)
    form = Text(request.POST if request.method == "POST" else None, initial={"text": now.text, "seen": now.mark})
    problem = now.problem
    if request.method == "POST" and form.is_valid():
        problem = services.save_definition(request.actor, found, form.cleaned_data["text"], form.cleaned_data["seen"])
        if not problem:
            messages.success(request, "移行定義を保存しました。リハーサルを始められます。")
            return redirect("migration:move", found.identifier)
    page = {
        "move": found,
        "form": form,
        "problem": problem,
        "draft": definition(found, town).draft,
        "stepper": stepper(1),
        "sources": _sources(found.sources()),
        "more": More(),
        "files": found.files(),
    }
    return render(request, "migration/definition.html", page)


def _sources(rows: Sequence[dict[str, Any]]) -> Table:
    heads = ("ソース", "形式", "文字コード", Column("列", "n"), Column("見た行", "n"), "割り当ての提案", "確かめること")
    lines = [
        Row(
            (
                Cell(str(row["source"]), small=_some(row["files"])),
                str(row["form"]),
                str(row["encoding"]),
                f"{row['columns']:,}",
                f"{row['records']:,}",
                str(row["group"]),
                doubts(row["doubts"]),
            )
        )
        for row in rows
    ]
    return Table("ファイルを見て分かったこと", heads, lines, quiet=True, empty="まだ見ていません。")


def _some(names: Sequence[str]) -> str:
    """A few names, and that there are more."""
    return "、".join(names[:_SHOWN]) + (f" ほか{len(names) - _SHOWN}個" if len(names) > _SHOWN else "")


@screen(Action.MIGRATE, methods=("POST",))
def drop(request: StaffRequest, move: str) -> HttpResponse:
    """下書きを捨てる."""
    found = found_move(request, move)
    services.discard_draft(request.actor, found)
    messages.success(request, "下書きを捨て、使っている移行定義に戻しました。")
    return redirect("migration:definition", found.identifier)


@csrf_exempt
@screen(Action.MIGRATE, methods=("POST",))
def add(request: StaffRequest, move: str) -> HttpResponseBase:
    """ファイルを加える: into the dump's folder; the proposal is made again where there is no definition yet."""
    found = found_move(request, move)
    incoming = arrival_folder(found.folder)
    handler = ToDisk(request, incoming)
    request.upload_handlers = [handler]
    try:
        return csrf_protect(_added)(request, found, handler)
    finally:
        shutil.rmtree(incoming, ignore_errors=True)


def _added(request: HttpRequest, move: Move, handler: ToDisk) -> HttpResponse:
    staff, files = cast("StaffRequest", request), cast("list[Received]", request.FILES.getlist("dump"))
    try:
        if handler.problem:
            raise UsageError(handler.problem)
        services.add_files(staff.actor, move, files)
    except CannotContinueError as error:
        messages.error(request, f"{error.message}{error.remedy}", extra_tags="stop")
    else:
        messages.success(request, f"{len(files)}個のファイルを加えました。")
    return redirect("migration:definition", move.identifier)
