"""The audit viewer (操作ログ): who looked at this person, what this clerk did; whether the chain is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from yakuba.tenancy import audit
from yakuba.tenancy.audit.log import PAGE
from yakuba.tenancy.rights import Action
from yakuba.web.admin.log_words import action, actions, detail, who
from yakuba.web.admin.log_words import place as screen_of
from yakuba.web.admin.staffing import Day
from yakuba.web.components import Cell, Column, Form, Pages, Row, Table
from yakuba.web.screens import StaffRequest, screen
from yakuba.web.words import date_and_time, wareki

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse, QueryDict

    from yakuba.tenancy.audit import Entry

DIGESTS = 31
"""Daily digests that the screen shows; the file has them all."""


class Search(Form):
    """What to look for; all of it together."""

    subject = forms.CharField(label="見られた人の宛名番号", max_length=15, required=False)
    actor = forms.CharField(label="職員の利用者ID", max_length=64, required=False)
    action = forms.ChoiceField(label="操作", required=False)
    place = forms.CharField(label="画面", max_length=120, required=False)
    first = forms.DateField(label="この日から", widget=Day, required=False)
    last = forms.DateField(label="この日まで", widget=Day, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["action"] = forms.ChoiceField(
            label="操作", required=False, choices=[("", "すべて"), *actions().items()]
        )

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        given = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", "「この日から」より後の日にしてください")
        return given

    @property
    def filter(self) -> audit.Filter:
        """For the query; an unreadable form finds as if nothing had been said."""
        return audit.Filter(**self.cleaned_data) if self.is_valid() else audit.Filter()


def searched(query: QueryDict) -> Search:
    """The form as an address says it."""
    return Search({name: query.get(name, "") for name in Search.base_fields}, auto_id="log_%s")


def query(form: Search) -> str:
    """The conditions as part of an address, ending in `&` where there are any."""
    given = {name: str(form.data.get(name, "")) for name in Search.base_fields}
    text = urlencode({name: value for name, value in given.items() if value})
    return f"{text}&" if text else ""


@screen(Action.AUDIT)
def index(request: StaffRequest) -> HttpResponse:
    """操作ログ."""
    form = searched(request.GET)
    page_text = request.GET.get("page", "1")
    at = int(page_text) if page_text.isascii() and page_text.isdigit() and page_text != "0" else 1
    shown: Sequence[Entry] = ()
    count = 0
    if form.is_valid():
        shown, count = audit.entries(request.actor, form.filter, page=at)
    address = f"{reverse('admin:audit')}?{query(form)}"
    wanted = form.filter
    page = {
        "form": form,
        "count": count,
        "subject": wanted.subject,
        "who": wanted.actor,
        "query": query(form),
        "table": table(shown, Pages(at, max(1, -(-count // PAGE)), address)),
    }
    return render(request, "admin/audit.html", page)


def table(shown: Sequence[Entry], pages: Pages | None = None, place: str = "") -> Table:
    """Entries as people read them. place: where a name leads to, default the municipality's log."""
    return Table(
        "操作ログ",
        (Column("番号", "n"), Column("日時", "nowrap"), "職員", "画面", "操作", "対象者", "項目・理由"),
        [_row(entry, place or reverse("admin:audit")) for entry in shown],
        empty="この条件に合う記録はありません。",
        quiet=True,
        pages=pages,
    )


def _row(entry: Entry, place: str) -> Row:
    name, login = who(entry.actor, entry.name)
    reason = f"理由：{entry.reason}" if entry.reason else ""
    lines = [text for text in (_some(entry.items), reason, detail(entry.detail)) if text]
    return Row(
        (
            str(entry.number),
            date_and_time(timezone.localtime(entry.at)),
            Cell(name, f"{place}?{urlencode({'actor': entry.actor})}", small=login),
            screen_of(entry.place),
            action(entry.action),
            Cell(entry.subject, f"{place}?{urlencode({'subject': entry.subject})}") if entry.subject else "",
            Cell(lines[0] if lines else "", small="　".join(lines[1:])),
        )
    )


def _some(items: Sequence[str]) -> str:
    shown = 6
    return "、".join(items[:shown]) + (f" ほか{len(items) - shown}項目" if len(items) > shown else "")


@screen(Action.AUDIT, methods=("GET", "POST"))
def chain(request: StaffRequest) -> HttpResponse:
    """改ざんの検査: the daily digests, and on request every entry of the log computed again."""
    audit.close_days(request.actor)
    checked = request.method == "POST"
    problems = audit.verify(request.actor) if checked else []
    if checked:
        audit.record(request.actor, place="改ざんの検査", action="verify", detail={"problems": len(problems)})
    found = list(audit.digests(request.actor))[::-1]
    rows = [Row((wareki(one.day), f"{one.entries:,}", one.hash)) for one in found[:DIGESTS]]
    days = ("日", Column("その日までの件数", "n"), "ハッシュ（SHA-256）")
    places = [Row((f"{problem.number:,}" if problem.number else "—", problem.what)) for problem in problems]
    page = {
        "checked": checked,
        "problems": problems,
        "places": Table("見つかったこと", (Column("番号", "n"), "内容"), places, quiet=True),
        "digests": Table("日次ダイジェスト", days, rows, quiet=True, empty="最初の一日が終わると、ここに並びます。"),
        "at": date_and_time(timezone.localtime()),
    }
    return render(request, "admin/chain.html", page)
