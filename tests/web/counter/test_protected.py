"""支援措置: who may not know of a person finds nothing anywhere; who may is warned, and asked why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect
from tests.web.asking import ask
from tests.world import TOWN_A

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from tests.web.conftest import Served

NOBODY = "1999999999"
_MISSING, _OK = 404, 200
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"|出力 [^<]*')


def _same(served: Served, role: str, path: str, number: str) -> tuple[int, str]:
    """Status and page, without what differs between any two answers, the number asked for among it."""
    answer = ask(served, role, "GET", path.format(number))
    return answer.status, _TOKEN.sub("", answer.text).replace(number, "N")


def test_hidden_and_not_there_are_one_answer_on_every_screen(served: Served) -> None:
    hidden = served.people[TOWN_A]["protected"][0]
    for path in (
        "/residents/{}/",
        "/residents/{}/history/",
        "/residents/{}/reason/",
        "/residents/{}/change/",
        "/residents/{}/records/juminkihondaicho/",
        "/residents/{}/?as_of=2020-01-01",
        "/search/?q={}",
    ):
        assert _same(served, "clerk", path, hidden) == _same(served, "clerk", path, NOBODY), path


def test_a_hidden_person_is_in_no_household_and_no_output(served: Served) -> None:
    people = served.people[TOWN_A]
    for number in people["protected"]:
        household = people["rows"][number]["世帯番号"]
        answer = ask(served, "clerk", "GET", f"/households/{household}/")
        assert answer.status in (_OK, _MISSING)
        assert number not in answer.text
        assert people["rows"][number]["氏名"] not in answer.text
    fields = {"addressee": people["protected"][0], "item": "氏名", "purpose": "確認", "form": "csv"}
    answer = ask(served, "clerk", "POST", "/output/", fields)
    assert people["rows"][people["protected"][0]]["氏名"] not in answer.body.decode("utf-8-sig")


def test_who_may_is_warned_and_says_why_before_anything_is_shown(
    served: Served, enter: Callable[..., Page], picture: Callable[[Page, str], None]
) -> None:
    people = served.people[TOWN_A]
    number = people["protected"][0]
    home = people["rows"][number]["住所_番地号表記"]
    page = enter("chief")
    page.goto(f"/residents/{number}/")
    expect(page.locator("[role=alert]").first).to_contain_text("支援措置対象者")
    assert home not in page.content()
    page.keyboard.press("Enter")
    assert home not in page.content()
    page.keyboard.type("本人からの申出の確認")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/residents/{number}/")
    picture(page, "clerk-protected")
    assert home in page.inner_text("main")
    assert page.locator("[role=alert]").first.is_visible()
    page.goto(f"/residents/{number}/history/")
    expect(page.locator("[role=alert]").first).to_contain_text("支援措置対象者")


def test_a_reason_opens_one_person_only(served: Served, enter: Callable[..., Page]) -> None:
    first, second = served.people[TOWN_A]["protected"][:2]
    page = enter("chief")
    page.goto(f"/residents/{first}/reason/")
    page.fill("[name=reason]", "本人からの申出の確認")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/residents/{first}/")
    page.goto(f"/residents/{second}/")
    expect(page.locator("h1").first).to_contain_text("理由を入力してください")


def test_a_list_marks_protected_people_and_picks_none_of_them(served: Served, enter: Callable[..., Page]) -> None:
    number = served.people[TOWN_A]["protected"][0]
    name = served.people[TOWN_A]["rows"][number]["氏名"].split("\u3000")[0]
    page = enter("chief")
    page.goto(f"/search/?q={name}")
    row = page.locator("tbody tr", has_text=number)
    if "/search/" in page.url:
        assert row.locator(".chip.stop").first.inner_text() == "支援措置"
        expect(row.locator("input[type=checkbox]")).to_have_count(0)
    else:
        expect(page.locator("[role=alert]").first).to_contain_text("支援措置対象者")
