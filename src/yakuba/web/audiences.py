"""Audiences: each sub-package with a `urls.py` brings its addresses and, in a `menu.py`, its entries of the menu.

There is no list of them: a new folder is found, as every kind in the house.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from django.urls import include, path, resolve, reverse

import yakuba.web
from yakuba.web.screens import Needs, needs_of

if TYPE_CHECKING:
    from django.urls import URLResolver


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the menu.

    Attributes:
        label: as shown. name: of the address, `counter:search`. order: place in the menu, from the top.
        key: shortcut, one letter that is pressed after `g` (go). also: beginnings of other addresses that belong to it.
    """

    label: str
    name: str
    order: int
    key: str = ""
    also: tuple[str, ...] = ()


def addresses() -> list[URLResolver]:
    """The addresses of all audiences. Each `urls.py` has `app_name`, `urlpatterns` and, if not its name, `PREFIX`."""
    found = []
    for name in _packages():
        urls = import_module(f"{name}.urls")
        prefix: str = getattr(urls, "PREFIX", name.rpartition(".")[2] + "/")
        found.append(path(prefix, include((urls.urlpatterns, urls.app_name))))
    return found


@cache
def entries() -> tuple[tuple[Entry, Needs], ...]:
    """All entries of the menu, with what their screens ask for."""
    found = [
        (entry, needs_of(resolve(reverse(entry.name)).func) or Needs())
        for name in _packages()
        if find_spec(f"{name}.menu")
        for entry in import_module(f"{name}.menu").ENTRIES
    ]
    return tuple(sorted(found, key=lambda one: one[0].order))


def _packages() -> list[str]:
    inside = iter_modules(yakuba.web.__path__, "yakuba.web.")
    return [info.name for info in inside if info.ispkg and find_spec(f"{info.name}.urls")]
