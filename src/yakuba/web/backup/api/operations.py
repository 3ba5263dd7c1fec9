"""The operations. Each may be sent again when its answer is lost."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from yakuba.backup.door import asking, entries, objects
from yakuba.backup.errors import RefusedError
from yakuba.vault.format.times import moment, stamp
from yakuba.web.backup.api.door import operation

if TYPE_CHECKING:
    from yakuba.backup.queries import PlanLine

LARGEST_ENTRY, LARGEST_WORDS = 1 << 20, 1 << 14
"""Bytes of an entry and of a commit's JSON."""
_RANGE = re.compile(r"bytes ([0-9]{1,15})-([0-9]{1,15})/([0-9]{1,15})")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@operation("GET")
def head(request: HttpRequest, plan: PlanLine) -> HttpResponse:  # noqa: ARG001 - a view's signature
    """Number and digest of the newest entry that the centre has, and the centre's clock."""
    found = asking.head(plan)
    return JsonResponse({
        "municipality": plan.municipality,
        "vault": found.vault,
        "number": found.number,
        "digest": found.digest,
        "now": stamp(datetime.now(UTC)),
    })  # fmt: skip


@operation("GET")
def all_entries(request: HttpRequest, plan: PlanLine) -> HttpResponse:  # noqa: ARG001 - a view's signature
    """Every entry that the centre has."""
    return JsonResponse({"entries": [{"number": one, "digest": digest} for one, digest in asking.entries(plan)]})


@operation("GET")
def all_objects(request: HttpRequest, plan: PlanLine) -> HttpResponse:  # noqa: ARG001 - a view's signature
    """Every object that the centre has whole."""
    return JsonResponse({"objects": [{"name": name, "size": size} for name, size in asking.objects(plan)]})


@operation("HEAD", "PUT")
def thing(request: HttpRequest, plan: PlanLine, name: str) -> HttpResponse:
    """HEAD: bytes of an object that are here. PUT: more of them."""
    if request.method == "PUT":
        start, total = _range(request)
        return JsonResponse({"received": objects.take(plan, name, request, start, total)})
    received, complete = objects.received(plan, name)
    answer = HttpResponse()
    answer.headers["X-Received"], answer.headers["X-Complete"] = str(received), str(int(complete))
    return answer


@operation("POST")
def commit(request: HttpRequest, plan: PlanLine, name: str) -> HttpResponse:
    """All of an object has been sent: into the vault with it."""
    said = _json(request)
    size, digest, until = said.get("size"), said.get("sha256"), said.get("retain_until")
    if type(size) is not int or size < 1 or not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
        raise _unclear("size と sha256")
    try:
        locked = moment(until) if until is not None else None
    except (ValueError, TypeError) as error:
        raise _unclear("retain_until") from error
    objects.commit(plan, name, size, digest, locked)
    return JsonResponse({"stored": True})


@operation("PUT")
def entry(request: HttpRequest, plan: PlanLine, number: int) -> HttpResponse:
    """The next entry; answered with a receipt."""
    taken = entries.take_entry(plan, number, _whole(request, LARGEST_ENTRY))
    return JsonResponse(taken.receipt, status=201 if taken.new else 200, json_dumps_params={"sort_keys": True})


def _range(request: HttpRequest) -> tuple[int, int]:
    """First byte and size of the whole, of a PUT that says both."""
    found = _RANGE.fullmatch(request.headers.get("Content-Range", ""))
    length = request.META.get("CONTENT_LENGTH") or ""
    if found is None or not length.isdigit():
        raise _unclear("Content-Range と Content-Length")
    first, last, total = (int(part) for part in found.groups())
    if not first <= last < total or last - first + 1 != int(length):
        raise _unclear("Content-Range と Content-Length")
    return first, total


def _whole(request: HttpRequest, most: int) -> bytes:
    """A small body."""
    raw = request.read(most + 1)
    if len(raw) > most:
        raise RefusedError(413, "large", f"{most:,}バイトを超えています", remedy="送るものを確かめてください")
    if len(raw) != int(request.META.get("CONTENT_LENGTH") or 0):
        raise RefusedError(400, "cut", "途中で切れました", remedy="送り直してください")
    return raw


def _json(request: HttpRequest) -> dict[str, Any]:
    try:
        said = json.loads(_whole(request, LARGEST_WORDS))
    except ValueError as error:
        raise _unclear("本文の JSON") from error
    if not isinstance(said, dict):
        raise _unclear("本文の JSON")
    return said


def _unclear(what: str) -> RefusedError:
    return RefusedError(400, "request", f"{what} が正しくありません", remedy="送る側の版を確かめてください")
