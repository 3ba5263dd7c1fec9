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
from yakuba.web.counter.people import JUKI, address
from yakuba.web.screens import StaffRequest, screen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse

_COLUMNS = ("順", "氏名", Column("続柄", "w"), Column("生年月日", "w"), "性別", "宛名番号")
_ERROR = "2"


@screen(Action.VIEW, business=JUKI)
def household(request: StaffRequest, household: str) -> HttpResponse:
    """One household."""
    found = queries.household(request.actor, household)
    if found is None:
        raise Http404
    numbers = [member.addressee for member in found.members if not member.protected]
    may = request.actor.may(Action.OUTPUT, JUKI) and numbers
    shown = {
        "number": found.number,
        "head": found.head,
        "address": found.address,
        "count": len(found.members),
        "warnings": _warnings(found),
        "members": _table("世帯員", found.members, ""),
        "gone": _table("除かれた人", found.former, "") if found.former else None,
        "output": f"{reverse('counter:output')}?{urlencode({'addressee': numbers}, doseq=True)}" if may else "",
    }
    return render(request, "counter/household.html", shown)


def members(request: StaffRequest, number: str, addressee: str) -> Table | None:
    """The members as a part of a person's page, the person marked."""
    found = queries.household(request.actor, number)
    return _table("世帯員", found.members, addressee) if found and found.members else None


def _table(caption: str, found: Iterable[queries.Member], addressee: str) -> Table:
    rows = [
        Row(
            (
                str(place),
                Cell(
                    member.name,
                    "" if member.addressee == addressee else address(member.addressee),
                    name=True,
                    chips=tuple(_marks(member)),
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


def _marks(member: queries.Member) -> list[tuple[str, str]]:
    marks = []
    if member.protected:
        marks.append(("支援措置", "stop"))
    if member.blocked:
        marks.append(("抑止", "stop" if member.blocked == _ERROR else "warn"))
    if member.leaving:
        marks.append(("転出予定", "warn"))
    if member.removed:
        marks.append(("除票", "warn"))
    return marks


def _warnings(found: queries.Household) -> list[Notice]:
    everybody = (*found.members, *found.former)
    told = []
    if any(member.protected for member in everybody):
        text = "世帯に支援措置の対象者がいます。住所・世帯に関する証明・回答は、責任者の確認が要ります。"
        told.append(Notice("支援措置対象者", text, "stop"))
    if any(member.blocked == _ERROR for member in everybody):
        told.append(Notice("抑止", "世帯に抑止（エラー）の人がいます。抑止の担当者に確かめてください。", "stop"))
    if not found.head and found.members:
        told.append(Notice("世帯主がいません", "世帯主変更の届出を確かめてください。", "warn"))
    return told
