"""Accounts: made, changed, stopped, let work again; a first password is shown once and never again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from yakuba.kernel.errors import UsageError
from yakuba.tenancy import queries, services
from yakuba.tenancy.rights import Action, fiscal_year_end
from yakuba.web.admin.confirming import Change, confirmed
from yakuba.web.admin.person import found
from yakuba.web.components import Form
from yakuba.web.screens import StaffRequest, screen
from yakuba.web.words import wareki

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yakuba.tenancy.acting import Actor


class Day(forms.DateInput):
    """A day, with the browser's own calendar."""

    input_type = "date"

    def format_value(self, value: Any) -> str | None:
        """As the browser wants it."""
        return value.isoformat() if isinstance(value, date) else value or None


class Account(Form):
    """What can be said of an account."""

    name = forms.CharField(label="氏名", max_length=60)
    department = forms.ChoiceField(label="部署", required=False)
    valid_until = forms.DateField(label="利用終了日", widget=Day, help_text="年度末までが普通です。")
    email = forms.EmailField(label="メール", required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(str(one.id), one.name) for one in queries.departments(actor)]
        cast("forms.ChoiceField", self.fields["department"]).choices = [("", "（部署なし）"), *known]

    @property
    def said(self) -> dict[str, Any]:
        """For the service."""
        given = dict(self.cleaned_data)
        return given | {"department": int(given["department"]) if given["department"] else None}


class NewAccount(Account):
    """And of one that is not there yet."""

    login = forms.CharField(label="利用者ID", max_length=64, help_text="英小文字・数字と . _ @ - で3文字以上。")
    field_order = ("login", "name", "department", "valid_until", "email")


@screen(Action.RIGHTS, methods=("GET", "POST"))
def new(request: StaffRequest) -> HttpResponse:
    """職員の登録. The first password is on the page that answers, and nowhere else."""
    start = {"valid_until": fiscal_year_end(timezone.localdate())}
    form = NewAccount(request.POST if request.method == "POST" else None, actor=request.actor, initial=start)
    if request.method == "POST" and form.is_valid():
        said = form.said
        login = said.pop("login")
        try:
            made, password = services.add_staff(request.actor, login, said.pop("name"), **said)
        except UsageError as error:
            form.add_error("login" if "利用者ID" in error.message else None, f"{error.message}。{error.remedy}")
        else:
            page = {"account": queries.account(request.actor, made), "password": password, "made": True}
            return render(request, "admin/password.html", page)
    return render(
        request, "admin/account.html", {"form": form, "title": "職員の登録", "button": "登録する", "back": _list()}
    )


@screen(Action.RIGHTS, methods=("GET", "POST"))
def change(request: StaffRequest, staff: int) -> HttpResponse:
    """職員の変更."""
    account = found(request, staff)
    start = {
        "name": account.name,
        "department": str(account.department_id or ""),
        "valid_until": account.valid_until,
        "email": account.email,
    }
    form = Account(request.POST if request.method == "POST" else None, actor=request.actor, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_staff(request.actor, staff, **form.said)
        except UsageError as error:
            form.add_error(None, f"{error.message}。{error.remedy}")
        else:
            messages.success(request, f"{form.said['name']}さんの登録を変えました。")
            return redirect("admin:person", staff)
    page = {"form": form, "title": f"{account.name}さんの登録を変える", "button": "保存する", "back": _person(staff)}
    return render(request, "admin/account.html", page)


@screen(Action.RIGHTS, methods=("GET", "POST"))
def stop(request: StaffRequest, staff: int) -> HttpResponse:
    """利用停止: at once, also where the person is signed in."""
    account = found(request, staff)
    asked = Change(
        f"{account.name}さんの利用を停止する",
        (
            ("利用", "できる" if account.works else "できない", "できない"),
            ("ログイン中の画面", "使える", "次の操作で終わる"),
        ),
        "停止する",
        _person(staff),
        stop=True,
    )
    return confirmed(
        request, asked, lambda reason: services.stop_staff(request.actor, staff, reason), "利用を停止しました。"
    )


@screen(Action.RIGHTS, methods=("GET", "POST"))
def restart(request: StaffRequest, staff: int) -> HttpResponse:
    """利用再開."""
    account = found(request, staff)
    asked = Change(
        f"{account.name}さんの利用を再開する",
        (("利用", "停止中", _again(account.valid_until)), ("権限", "—", "期限の残っているものだけが戻る")),
        "再開する",
        _person(staff),
    )
    return confirmed(
        request, asked, lambda reason: services.restart_staff(request.actor, staff, reason), "利用を再開しました。"
    )


def _again(until: date) -> str:
    over = until < timezone.localdate()
    return "利用終了日を過ぎているため、できないまま" if over else f"できる（{wareki(until)}まで）"


@screen(Action.RIGHTS, methods=("GET", "POST"))
def factor(request: StaffRequest, staff: int) -> HttpResponse:
    """多要素認証の初期化: after a lost telephone."""
    account = found(request, staff)
    asked = Change(
        f"{account.name}さんの多要素認証を初期化する",
        (
            ("多要素認証", "設定済み" if account.second_factor else "未設定", "次のログインで設定し直す"),
            ("ログイン中の画面", "使える", "次の操作で終わる"),
        ),
        "初期化する",
        _person(staff),
        stop=True,
    )
    done = "多要素認証を初期化しました。"
    return confirmed(request, asked, lambda reason: services.forget_second_factor(request.actor, staff, reason), done)


@screen(Action.RIGHTS, methods=("POST",))
def unlock(request: StaffRequest, staff: int) -> HttpResponse:
    """ロックの解除: after a slip, without a new password."""
    account = found(request, staff)
    services.unlock(request.actor, staff)
    messages.success(request, f"{account.name}さんのログインを、また受け付けます。")
    return redirect("admin:person", staff)


@screen(Action.RIGHTS, methods=("GET", "POST"))
def password(request: StaffRequest, staff: int) -> HttpResponse:
    """パスワードの初期化."""
    account = found(request, staff)
    if request.method == "POST":
        page = {"account": account, "password": services.new_password(request.actor, staff), "made": False}
        return render(request, "admin/password.html", page)
    asked = Change(
        f"{account.name}さんのパスワードを初期化する",
        (
            ("パスワード", "本人が決めたもの", "初回用のもの（次の画面に一度だけ出ます）"),
            ("ログインの失敗によるロック", "あれば解ける", "なし"),
            ("ログイン中の画面", "使える", "次の操作で終わる"),
        ),
        "初期化する",
        _person(staff),
        stop=True,
        reason=False,
    )
    return render(request, "admin/confirm.html", {"asked": asked})


def _person(staff: int) -> str:
    return reverse("admin:person", args=(staff,))


def _list() -> str:
    return reverse("admin:staff")
