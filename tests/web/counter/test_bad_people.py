"""What somebody may try at the counter: nothing typed runs, nothing leads away, nothing tells what it must not."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from tests.web.asking import ask
from tests.world import TOWN_A

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from tests.web.conftest import Served

_FOUND, _MISSING = 302, 404
TRICKS = (
    "<script>document.title='ran'</script>",
    '"><img src=x onerror="document.title=\'ran\'">',
    "' OR '1'='1' --",
    "'; DROP TABLE registry_resident; --",
    "{{ 7*7 }}{% debug %}",
    "%' AND pg_sleep(5)::text = '",
    "\u202e渡邉",
    "*" * 300,
    '=HYPERLINK("http://example.invalid")',
)


def _name(served: Served) -> str:
    """Of somebody whom no trick may bring up."""
    return str(served.people[TOWN_A]["rows"][served.people[TOWN_A]["family"]]["氏名"])


@pytest.mark.parametrize("typed", TRICKS)
def test_whatever_is_typed_is_only_text(served: Served, enter: Callable[..., Page], typed: str) -> None:
    page = enter("clerk")
    answer = page.goto(f"/search/?q={quote(typed)}")
    assert answer is not None
    assert answer.status == 200
    assert page.title() != "ran"
    assert page.input_value("#q") == typed.strip()
    assert _name(served) not in page.content()


@pytest.mark.parametrize(
    "path", ["/residents/%27/", "/residents/1%00/", "/residents/..%2F/", f"/residents/{'9' * 500}/"]
)
def test_an_impossible_number_is_no_fault(served: Served, path: str) -> None:
    assert ask(served, "clerk", "GET", path).status in (400, _MISSING)


@pytest.mark.parametrize(
    "target", ["//example.invalid/", "https://example.invalid/", "javascript:alert(1)", "\\\\example.invalid"]
)
def test_a_reason_leads_nowhere_else(served: Served, target: str) -> None:
    number = served.people[TOWN_A]["protected"][-1]
    fields = {"reason": "確認", "next": target}
    answer = ask(served, "chief", "POST", f"/residents/{number}/reason/", fields)
    assert (answer.status, answer.location) == (_FOUND, f"/residents/{number}/")


@pytest.mark.parametrize("page", ["0", "-1", "999999", "x", "1e9"])
def test_a_page_that_is_none_is_no_fault(served: Served, page: str) -> None:
    assert ask(served, "clerk", "GET", f"/search/?q=%E3%81%95&page={page}").status == 200


def test_a_number_that_is_closed_cannot_be_searched_for(served: Served) -> None:
    secret = served.people[TOWN_A]["rows"][served.people[TOWN_A]["family"]]["住民票コード"]
    answer = ask(served, "clerk", "GET", f"/search/?q={secret}")
    assert "検索する権限がありません" in answer.text
    assert _name(served) not in answer.text


def test_what_shows_a_person_is_kept_by_no_cache_and_in_no_frame(served: Served, enter: Callable[..., Page]) -> None:
    page = enter("clerk")
    answer = page.goto(f"/residents/{served.people[TOWN_A]['family']}/")
    assert answer is not None
    headers = answer.headers
    assert headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert page.evaluate("Object.keys(localStorage).length") == 0
