"""The font as a file; it never changes, so a browser that could not find it on its machine asks once a year."""

from __future__ import annotations

from django.http import FileResponse, Http404

from yakuba.web import fonts
from yakuba.web.screens import Audience, StaffRequest, screen


@screen(audience=Audience.STAFF)
def ipamj(request: StaffRequest) -> FileResponse:  # noqa: ARG001 - Django's signature
    """IPAmj明朝, 404 where the server does not have it (the page then names no such font)."""
    if not fonts.FILE.is_file():
        raise Http404
    response = FileResponse(fonts.FILE.open("rb"), content_type="font/ttf")
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    return response
