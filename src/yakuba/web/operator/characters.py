"""文字同定: the collections of glyphs of one's town, or of the towns of the group, and how far each is."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from yakuba.identification import queries
from yakuba.identification.access import towns
from yakuba.identification.services import ask_identification
from yakuba.identification.services.asking import asked
from yakuba.kernel.errors import CannotContinueError
from yakuba.migration.report.refusals import in_japanese
from yakuba.registry.moves.store import arrival_folder, place
from yakuba.tenancy.rights import Action
from yakuba.web import parts
from yakuba.web.components import Form
from yakuba.web.migration.finding import moment, stage
from yakuba.web.migration.upload import Received, ToDisk, limits
from yakuba.web.screens import Audience, StaffRequest, screen

if TYPE_CHECKING:
    from pathlib import Path

    from django.http import HttpRequest, HttpResponse, HttpResponseBase

    from yakuba.registry.jobs import JobState

_FONTS = ".ttf,.otf,.tte,.ttc,.bdf,.png,.jpg,.jpeg,.tif,.tiff,.bmp,.zip"
_CODES = (("", "書体のとおり"), ("unicode", "Unicode"), ("cp932", "シフトJIS（CP932）"))
_ABOUT_CODES = "読み取りのあとに「F040… がどちらとも読める」と出て、読み方が違っていたときだけ選んで渡し直します。"


class New(Form):
    """A font and who uses its characters; the files themselves are taken by `ToDisk`."""

    municipality = forms.ChoiceField(label="団体")
    name = forms.CharField(label="外字の組の名前", max_length=60, help_text="例：旧システムAの外字")
    vendor = forms.CharField(label="ベンダー・システム名", max_length=60, required=False)
    font = forms.Field(
        label="外字の書体または画像", error_messages={"required": "外字の書体または画像を選んでください。"}
    )
    usage = forms.Field(label="使用一覧（CSV、なくてもよい）", required=False)
    codes = forms.ChoiceField(label="符号の読み方", choices=_CODES, required=False, help_text=_ABOUT_CODES)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["municipality"]).choices = choices
        if len(choices) == 1:
            self.fields["municipality"].widget = forms.HiddenInput()
            self.fields["municipality"].initial = choices[0][0]
        self.fields["font"].widget = forms.FileInput({"accept": _FONTS} | limits())
        self.fields["usage"].widget = forms.FileInput({"accept": ".csv"} | limits())
        self.fields["font"].help_text = (
            "TrueType・OpenType（.tte も）・BDF、または一字ごとの画像の zip。"
            f"{filesizeformat(settings.UPLOAD_BYTES)}まで。"
        )
        self.fields["usage"].help_text = (
            "外字コード・人数、または外字コード・氏名・フリガナの列。氏名は読みの手がかりに使い、残しません。"
            "3人以上が使う氏だけを数とともに残します。"
        )


@screen(Action.MIGRATE, audience=Audience.MOVERS)
def index(request: StaffRequest) -> HttpResponse:
    """外字の組の一覧."""
    found = asked(request.actor)
    page = {
        "base": parts.base(request),
        "collections": [
            {"group": group, "progress": progress, "at": moment(group.at)}
            for group, progress in queries.collections(request.actor)
        ],
        "several": not request.actor.municipality,
        "readings": [_reading(town, state) for town, state in found],
        "running": any(not state.state.over for _, state in found),
    }
    return render(request, "operator/characters.html", page)


def _reading(town: str, state: JobState) -> dict[str, object]:
    """One line about a font that is, or was, being read."""
    return {
        "town": town,
        "state": state,
        "stage": stage(state),
        "at": moment(state.ended_at or state.created_at),
        "collection": (state.result or {}).get("collection"),
        "findings": (state.result or {}).get("findings", []),
    }


@screen(Action.MIGRATE, audience=Audience.MOVERS)
def new(request: StaffRequest) -> HttpResponse:
    """外字を渡す."""
    return _new(request)


def _new(request: StaffRequest, problem: str = "", form: New | None = None) -> HttpResponse:
    shown = form or New(choices=_choices(request))
    return render(request, "operator/characters_new.html", {"form": shown, "problem": problem})


def _choices(request: StaffRequest) -> list[tuple[str, str]]:
    return [(one.code, f"{one.name}（{one.code}）") for one in towns(request.actor)]


@csrf_exempt
@screen(Action.MIGRATE, audience=Audience.MOVERS, methods=("POST",))
def upload(request: StaffRequest) -> HttpResponseBase:
    """外字を渡す（アップロード）. The token is checked once the files lie on the disk, within limits."""
    first = next(iter(towns(request.actor)), None)
    incoming = arrival_folder(place(request.actor.municipality or (first.code if first else "")))
    handler = ToDisk(request, incoming)
    request.upload_handlers = [handler]
    try:
        return csrf_protect(_uploaded)(request, handler, incoming)
    finally:
        shutil.rmtree(incoming, ignore_errors=True)


def _uploaded(request: HttpRequest, handler: ToDisk, incoming: Path) -> HttpResponse:
    staff = cast("StaffRequest", request)
    form = New(request.POST, request.FILES, choices=_choices(staff))
    if handler.problem or not form.is_valid():
        return _new(staff, handler.problem, form)
    given = form.cleaned_data
    font = cast("Received", given["font"])
    folder = _put_aside(given["municipality"], incoming, font, cast("Received | None", given["usage"]))
    try:
        ask_identification(
            staff.actor, given["municipality"], folder,
            {
                "font": _stored(font), "usage": "usage.csv" if given["usage"] else "",
                "source": font.name or "", "name": given["name"], "vendor": given["vendor"],
                "codes": given["codes"],
            },
        )  # fmt: skip
    except CannotContinueError as error:
        shutil.rmtree(folder, ignore_errors=True)
        return _new(staff, in_japanese(str(error)), form)
    messages.success(request, "外字を受け取りました。読み取りが終わると、この画面の一覧に出ます。")
    return redirect(reverse("operator:characters"))


def _put_aside(municipality: str, incoming: Path, font: Received, usage: Received | None) -> Path:
    """Move what has arrived to where the job finds it; left-overs there are swept after a day."""
    folder = arrival_folder(place(municipality))
    folder.mkdir(parents=True, mode=0o700)
    font.path.rename(folder / _stored(font))
    if usage:
        usage.path.rename(folder / "usage.csv")
    shutil.rmtree(incoming, ignore_errors=True)
    return folder


def _stored(font: Received) -> str:
    """The font under a name of ours; its ending says what it is, so a known one is kept."""
    ending = "." + (font.name or "").rpartition(".")[2].lower()
    return f"font{ending}" if ending in _FONTS.split(",") else "font"
