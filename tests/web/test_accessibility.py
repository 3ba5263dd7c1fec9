"""Every page, for every role that may open it: WCAG 2.2 AA by axe, and no sideways scrolling at 400 %."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.web.asking import ask
from tests.web.matrix.addresses import Address
from tests.web.matrix.samples import PUBLIC
from tests.web.roles import ROLES
from tests.world import TOWN_A

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page
    from tests.web.conftest import Served

LEVELS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
_NARROW = 320
"""CSS pixels that are left of 1280 at 400 %."""
_OK = 200


def pages(served: Served, role: str) -> Iterator[str]:
    """Paths of all pages that this role can read."""
    town = next(one.town for one in ROLES if one.name == role) or TOWN_A
    values = PUBLIC | served.samples[town]
    for one in served.addresses:
        address = Address(**(one | {"parameters": tuple(one["parameters"])}))
        if address.framework or role not in (address.allowed or ()):
            continue
        answer = ask(served, role, "GET", address.path(values))
        if answer.status == _OK and answer.kind.startswith("text/html") and "<!doctype html>" in answer.text:
            yield address.path(values)


def wrong(page: Page) -> list[str]:
    """What axe finds: rule, where, why."""
    found = Axe().run(page, options=LEVELS).response["violations"]
    return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("role", [role.name for role in ROLES])
def test_every_page_is_accessible_and_reflows(served: Served, enter: Callable[..., Page], role: str) -> None:
    page, seen, problems = enter(role), 0, []
    for path in pages(served, role):
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(path)
        problems += [f"{path} {problem}" for problem in wrong(page)]
        page.set_viewport_size({"width": _NARROW, "height": 900})
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > _NARROW:
            problems.append(f"{path}: {width} pixels wide at 400 %")
        seen += 1
    assert problems == []
    assert seen > 3


def test_the_pages_before_signing_in_are_accessible(enter: Callable[..., Page]) -> None:
    page = enter()
    page.goto("/accounts/login/")
    assert wrong(page) == []
    page.set_viewport_size({"width": _NARROW, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= _NARROW


@pytest.mark.parametrize("path", ["/accounts/factor/", "/accounts/password/", "/me/", "/accounts/logout/", "/nowhere/"])
def test_the_pages_of_ones_own_account_are_accessible(enter: Callable[..., Page], path: str) -> None:
    page = enter("newcomer")
    page.goto(path)
    assert wrong(page) == []
