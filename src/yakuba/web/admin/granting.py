"""Giving rights and taking them away: first what will change, then the change."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from yakuba.kernel.errors import CannotContinueError
from yakuba.tenancy import queries, services
from yakuba.tenancy.acting import NotFoundError
from yakuba.tenancy.rights import ALL, ORDINARY, Action, fiscal_year_end, item_group_labels
from yakuba.web.admin.confirming import Change, confirmed
from yakuba.web.admin.person import found
from yakuba.web.admin.staffing import Day
from yakuba.web.admin.words import business_label, businesses, until, what
from yakuba.web.components import Cell, Form, Row, Table
from yakuba.web.screens import StaffRequest, screen
from yakuba.web.words import wareki

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from yakuba.tenancy.queries import RightLine

_GROUPS = {ORDINARY: "通常の項目", ALL: "すべての項目"}


class _Many(forms.CheckboxSelectMultiple):
    """Boxes beside each other; the list of businesses would be a page long."""

    def __init__(self) -> None:
        super().__init__(attrs={"class": "many"})


class Give(Form):
    """What to allow, with what, how long."""

    actions = forms.MultipleChoiceField(
        label="できること",
        choices=[(action.value, action.label) for action in Action if action.grantable],
        widget=_Many,
    )
    businesses = forms.MultipleChoiceField(
        label="業務", required=False, widget=_Many, help_text="照会と出力は業務ごとに許します。"
    )
    item_groups = forms.MultipleChoiceField(
        label="見てよい項目",
        required=False,
        widget=_Many,
        help_text="印のない項目は、画面でも出力でも伏せます。続柄は伏せられません。",
        initial=[ORDINARY],
    )
    exceptional = forms.BooleanField(label="一時的な権限（31日まで、理由が要ります）", required=False)
    reason = forms.CharField(label="理由", max_length=200, required=False, help_text="一時的な権限のとき。")
    valid_from = forms.DateField(label="開始日", widget=Day)
    valid_until = forms.DateField(label="終了日", widget=Day, help_text="年度末までが普通です。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = _GROUPS | item_group_labels()
        self._field("businesses").choices = [(ALL, "すべての業務"), *businesses().items()]
        self._field("item_groups").choices = [(identifier or "-", label) for identifier, label in labels.items()]

    def _field(self, name: str) -> forms.MultipleChoiceField:
        return cast("forms.MultipleChoiceField", self.fields[name])

    def clean(self) -> dict[str, Any]:
        """What belongs together."""
        given = super().clean() or {}
        by_business = [Action(name) for name in given.get("actions", ()) if Action(name).by_business]
        if by_business and not given.get("businesses"):
            self.add_error("businesses", f"「{by_business[0].label}」の業務を選んでください")
        if by_business and not given.get("item_groups"):
            self.add_error("item_groups", "見てよい項目を選んでください")
        if given.get("exceptional") and not given.get("reason", "").strip():
            self.add_error("reason", "一時的な権限の理由を入力してください")
        return given


@dataclass(frozen=True, slots=True)
class Wanted:
    """One right that is about to be given. there: the same one is held already."""

    action: Action
    business: str
    item_group: str
    valid_from: date
    valid_until: date
    exceptional: bool
    reason: str
    there: bool

    @property
    def text(self) -> str:
        """As the screen says it."""
        if not self.action.by_business:
            return self.action.label
        group = (_GROUPS | item_group_labels())[self.item_group]
        return f"{self.action.label}：{business_label(self.business)}（{group}）"


@screen(Action.RIGHTS, methods=("GET", "POST"))
def give(request: StaffRequest, staff: int) -> HttpResponse:
    """権限の付与: the form, a page with what will change, then the change."""
    account = found(request, staff)
    today = timezone.localdate()
    start = {"valid_from": today, "valid_until": fiscal_year_end(today), "item_groups": ["-"]}
    form = Give(request.POST if request.method == "POST" else None, initial=start)
    page = {"account": account, "form": form, "own": staff == request.actor.staff}
    if request.method != "POST" or not form.is_valid() or request.POST.get("step") == "edit":
        return render(request, "admin/give.html", page)
    wanted = _wanted(form.cleaned_data, queries.rights_of(request.actor, staff))
    try:
        # What is shown for confirmation has been tried: nobody confirms what would then be refused.
        with transaction.atomic():
            _give(request, staff, wanted)
            if request.POST.get("step") != "apply":
                transaction.set_rollback(True)
    except CannotContinueError as error:
        form.add_error(None, f"{error.message}。{error.remedy}")
        return render(request, "admin/give.html", page)
    if request.POST.get("step") == "apply":
        messages.success(request, f"{account.name}さんの権限を変えました。次の操作から効きます。")
        return redirect("admin:person", staff)
    kept = [(name, value) for name, values in request.POST.lists() for value in values if name not in _OWN]
    return render(request, "admin/give_confirm.html", page | {"table": _table(wanted), "kept": kept})


_OWN = ("csrfmiddlewaretoken", "step")


def _wanted(given: dict[str, Any], held: Any) -> list[Wanted]:
    first, last = given["valid_from"], given["valid_until"]
    reason = given["reason"].strip() if given["exceptional"] else ""
    found_ = []
    for name in given["actions"]:
        action = Action(name)
        groups = [group.removeprefix("-") for group in given["item_groups"]]
        if ALL in groups:
            groups = [ALL]
        chosen = [ALL] if ALL in given["businesses"] else given["businesses"]
        pairs = product(chosen, groups) if action.by_business else [("", ORDINARY)]
        for business, group in pairs:
            key = (action.value, business, group, first, last, given["exceptional"])
            there = any(_key(right) == key for right in held)
            found_.append(Wanted(action, business, group, first, last, given["exceptional"], reason, there))
    return found_


def _key(right: RightLine) -> tuple[object, ...]:
    return (right.action, right.business, right.item_group, right.valid_from, right.valid_until, right.exceptional)


def _give(request: StaffRequest, staff: int, wanted: list[Wanted]) -> None:
    for one in wanted:
        if one.there:
            continue
        business, group, last = one.business, one.item_group, one.valid_until
        if one.exceptional:
            services.grant_for_now(
                request.actor, staff, one.action, one.reason, business=business, item_group=group, valid_until=last
            )
        else:
            services.grant(
                request.actor, staff, one.action, business=business, item_group=group,
                valid_from=one.valid_from, valid_until=last,
            )  # fmt: skip


def _table(wanted: list[Wanted]) -> Table:
    rows = [
        Row(
            (
                Cell(one.text, small=one.reason),
                wareki(one.valid_from),
                wareki(one.valid_until),
                Cell("", chips=((("変わりません（もうあります）", "") if one.there else ("付与します", "key")),)),
            )
        )
        for one in wanted
    ]
    return Table("変わること", ("できること", "開始日", "終了日", ""), rows, quiet=True)


@screen(Action.RIGHTS, methods=("GET", "POST"))
def take(request: StaffRequest, right: int) -> HttpResponse:
    """権限の取消し: gone at the holder's next click."""
    line = next((one for one in queries.ending_rights(request.actor, 3650) if one.id == right), None)
    if line is None:
        return _gone(request, right)
    lines = ((what(line), f"{until(line.valid_until)[0]}まで", "いますぐ、できなくなる"),)
    back = reverse("admin:person", args=(line.staff,))
    asked = Change(f"{line.name}さんの権限を取り消す", lines, "取り消す", back, stop=True)
    return confirmed(
        request,
        asked,
        lambda reason: services.revoke(request.actor, right, reason),
        f"{line.name}さんの権限を取り消しました。",
    )


def _gone(request: StaffRequest, right: int) -> HttpResponse:
    """A right that is over: a form sent twice reads that it is done; what never was is a 404."""
    if request.method != "POST":
        raise Http404
    try:
        services.revoke(request.actor, right)
    except NotFoundError as error:
        raise Http404 from error
    messages.success(request, "この権限は、もうありません。")
    return redirect("admin:rights")
