"""The log on paper and in files: a print for 決裁, CSV with a reason, the digests to be anchored outside."""

from __future__ import annotations

import csv
import io
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, cast

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from yakuba.tenancy import audit
from yakuba.tenancy.rights import Action
from yakuba.web.admin.audit import query, searched, table
from yakuba.web.admin.confirming import Why
from yakuba.web.admin.log_words import action, detail
from yakuba.web.screens import StaffRequest, screen
from yakuba.web.words import date_and_time, wareki

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from yakuba.web.admin.audit import Search

PAPER = 1000
"""Entries of one print; more than that nobody reads on paper."""
_RISKY = ("=", "+", "-", "@", "\t", "\r")
_HEADS = ("番号", "日時", "利用者ID", "氏名", "画面", "操作", "対象者の宛名番号", "項目", "理由", "詳細", "ハッシュ")


@screen(Action.AUDIT)
def paper(request: StaffRequest) -> HttpResponse:
    """印刷（決裁用）: up to a thousand entries with the boxes for the seals."""
    form = searched(request.GET)
    shown: list[audit.Entry] = []
    count, page = 1, 1
    while form.is_valid() and len(shown) < min(count, PAPER):
        part, count = audit.entries(request.actor, form.filter, page=page)
        if not part:
            break
        shown += part
        page += 1
    answer = {
        "table": table(shown[:PAPER]),
        "said": _said(form),
        "count": count if shown else 0,
        "more": count > PAPER,
        "query": query(form),
        "at": date_and_time(timezone.localtime()),
    }
    return render(request, "admin/audit_print.html", answer)


@screen(Action.AUDIT, methods=("GET", "POST"))
def output(request: StaffRequest) -> HttpResponse | FileResponse:
    """CSV: asks why, then hands out everything that fits, oldest first."""
    form, why = searched(request.GET), Why(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not why.is_valid() or not form.is_valid():
        page = {"why": why, "query": query(form), "said": _said(form)}
        return render(request, "admin/audit_output.html", page)
    lines = audit.every(request.actor, form.filter, why.cleaned_data["reason"])
    rows = ([_cell(text) for text in _row(entry)] for entry in lines)
    # Written whole before the first byte leaves: an output that is broken off is in the log all the same.
    return FileResponse(_written(rows), as_attachment=True, filename=f"操作ログ_{timezone.localdate()}.csv")


def _said(form: Search) -> list[tuple[str, str]]:
    """The conditions of a search, in words."""
    given = [(field, str(form.data.get(field.name, ""))) for field in form]
    return [(str(field.label), action(text) if field.name == "action" else text) for field, text in given if text]


def _written(rows: Iterator[list[str]]) -> BinaryIO:
    stream = TemporaryFile()  # noqa: SIM115 - the answer closes it
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(_HEADS)
    writer.writerows(rows)
    text.detach()
    stream.seek(0)
    return cast("BinaryIO", stream)


def _row(entry: audit.Entry) -> Sequence[str]:
    at = timezone.localtime(entry.at).isoformat()
    head = (str(entry.number), at, entry.actor, entry.name, entry.place, action(entry.action), entry.subject)
    return (*head, "、".join(entry.items), entry.reason, detail(entry.detail), entry.hash)


def _cell(text: str) -> str:
    """A text that a spreadsheet would take for a formula is made a text."""
    return f"'{text}" if text.startswith(_RISKY) else text


@screen(Action.AUDIT)
def digests(request: StaffRequest) -> HttpResponse:
    """日次ダイジェスト as CSV, to be kept where nobody who keeps this database can reach it."""
    audit.close_days(request.actor)
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(("団体コード", "日", "和暦", "件数", "ハッシュ"))
    for one in audit.digests(request.actor):
        writer.writerow((request.actor.municipality, one.day.isoformat(), wareki(one.day), one.entries, one.hash))
    audit.record(request.actor, place="日次ダイジェスト", action="output")
    response = HttpResponse(stream.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    name = f"digests_{request.actor.municipality}_{timezone.localdate()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
