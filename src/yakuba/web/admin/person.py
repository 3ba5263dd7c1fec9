"""Staff (職員): the list, and one person with the rights and their ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from yakuba.tenancy import queries
from yakuba.tenancy.rights import Action
from yakuba.web.admin.log_words import who
from yakuba.web.admin.words import until, what
from yakuba.web.components import Cell, Column, Item, Items, Row, Table
from yakuba.web.screens import StaffRequest, screen
from yakuba.web.words import date_and_time, wareki

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from yakuba.tenancy.queries import Account, Attempts, RightLine

STATES = {
    "": "すべて",
    "works": "利用できる",
    "stopped": "停止中",
    "ended": "期間外",
    "no_factor": "多要素認証が未設定",
}


@screen(Action.RIGHTS)
def index(request: StaffRequest) -> HttpResponse:
    """職員の一覧."""
    everybody = queries.staff(request.actor)
    wanted = {name: request.GET.get(name, "").strip() for name in ("name", "department", "state")}
    shown = [account for account in everybody if _wanted(account, wanted)]
    table = Table(
        "職員",
        ("氏名", "利用者ID", "部署", "利用終了日", "状態", "最終ログイン"),
        [_row(account) for account in shown],
        empty="この条件に合う職員はいません。",
        quiet=True,
        walk=True,
    )
    page = {
        "table": table,
        "wanted": wanted,
        "states": STATES,
        "departments": [department.name for department in queries.departments(request.actor)],
        "found": len(shown),
        "total": len(everybody),
        "failures": _failures(queries.failed_sign_ins(request.actor)),
    }
    return render(request, "admin/staff.html", page)


def _failures(attempts: Sequence[Attempts]) -> Table:
    """Whose sign-in failed lately: a slip, a lock to be opened, or somebody who tries."""
    rows = [
        Row(
            (
                Cell(one.name, reverse("admin:person", args=(one.staff,)), small=one.login),
                f"{one.failed:,}",
                f"{one.refused:,}",
                _moment(one.last_at),
                Cell("", chips=(("受け付けていません", "stop"),)) if one.locked_until else "",
            )
        )
        for one in attempts
    ]
    heads = ("氏名", Column("失敗", "n"), Column("受け付けず", "n"), Column("最後の日時", "nowrap"), "いま")
    return Table("ログインの失敗", heads, rows, quiet=True, empty="この30日間、ログインの失敗はありません。")


def _wanted(account: Account, wanted: dict[str, str]) -> bool:
    return (
        (wanted["name"] in account.name or wanted["name"].lower() in account.login)
        and wanted["department"] in ("", account.department)
        and (not wanted["state"] or wanted["state"] in _states(account))
    )


def _states(account: Account) -> set[str]:
    found = {"works"} if account.works else set()
    if account.stopped_at:
        found.add("stopped")
    if not account.works and not account.stopped_at:
        found.add("ended")
    if not account.second_factor:
        found.add("no_factor")
    return found


def chips(account: Account) -> tuple[tuple[str, str], ...]:
    """State of an account as marks."""
    if account.stopped_at:
        state: tuple[str, str] = ("停止中", "stop")
    else:
        state = ("利用できる", "ok") if account.works else ("期間外", "warn")
    return (state,) if account.second_factor else (state, ("多要素認証が未設定", "warn"))


def _row(account: Account) -> Row:
    name = Cell(account.name, reverse("admin:person", args=(account.id,)))
    last_day, marks = until(account.valid_until)
    return Row(
        (
            name,
            account.login,
            account.department,
            Cell(last_day, chips=marks if account.works else ()),
            Cell("", chips=chips(account)),
            _moment(account.last_login),
        ),
        gone=not account.works,
    )


def found(request: StaffRequest, staff: int) -> Account:
    """The account of an address; another municipality's is a 404 like one that does not exist."""
    account = queries.account(request.actor, staff)
    if account is None:
        raise Http404
    return account


@screen(Action.RIGHTS)
def person(request: StaffRequest, staff: int) -> HttpResponse:
    """一人の職員: the account, what may be done until when, and what was."""
    account = found(request, staff)
    everything = queries.rights_of(request.actor, staff, ended=True)
    today = timezone.localdate()
    now = [right for right in everything if right.revoked_at is None and right.valid_until >= today]
    past = [right for right in everything if right not in now]
    tried = next((one for one in queries.failed_sign_ins(request.actor) if one.staff == staff), None)
    page = {
        "account": account,
        "chips": chips(account),
        "own": account.id == request.actor.staff,
        "items": _items(account),
        "now": _rights("いまの権限", now, mine=account.id == request.actor.staff),
        "past": _past(past),
        "past_count": len(past),
        "locked": _moment(tried.locked_until) if tried else "",
    }
    return render(request, "admin/person.html", page)


def _items(account: Account) -> Items:
    return Items(
        [
            Item("利用者ID", account.login),
            Item("部署", account.department),
            Item("利用開始日", wareki(account.valid_from)),
            Item("利用終了日", wareki(account.valid_until)),
            Item("多要素認証", "設定済み" if account.second_factor else "未設定（次のログインで設定します）"),
            Item("最終ログイン", _moment(account.last_login) or "まだありません"),
            Item("メール", account.email, wide=True),
        ]
    )


def _rights(caption: str, rights: Sequence[RightLine], *, mine: bool) -> Table:
    rows = []
    for right in rights:
        last_day, marks = until(right.valid_until)
        kind = (("一時的", "key"),) if right.exceptional else ()
        waiting = () if right.holds else (("まだ始まっていません", ""),)
        take = Cell("取り消す", reverse("admin:take", args=(right.id,)))
        rows.append(
            Row(
                (
                    Cell(what(right), chips=kind + waiting, small=right.reason),
                    wareki(right.valid_from),
                    Cell(last_day, chips=marks),
                    who(right.granted_by, right.granted_by)[0],
                    "" if mine else take,
                )
            )
        )
    heads = (
        "できること",
        Column("開始日", "nowrap"),
        Column("終了日", "nowrap"),
        "付与した人",
        Column("取消し", "nowrap"),
    )
    return Table(caption, heads, rows, quiet=True, empty="権限はありません。ログインしても何もできません。")


def _past(rights: Sequence[RightLine]) -> Table:
    rows = []
    for right in rights:
        end = f"{_moment(right.revoked_at)}に{right.revoked_by}が取り消し" if right.revoked_at else "期限切れ"
        rows.append(
            Row((Cell(what(right), small=right.reason), wareki(right.valid_from), wareki(right.valid_until), end))
        )
    return Table("終わった権限", ("できたこと", "開始日", "終了日", "終わり方"), rows, quiet=True)


def _moment(at: object) -> str:
    from datetime import datetime

    return date_and_time(timezone.localtime(at)) if isinstance(at, datetime) else ""
