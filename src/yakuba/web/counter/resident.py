"""住民の画面: one person, now or as of any day; the reason for looking; all history."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from yakuba.registry import queries
from yakuba.registry.display import shown_date
from yakuba.tenancy.rights import Action
from yakuba.web.components import Cell, Column, Moment, Reason, Row, Table, Timeline
from yakuba.web.components.items import HIDDEN
from yakuba.web.counter import facts, reasons
from yakuba.web.counter.asof import typed_day
from yakuba.web.counter.household import home_address, members
from yakuba.web.counter.people import JUKI, NAMES, address, chips, notices, unsure
from yakuba.web.counter.records import tabs
from yakuba.web.parts import base
from yakuba.web.screens import StaffRequest, screen
from yakuba.web.words import date_and_time, wareki

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.http import HttpResponse

_RECENT = 5
"""Events beside the page; all are on the page of the history."""


@screen(Action.VIEW, business=JUKI)
def resident(request: StaffRequest, addressee: str) -> HttpResponse:
    """A person: warnings, household, all items by section, history, other businesses' tabs."""
    typed = request.GET.get("as_of", "").strip()
    day = typed_day(typed) if typed else None
    person, problem = _found(request, addressee, day)
    if typed and day is None:
        problem = "日付として読めません。R8.4.1 や 2026-04-01 のように入れてください"
    if person.sealed:
        return _ask(request, person, request.get_full_path())
    parts = facts.parts(person)
    home = members(request, person.household, addressee, person.as_of) if person.household else None
    shown = _head(person) | {
        "base": base(request),
        "address": address(addressee),
        "facts": list(facts.facts(person)),
        "tabs": tabs(request, addressee, here=""),
        "household": home,
        "household_address": home_address(person.household, person.as_of) if person.household else "",
        "parts": [part for part in parts if part.body.items],
        "empty": [part for part in parts if not part.body.items],
        "opened": bool(reasons.given(request, addressee)),
        "reason_address": _reason_address(addressee, request.get_full_path()),
        "as_of": wareki(person.as_of) if person.as_of else "",
        "as_of_text": typed,
        "as_of_problem": problem,
        "timeline": Timeline(list(_moments(person))[:_RECENT]),
        "history_address": reverse("counter:history", args=[addressee]),
        "history_count": len(person.history),
        "output_address": _output_address(request, addressee),
        "change_address": _change_address(request, person),
        "back": _back(request),
    }
    return render(request, "counter/resident.html", shown)


@screen(Action.VIEW, business=JUKI, methods=("GET", "POST"))
def reason(request: StaffRequest, addressee: str) -> HttpResponse:
    """理由: why somebody looks at what is not open without one; kept in the log with everything that is then seen."""
    person = _known(request, addressee, "理由の入力")
    back = _own(request, request.POST.get("next") or request.GET.get("next") or "", address(addressee))
    if request.method == "GET":
        return _ask(request, person, back)
    if "close" in request.POST:
        reasons.take_back(request, addressee)
        return redirect(back)
    form = Reason(request.POST)
    if not form.is_valid():
        return _ask(request, person, back, form)
    reasons.give(request, addressee, form.cleaned_data["reason"])
    return redirect(back)


@screen(Action.VIEW, business=JUKI)
def history(request: StaffRequest, addressee: str) -> HttpResponse:
    """履歴のすべて: each row of the history with what it changed."""
    why = reasons.given(request, addressee)
    person = queries.history(request.actor, addressee, reason=why)
    if person is None:
        raise Http404
    if person.sealed:
        return _ask(request, person, request.get_full_path())
    table = Table(
        "履歴",
        ("履歴番号", "異動事由", Column("異動日", "w"), Column("処理日", "w"), "変わった項目", "前", "後"),
        [line for change in person.history for line in _lines(change)],
        quiet=True,
    )
    shown = _head(person) | {"table": table, "back": address(addressee)}
    return render(request, "counter/history.html", shown)


def _found(request: StaffRequest, addressee: str, day: date | None) -> tuple[queries.Person, str]:
    """The person on the day; where there was none yet on that day, the person now and what to say about it.

    Raises:
        Http404: nobody has this number, or nobody that this actor may know of.
    """
    why = reasons.given(request, addressee)
    person = queries.resident(request.actor, addressee, as_of=day, reason=why)
    if person is not None:
        return person, ""
    person = queries.resident(request.actor, addressee, reason=why) if day else None
    if person is None or day is None:
        raise Http404
    return person, _before_all(person, day)


def _before_all(person: queries.Person, day: date) -> str:
    """What to say of a day that no row is as old as."""
    if person.became and person.became <= day.isoformat():
        begins = shown_date(person.first)
        return f"{wareki(day)}の記録はありません。この人の履歴は{begins}からです。今の姿を表示しています"
    return f"{wareki(day)}には、この人の記録がまだありません。今の姿を表示しています"


def _known(request: StaffRequest, addressee: str, place: str) -> queries.Person:
    """Who it is, without any item.

    Raises:
        Http404: as of `_found`.
    """
    person = queries.head(request.actor, addressee, reason=reasons.given(request, addressee), place=place)
    if person is None:
        raise Http404
    return person


def _ask(request: StaffRequest, person: queries.Person, back: str, form: Reason | None = None) -> HttpResponse:
    """The page that asks for the reason, below the warnings."""
    shown = {
        "warnings": notices(person.warnings),
        "name": "" if person.sealed else person.name,
        "heading": "理由を入力してください",
        "action": reverse("counter:reason", args=[person.addressee]),
        "form": form or Reason(),
        "next": back,
    }
    return render(request, "counter/reason.html", shown)


def _head(person: queries.Person) -> dict[str, object]:
    values = {value.name: value.text for section in person.sections for value in section.values}
    strange = unsure([person.name, *(text for name, text in values.items() if NAMES.search(name))])
    kana = next((values[name] for name in ("氏名_フリガナ", "氏名_カナ") if name in values), "")
    return {
        "name": values.get("氏名", "") if person.as_of else person.name,
        "kana": kana if person.as_of else person.kana,
        "chips": chips(person),
        "warnings": [*notices(person.warnings), *([strange] if strange else [])],
    }


def _moments(person: queries.Person) -> Iterator[Moment]:
    for change in person.history:
        day = typed_day(change.day)
        link = f"{address(person.addressee)}?{urlencode({'as_of': day.isoformat()})}" if day else ""
        yield Moment(change.reason or "（事由なし）", change.day, _told(change), link, here=change.shown)


def _told(change: queries.Change) -> str:
    """What a change was, in a few words: where somebody came from, or the first item that a person reads."""
    places = facts.places({value.name: value for value in change.before})
    if "住所" in places:
        return f"{places['住所']} から"
    for before, after in zip(change.before, change.after, strict=True):
        if after.hidden or before.hidden or not facts.readable(after.name):
            continue
        return f"{after.name}　{before.text} → {after.text}" if before.text else f"{after.name}　{after.text}"
    return ""


def _lines(change: queries.Change) -> Iterator[Row]:
    """A row per changed item; the first says which history row it is, and who wrote it if that was here."""
    number = Cell(change.number, small=_written(change))
    first: tuple[Cell | str, ...] = (number, change.reason, change.day, change.processed)
    pairs = list(zip(change.before, change.after, strict=True))
    if not pairs:
        yield Row((*first, "—", "", ""), here=change.shown)
    for before, after in pairs:
        texts = [HIDDEN if value.hidden else value.text or "（空欄）" for value in (before, after)]
        yield Row((*first, after.name, *texts), here=change.shown)
        first = ("", "", "", "")


def _written(change: queries.Change) -> str:
    return f"{change.by}　{date_and_time(timezone.localtime(change.at))}" if change.at else ""


def _change_address(request: StaffRequest, person: queries.Person) -> str:
    """To 異動入力: of a resident as of now, by who may write."""
    if person.as_of or person.outsider or not request.actor.may(Action.WRITE, JUKI):
        return ""
    return reverse("counter:change", args=[person.addressee])


def _reason_address(addressee: str, back: str) -> str:
    return f"{reverse('counter:reason', args=[addressee])}?{urlencode({'next': back})}"


def _output_address(request: StaffRequest, addressee: str) -> str:
    if not request.actor.may(Action.OUTPUT, JUKI):
        return ""
    return f"{reverse('counter:output')}?{urlencode({'addressee': addressee})}"


def _back(request: StaffRequest) -> str:
    """To the results that the person was found in."""
    typed = request.GET.get("q", "")
    if typed:
        return f"{reverse('counter:search')}?{urlencode({'q': typed})}"
    came = request.headers.get("Referer", "")
    return came if f"{reverse('counter:search')}?" in came and _own(request, came, "") else ""


def _own(request: StaffRequest, wanted: str, otherwise: str) -> str:
    """The wanted address if it is one of this site, so that no link leads a clerk elsewhere."""
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else otherwise
