"""The way into the catalog of standards: all layouts, one layout, or the standard a project names."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from yakuba.kernel.discover import folders
from yakuba.kernel.errors import UsageError
from yakuba.layouts.folder import read_layout
from yakuba.layouts.standard import Standard

if TYPE_CHECKING:
    from yakuba.layouts.model import Layout

__all__ = ["Standard", "layout", "layouts", "read_layout", "standard"]


@cache
def layouts() -> tuple[Layout, ...]:
    """All layouts of the catalog, ordered by id. Read once per process.

    Raises:
        UsageError: a catalog table is wrong.
    """
    return tuple(read_layout(folder) for folder in folders("standards"))


def layout(layout_id: str) -> Layout:
    """The layout with an id such as `kihon/2023-09/001_juminkihondaicho`.

    Raises:
        UsageError: there is none.
    """
    for found in layouts():
        if found.id == layout_id:
            return found
    raise UsageError(f"no layout {layout_id!r}", remedy="see `yakuba layouts list`")


@cache
def _layouts_named(names: frozenset[str]) -> tuple[Layout, ...]:
    """The layouts of some businesses, by their folder's names, ordered by id."""
    return tuple(read_layout(folder) for folder in folders("standards") if folder.name in names)


@cache
def standard(selector: str, only: frozenset[str] = frozenset()) -> Standard:
    """The standard a selector names.

    Args:
        selector: a family ("kihon": every business in its newest edition), a family at a date ("kihon@2023-09":
            the newest edition not after that date), or one layout's id.
        only: folder names of businesses ("001_juminkihondaicho") beyond which nothing is read; empty = all. A fraction
            of the time where that matters.

    Raises:
        UsageError: nothing fits.
    """
    if "/" in selector:
        return Standard(selector, (layout(selector),))
    known = _layouts_named(only) if only else layouts()
    family, _, date = selector.partition("@")
    newest: dict[str, Layout] = {}
    for found in sorted(known, key=lambda one: one.edition):
        if found.family == family and (not date or found.edition[: len(date)] <= date):
            newest[found.business] = found
    if not newest and only:
        return standard(selector)
    if not newest:
        families = "、".join(sorted({one.family for one in layouts()}))
        raise UsageError(f"no standard {selector!r}", remedy=f"known: {families}, with @date or a layout's id")
    return Standard(selector, tuple(sorted(newest.values(), key=lambda one: one.code)))
