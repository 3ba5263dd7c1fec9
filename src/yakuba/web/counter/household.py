"""世帯の画面: members in the legal order, those who have left beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from yakuba.registry import queries
from yakuba.tenancy.rights import Action
from yakuba.web.components import Cell, Column, Notice, Row, Table
from yakuba.web.counter.asof import typed_day
from yakuba.web.counter.people import JUKI, address, marks_of
from yakuba.web.screens import StaffRequest, screen
from yakuba.web.words import wareki

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.http import HttpResponse

_COLUMNS = ("順", "氏名", Column("続柄", "w"), Column("生年月日", "w"), "性別", "宛名番号")
_ERROR = "2"


@screen(Action.VIEW, business=JUKI)
def household(request: StaffRequest, household: str) -> HttpResponse:
    """One household."""
    typed = request.GET.get("as_of", "").strip()
    day = typed_day(typed) if typed else None
    found = queries.household(request.actor, household, as_of=day)
    if found is None:
        raise Http404
    numbers = [member.addressee for member in found.members if not member.protected]
    may = request.actor.may(Action.OUTPUT, JUKI) and numbers and day is None
    shown = {
        "number": found.number,
        "head": found.head,
        "address": found.address,
        "count": len(found.members),
        "warnings": _warnings(found),
        "as_of": wareki(day),
        "as_of_problem": "日付として読めません。R8.4.1 や 2026-04-01 のように入れてください"
        if typed and not day
        else "",
        "address_now": reverse("counter:household", args=[household]),
        "members": _table("世帯員", found.members, "", day),
        "gone": _table("除かれた人", found.former, "", day) if found.former else None,
        "beyond": _table("この日の所属が分からない人", found.beyond, "", day) if found.beyond else None,
        "output": f"{reverse('counter:output')}?{urlencode({'addressee': numbers}, doseq=True)}" if may else "",
    }
    return render(request, "counter/household.html", shown)


def members(request: StaffRequest, number: str, addressee: str, day: date | None = None) -> Table | None:
    """The members as a part of a person's page, the person marked; on a day in the past those of that day."""
    found = queries.household(request.actor, number, as_of=day)
    return _table("世帯員", found.members, addressee, day) if found and found.members else None


def home_address(number: str, day: date | None = None) -> str:
    """Address of a household's page, on a day."""
    return reverse("counter:household", args=[number]) + (f"?{urlencode({'as_of': day.isoformat()})}" if day else "")


def _table(caption: str, found: Iterable[queries.Member], addressee: str, day: date | None) -> Table:
    then = f"?{urlencode({'as_of': day.isoformat()})}" if day else ""
    rows = [
        Row(
            (
                str(place),
                Cell(
                    member.name,
                    "" if member.addressee == addressee else address(member.addressee) + then,
                    name=True,
                    chips=tuple(marks_of(member)),
                    small=member.kana,
                ),
                member.relation,
                member.birth,
                member.sex,
                member.addressee,
            ),
            here=member.addressee == addressee,
            gone=member.removed,
        )
        for place, member in enumerate(found, 1)
    ]
    return Table(caption, _COLUMNS, rows, quiet=True, walk=True)


def _warnings(found: queries.Household) -> list[Notice]:
    everybody = (*found.members, *found.former)
    told = []
    if any(member.protected for member in everybody):
        text = "世帯に支援措置の対象者がいます。住所・世帯に関する証明・回答は、責任者の確認が要ります。"
        told.append(Notice("支援措置対象者", text, "stop"))
    if any(member.blocked == _ERROR for member in everybody):
        told.append(Notice("抑止", "世帯に抑止（エラー）の人がいます。抑止の担当者に確かめてください。", "stop"))
    if not found.head and found.members:
        # True of a household without a head and of one whose head is hidden: the two must look alike.
        text = "世帯主が決まっていないか、表示できません。住民票の「世帯主氏名」を確かめてください。"
        told.append(Notice("この一覧に世帯主がいません", text, "warn"))
    return told
