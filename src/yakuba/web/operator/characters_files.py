"""Files of a collection: pictures of glyphs, the 外字対応表 for a migration, the list for the vendor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from yakuba.characters import tables
from yakuba.identification import queries
from yakuba.identification.pictures import overlaid
from yakuba.tenancy.rights import Action
from yakuba.web.screens import Audience, StaffRequest, screen

if TYPE_CHECKING:
    from collections.abc import Callable

    from yakuba.tenancy.acting import Actor

_FOR_A_DAY = "private, max-age=86400, immutable"
"""A glyph's picture never changes and is nobody's data; still only who is signed in gets it."""


@screen(Action.MIGRATE, audience=Audience.MOVERS)
def picture(request: StaffRequest, collection: int, glyph: int) -> HttpResponse:
    """The vendor's glyph."""
    content, _, _ = queries.picture(request.actor, collection, glyph)
    return _image(content)


@screen(Action.MIGRATE, audience=Audience.MOVERS)
def overlay(request: StaffRequest, collection: int, glyph: int) -> HttpResponse:
    """The vendor's glyph and the character `?mj=`, or the first candidate, over each other."""
    content, dots, candidates = queries.picture(request.actor, collection, glyph)
    name = request.GET.get("mj") or (candidates[0].mj if candidates else "")
    form = tables.form_by_name().get(name)
    if form is None:
        raise Http404
    return _image(overlaid(content, dots, form))


@screen(Action.MIGRATE, audience=Audience.MOVERS)
def mapping(request: StaffRequest, collection: int) -> HttpResponse:
    """外字対応表."""
    return _file(request, collection, queries.mapping, "gaiji.csv", "text/csv; charset=utf-8")


@screen(Action.MIGRATE, audience=Audience.MOVERS)
def vendor(request: StaffRequest, collection: int) -> HttpResponse:
    """ベンダーに渡す一覧と字形."""
    return _file(request, collection, queries.vendor_folder, "vendor.zip", "application/zip")


def _image(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type="image/png", headers={"Cache-Control": _FOR_A_DAY})


def _file(
    request: StaffRequest, collection: int, made: Callable[[Actor, int], bytes], name: str, kind: str
) -> HttpResponse:
    content = made(request.actor, collection)
    disposition = content_disposition_header(as_attachment=True, filename=f"{collection}-{name}")
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition or ""})
