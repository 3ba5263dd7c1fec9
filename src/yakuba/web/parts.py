"""Parts of pages (部分の差替え): what htmx puts into a page that is there; without scripts it is a whole page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yakuba.web.screens import StaffRequest


def base(request: StaffRequest) -> str:
    """What a template extends: `<main>` alone for htmx, the whole page for everybody else."""
    return "part.html" if request.htmx else "base.html"
