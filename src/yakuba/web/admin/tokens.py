"""Tokens of programs (APIの合い言葉): which program acts as whom, until when; a new one, shown once; the end of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from yakuba.kernel.errors import CannotContinueError
from yakuba.tenancy import queries
from yakuba.tenancy.rights import Action, fiscal_year_end
from yakuba.tenancy.tokens import queries as token_queries
from yakuba.tenancy.tokens.services import make_token, revoke_token
from yakuba.web.admin.confirming import Change, confirmed
from yakuba.web.admin.log_words import who
from yakuba.web.admin.staffing import Day
from yakuba.web.admin.words import until, what
from yakuba.web.components import Cell, Column, Form, Row, Table
from yakuba.web.screens import StaffRequest, screen
from yakuba.web.words import day_of, wareki

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yakuba.tenancy.acting import Actor
    from yakuba.tenancy.tokens.queries import TokenLine

_SHOWN = 3


class New(Form):
    """Whose rights, what for, how long."""

    login = forms.ChoiceField(
        label="利用者",
        help_text="合い言葉は、この利用者の権限で動きます。人がログインしている利用者には作れません。"
        "連携ごとに専用の利用者を登録し、必要な権限だけを付与してください。",
    )
    name = forms.CharField(
        label="用途", max_length=60, help_text="どのシステムが何に使うか。例：統計システム（人口集計）"
    )
    valid_until = forms.DateField(label="終了日", widget=Day, help_text="年度末までが普通です。")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accounts = [one for one in queries.staff(actor) if one.works and not one.last_login and one.id != actor.staff]
        cast("forms.ChoiceField", self.fields["login"]).choices = [
            (one.login, f"{one.name}（{one.login}）") for one in accounts
        ]


@screen(Action.RIGHTS)
def index(request: StaffRequest) -> HttpResponse:
    """APIの合い言葉: those that open something first, then those that are over."""
    every = token_queries.tokens(request.actor)
    now, over = [one for one in every if one.works], [one for one in every if not one.works]
    page = {
        "now": _table(request, "使える合い言葉", now, empty="まだありません。"),
        "over": _table(request, "終わった合い言葉", over),
        "over_count": len(over),
    }
    return render(request, "admin/tokens.html", page)


def _table(request: StaffRequest, caption: str, lines: list[TokenLine], empty: str = "") -> Table:
    heads = (
        "用途",
        "利用者",
        "できること",
        Column("終了日", "nowrap"),
        Column("最終利用日", "nowrap"),
        "作った人",
        Column("取消し", "nowrap"),
    )
    return Table(caption, heads, [_row(request, one) for one in lines], quiet=True, walk=True, empty=empty)


def _row(request: StaffRequest, line: TokenLine) -> Row:
    last_day, marks = until(line.valid_until)
    over = (("取り消し済み", "stop"),) if line.revoked else marks
    take = Cell("取り消す", reverse("admin:revoke_token", args=(line.number,)))
    tried = f"使えないのに {wareki(line.refused_on)} に使われました" if line.refused_on else ""
    return Row(
        (
            Cell(line.name, small=f"{line.number}番"),
            Cell(line.person, reverse("admin:person", args=(line.staff,)), small=line.login),
            _rights(request, line),
            Cell(last_day, chips=over),
            Cell(wareki(line.used_on) or "まだありません", small=tried),
            Cell(who(line.made_by, line.made_by)[0], small=day_of(line.made_at)),
            "" if line.revoked else take,
        ),
        gone=not line.works,
    )


def _rights(request: StaffRequest, line: TokenLine) -> str:
    """What the account may do, in a few words; the rest is on its own page."""
    rights = [what(right) for right in queries.rights_of(request.actor, line.staff) if right.holds]
    more = f" ほか{len(rights) - _SHOWN}件" if len(rights) > _SHOWN else ""
    return "、".join(rights[:_SHOWN]) + more or "権限がありません"


@screen(Action.RIGHTS, methods=("GET", "POST"))
def new(request: StaffRequest) -> HttpResponse:
    """合い言葉を作る. The word is on the page that answers, and nowhere else."""
    start = {"valid_until": fiscal_year_end(timezone.localdate())}
    form = New(request.POST if request.method == "POST" else None, actor=request.actor, initial=start)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            word = make_token(request.actor, given["login"], given["name"], valid_until=given["valid_until"])
        except CannotContinueError as error:
            form.add_error(None, f"{error.message}。{error.remedy}")
        else:
            return render(request, "admin/token.html", {"word": word, "made": given})
    accounts = cast("forms.ChoiceField", form.fields["login"]).choices
    return render(request, "admin/new_token.html", {"form": form, "accounts": bool(accounts)})


@screen(Action.RIGHTS, methods=("GET", "POST"))
def revoke(request: StaffRequest, token: int) -> HttpResponse:
    """合い言葉を取り消す: at once."""
    line = token_queries.token(request.actor, token)
    if line is None:
        raise Http404
    asked = Change(
        f"「{line.name}」の合い言葉を取り消す",
        (("この合い言葉での問合せ", "できる" if line.works else "できない", "できない（すぐに、元には戻せません）"),),
        "取り消す",
        reverse("admin:tokens"),
        stop=True,
    )
    return confirmed(
        request, asked, lambda reason: revoke_token(request.actor, token, reason), "合い言葉を取り消しました。"
    )
