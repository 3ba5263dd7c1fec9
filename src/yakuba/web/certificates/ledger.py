"""交付台帳: the list, one entry with everything that happened to it, void, undo, reprint; 交付履歴 of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from yakuba.certificates.kinds import kinds
from yakuba.issuance import queries, services
from yakuba.issuance.errors import AlarmError, ChangedSinceError, RefusedError
from yakuba.issuance.events import Happened, Validity
from yakuba.issuance.queries.ledger import PAGE
from yakuba.issuance.queries.requests import entry_of_request
from yakuba.kernel.errors import UsageError
from yakuba.tenancy.rights import Action
from yakuba.web.admin.staffing import Day
from yakuba.web.certificates.confirming import Why, confirm
from yakuba.web.certificates.giving import paper
from yakuba.web.certificates.notices import attention
from yakuba.web.components import Cell, Column, Form, Item, Items, Moment, Pages, Row, Table, Timeline
from yakuba.web.counter.people import address
from yakuba.web.screens import StaffRequest, screen
from yakuba.web.words import date_and_time

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID


class Search(Form):
    """What to look for in the ledger."""

    number = forms.CharField(label="発行番号", max_length=30, required=False)
    subject = forms.CharField(label="宛名番号", max_length=15, required=False)
    kind = forms.ChoiceField(label="証明書", required=False)
    first = forms.DateField(label="この日から", widget=Day, required=False)
    last = forms.DateField(label="この日まで", widget=Day, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(name, one.label) for name, one in kinds().items()]
        self.fields["kind"] = forms.ChoiceField(label="証明書", required=False, choices=[("", "すべて"), *known])


class Void(Form):
    """Why a paper is not valid any more."""

    why = forms.ChoiceField(
        label="区分", choices=[(one.value, one.label) for one in Happened if one.ends], widget=forms.RadioSelect
    )
    replaced_by = forms.CharField(
        label="差替え後の発行番号", max_length=30, required=False, help_text="差替えのときだけ"
    )
    reason = forms.CharField(
        label="理由", max_length=200, help_text="操作ログに残ります。",
        error_messages={"required": "理由を入力してください"},
    )  # fmt: skip


@screen(Action.ISSUE)
def ledger(request: StaffRequest) -> HttpResponse:
    """交付台帳."""
    form = Search({name: request.GET.get(name, "") for name in Search.base_fields}, auto_id="ledger_%s")
    wanted = queries.Filter(**form.cleaned_data) if form.is_valid() else queries.Filter()
    text = request.GET.get("page", "1")
    at = int(text) if text.isascii() and text.isdigit() and text != "0" else 1
    lines, count = queries.ledger(request.actor, wanted, page=at)
    given = urlencode({name: value for name, value in form.data.items() if value})
    here = f"{reverse('certificates:ledger')}?{given}{'&' if given else ''}"
    shown = {
        "form": form,
        "count": count,
        "table": table(lines, Pages(at, max(1, -(-count // PAGE)), here)),
        "attention": attention(request.actor),
    }
    return render(request, "certificates/ledger.html", shown)


@screen(Action.ISSUE)
def history(request: StaffRequest, addressee: str) -> HttpResponse:
    """交付履歴 of a person."""
    person = queries.person(request.actor, addressee)
    if person is None:
        raise Http404
    shown = {
        "name": person.name,
        "address": address(addressee),
        "table": table(queries.history(request.actor, addressee)),
        "registered": queries.registered(request.actor, addressee),
        "notice_address": reverse("certificates:notice", args=[addressee]),
    }
    return render(request, "certificates/history.html", shown)


@screen(Action.ISSUE)
def entry(request: StaffRequest, issue: int) -> HttpResponse:
    """One entry of the ledger."""
    found = queries.entry(request.actor, issue)
    if found is None:
        raise Http404
    valid = found.line.state is Validity.VALID
    may = request.actor.may(Action.VOID)
    shown = {
        "entry": found,
        "valid": valid,
        "items": Items(list(_items(found))),
        "members": Table(
            "記載した人", ("氏名", "宛名番号"),
            [
                Row((Cell(name or "—", address(number) if number else "", name=True), number))
                for number, name in found.members
            ],
            quiet=True,
        ),
        "happened": Timeline([
            Moment(one.kind.label, date_and_time(timezone.localtime(one.at)), "　".join(
                text for text in (one.reason, one.about, one.login) if text)) for one in reversed(found.happened)
        ]),
        "void_address": reverse("certificates:void", args=[issue]) if may and valid else "",
        "undo_address": reverse("certificates:undo", args=[issue]) if may and not valid else "",
        "reprint_address": reverse("certificates:reprint", args=[issue]) if valid else "",
    }  # fmt: skip
    return render(request, "certificates/entry.html", shown)


@screen(Action.ISSUE)
def asked(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """What became of a request: to its entry, or that nothing was given yet."""
    found = entry_of_request(request.actor, request_id)
    if found:
        return redirect("certificates:entry", issue=found)
    return render(request, "certificates/request.html", {"attention": attention(request.actor)}, status=404)


@screen(Action.VOID, methods=("GET", "POST"))
def void(request: StaffRequest, issue: int) -> HttpResponse:
    """書損・取消し・差替え."""
    found = _found(request, issue)
    form = Void(request.POST if request.method == "POST" else {"why": Happened.SPOILED.value})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.void(
                request.actor, issue, said["reason"], why=Happened(said["why"]), replaced_by=said["replaced_by"]
            )
        except UsageError as error:
            form.add_error(None, f"{error.message}。{error.remedy}")
        else:
            messages.success(request, f"{found.line.number} を無効にしました。")
            return redirect("certificates:entry", issue=issue)
    if request.method == "GET":
        form.errors.clear()
    return _confirm(request, found, "この証明書を無効にしますか", form, "無効にする", stop=True)


@screen(Action.VOID, methods=("GET", "POST"))
def undo(request: StaffRequest, issue: int) -> HttpResponse:
    """反対記入: take the last void back."""
    found = _found(request, issue)
    form = Why(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.counter_entry(request.actor, issue, form.cleaned_data["reason"])
        except UsageError as error:
            form.add_error(None, f"{error.message}。{error.remedy}")
        else:
            messages.success(request, f"{found.line.number} は有効にもどりました。前の記録も残っています。")
            return redirect("certificates:entry", issue=issue)
    return _confirm(request, found, "無効の記録を取り消しますか", form, "有効にもどす")


@screen(Action.ISSUE, methods=("GET", "POST"))
def reprint(request: StaffRequest, issue: int) -> HttpResponse:
    """再印刷: the same paper under its number."""
    found = _found(request, issue)
    form = Why(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            issued = services.reprint(request.actor, issue, form.cleaned_data["reason"])
        except (UsageError, ChangedSinceError, RefusedError, AlarmError) as error:
            form.add_error(None, f"{error.message}。{error.remedy}")
        else:
            return paper(issued.pdf, issued.number)
    return _confirm(request, found, "同じ番号で、もう一度印刷しますか", form, "再印刷する")


def table(lines: Iterable[queries.Line], pages: Pages | None = None) -> Table:
    """Entries as people read them."""
    return Table(
        "交付台帳",
        ("発行番号", Column("日時", "w"), "証明書", "本人", "請求者", "経路", Column("手数料", "n"), "状態"),
        [_row(one) for one in lines],
        empty="この条件に合う交付はありません。",
        quiet=True,
        walk=True,
        pages=pages,
    )


def _row(one: queries.Line) -> Row:
    more = f"（{one.people}人）" if one.people > 1 else ""
    chips = ((one.ended, "stop"),) if one.ended else ()
    return Row(
        (
            Cell(one.number, reverse("certificates:entry", args=[one.entry])),
            date_and_time(timezone.localtime(one.at)),
            one.label,
            Cell(f"{one.name or '—'}{more}", name=True, small=one.subject),
            one.role,
            one.channel,
            f"{one.fee:,}円",
            Cell(one.state.label if not one.ended else "", chips=chips),
        ),
        gone=bool(one.ended),
    )


def _items(found: queries.Entry) -> Iterable[Item]:
    line, asking = found.line, found.requester
    texts = {
        "証明書": line.label, "交付日時": date_and_time(timezone.localtime(line.at)), "枚数": f"{found.pages}枚",
        "記載事項": "、".join(found.choices), "請求者": line.role, "請求者の氏名・名称": str(asking.get("name", "")),
        "請求者の住所": str(asking.get("address", "")), "本人確認書類": "、".join(found.documents),
        "委任状": "確認した" if asking.get("mandate") else "", "使用目的・提出先": str(asking.get("purpose", "")),
        "疎明資料": str(asking.get("evidence", "")), "印鑑登録証": str(asking.get("card", "")),
        "手数料": f"{line.fee:,}円", "免除の理由": found.exemption, "経路": line.channel, "部署": found.place,
        "交付した職員": line.login, "受付": found.request, "記載のダイジェスト": found.data_digest,
        "文書のダイジェスト": found.document_digest,
    }  # fmt: skip
    return (Item(label, text, wide=len(text) > _WIDE) for label, text in texts.items() if text)


_WIDE = 20


def _found(request: StaffRequest, issue: int) -> queries.Entry:
    found = queries.entry(request.actor, issue)
    if found is None:
        raise Http404
    return found


def _confirm(
    request: StaffRequest, found: queries.Entry, title: str, form: Form, button: str, *, stop: bool = False
) -> HttpResponse:
    back = reverse("certificates:entry", args=[found.line.entry])
    line = found.line
    about = Items([
        Item("発行番号", line.number), Item("証明書", line.label), Item("本人", line.name or "—", name=True),
        Item("交付日時", date_and_time(timezone.localtime(line.at))),
    ])  # fmt: skip
    return confirm(request, title, about, form, button, back, stop=stop)
