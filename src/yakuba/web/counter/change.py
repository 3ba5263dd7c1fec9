"""異動入力: why, what, before and after, record it; whoever comes second is told, and loses nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from yakuba.kernel.errors import CannotContinueError
from yakuba.registry import queries, services
from yakuba.registry.services import ChangedMeanwhileError
from yakuba.tenancy.rights import Action
from yakuba.web.components import Cell, Notice, Row, Stepper, Table
from yakuba.web.counter import reasons
from yakuba.web.counter.change_form import KEY, SEEN, Asked, Typed, asked_of, days, start
from yakuba.web.counter.people import JUKI, NAMES, address, notices
from yakuba.web.screens import StaffRequest, screen
from yakuba.web.words import date_and_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import HttpResponse

    from yakuba.registry.queries import Draft, Entry

_STEPS = ("異動事由", "入力", "確認")
_CHOOSE, _TYPE, _CONFIRM = range(3)


@screen(Action.WRITE, business=JUKI, methods=("GET", "POST"))
def change(request: StaffRequest, addressee: str) -> HttpResponse:
    """One change of one person, step by step; every step is a page, so it works without scripts."""
    asked = asked_of(request)
    why = reasons.given(request, addressee)
    entry = queries.entry(request.actor, addressee, asked.items, why=asked.why, reason=why)
    if entry is None:
        raise Http404
    if entry.person.sealed:
        return redirect(address(addressee))
    if entry.refused or asked.why not in dict(entry.reasons):
        return _choose(request, entry)
    step = request.POST.get("step", "")
    if step not in ("confirm", "write"):
        return _type(request, entry, asked)
    draft = queries.draft(request.actor, addressee, {entry.reason_item: asked.why} | asked.changed, reason=why)
    if draft is None:
        raise Http404
    if draft.version != asked.version:
        return _meanwhile(request, entry, asked, draft)
    form = Typed(entry, asked, bound=True)
    told = _problems(form, draft)
    if not form.is_valid() or told:
        return _type(request, entry, asked, form=form, told=told)
    return _write(request, entry, asked, draft) if step == "write" else _confirm(request, entry, asked, draft)


def _problems(form: Typed, draft: Draft) -> list[Notice]:
    """What forbids the change: beside the field it is about, or above the form."""
    above = []
    for name, sentence in draft.problems.items():
        if KEY + name in form.fields:
            form.add_error(KEY + name, sentence)
        else:
            above.append(Notice(f"{name}：{sentence}" if name else sentence, "", "warn"))
    return above


def _page(entry: Entry, step: int, template: str, request: StaffRequest, more: dict[str, object]) -> HttpResponse:
    """What every step shows: who it is, the warnings, where one is."""
    shown = {
        "name": entry.person.name,
        "addressee": entry.person.addressee,
        "back": address(entry.person.addressee),
        "here": reverse("counter:change", args=[entry.person.addressee]),
        "stepper": Stepper(_STEPS, step),
        "warnings": notices(entry.person.warnings),
    }
    return render(request, template, shown | more)


def _choose(request: StaffRequest, entry: Entry) -> HttpResponse:
    remedy = "" if entry.person.outsider else "抑止の担当者に申し出てください。"
    refused = Notice("この人には異動入力ができません", f"{entry.refused}。{remedy}", "stop")
    shown: dict[str, object] = {"refused": refused if entry.refused else None, "reasons": entry.reasons}
    return _page(entry, _CHOOSE, "counter/change.html", request, shown)


def _type(
    request: StaffRequest, entry: Entry, asked: Asked, *, form: Typed | None = None, told: Sequence[Notice] = ()
) -> HttpResponse:  # fmt: skip
    """The fields; with what is wrong beside them."""
    there = {one.name for one in entry.fields}
    return _page(entry, _TYPE, "counter/change_type.html", request, {
        "told": told,
        "form": form or Typed(entry, asked, bound=False),
        "why_words": dict(entry.reasons)[asked.why],
        "fields": _hidden(entry, asked),
        "more": [(title, [name for name in names if name not in there]) for title, names in entry.offered],
    })  # fmt: skip


def _confirm(request: StaffRequest, entry: Entry, asked: Asked, draft: Draft) -> HttpResponse:
    return _page(entry, _CONFIRM, "counter/change_confirm.html", request, {
        "table": _compared(draft),
        "alerts": [Notice(sentence, "", "warn") for sentence in draft.alerts],
        "reason": asked.reason,
        "fields": _kept(entry, asked),
    })  # fmt: skip


def _write(request: StaffRequest, entry: Entry, asked: Asked, draft: Draft) -> HttpResponse:
    number = entry.person.addressee
    try:
        services.add_history(request.actor, number, draft.changes, asked.version, reason=asked.reason)
    except ChangedMeanwhileError:
        # Between the look above and the write somebody else was quicker.
        return _meanwhile(request, entry, asked, draft)
    except CannotContinueError as error:
        problem = Notice(error.message, error.remedy, "stop")
        return _type(request, entry, asked, told=[problem])
    messages.success(request, f"異動（{dict(entry.reasons)[asked.why]}）を記録しました。")
    return redirect(address(number))


def _compared(draft: Draft) -> Table:
    rows = [
        Row((before.name, _cell(before), _cell(after))) for before, after in zip(draft.before, draft.after, strict=True)
    ]
    return Table("変わる項目", ("項目", "今", "記録の後"), rows, quiet=True)


def _cell(value: queries.Value) -> Cell:
    return Cell(value.text or "（空欄）", name=bool(NAMES.search(value.name)))


def _hidden(entry: Entry, asked: Asked) -> list[tuple[str, str]]:
    """What every form of the next page carries: what was chosen, and what the clerk has now seen."""
    fields = [("why", asked.why), ("version", str(entry.person.version))]
    for name, text in start(entry).items():
        fields += [("item", name), (SEEN + name, text)]
    return fields


def _kept(entry: Entry, asked: Asked) -> list[tuple[str, str]]:
    """The same with everything that was typed."""
    typed = start(entry) | asked.changed
    return [*_hidden(entry, asked), ("reason", asked.reason), *((KEY + name, text) for name, text in typed.items())]


def _meanwhile(request: StaffRequest, entry: Entry, asked: Asked, draft: Draft) -> HttpResponse:
    """ほかの職員が先に記録した: who, when and what, and the clerk's own entries beside it, to go on with."""
    number = entry.person.addressee
    person = queries.history(request.actor, number, reason=reasons.given(request, number), place="異動入力")
    if person is None:
        raise Http404
    since = person.history[: max(person.version - asked.version, 0)]
    now = dict(zip((one.name for one in draft.before), draft.before, strict=True))
    rows = [Row((after.name, _cell(now[after.name]), _cell(after)), here=_touched(after.name, since))
            for after in draft.after]  # fmt: skip
    return _page(entry, _CONFIRM, "counter/change_meanwhile.html", request, {
        "others": [_told(one) for one in since],
        "same": not set(draft.changes) - {entry.reason_item, *days(entry)},
        "table": Table("いまの記録とあなたの入力", ("項目", "いまの記録", "あなたの入力"), rows, quiet=True),
        "fields": _kept(entry, asked),
    })  # fmt: skip


def _touched(name: str, since: Iterable[queries.Change]) -> bool:
    """Whether the other's change is about the same item."""
    return any(value.name == name for change in since for value in change.after)


def _told(one: queries.Change) -> tuple[str, Table]:
    """Who wrote, when and why; and what it changed."""
    when = date_and_time(timezone.localtime(one.at)) if one.at else one.processed
    pairs = zip(one.before, one.after, strict=True)
    rows = [Row((before.name, _cell(before), _cell(after))) for before, after in pairs]
    title = f"{when}　{one.by or '不明'}　{one.reason}"
    return title, Table(title, ("項目", "前", "後"), rows, quiet=True)
