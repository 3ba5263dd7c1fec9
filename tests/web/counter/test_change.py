"""異動入力 in the browser: from the person to the record in a few keys; two clerks on one record lose nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from tests.web.asking import ask
from tests.web.test_accessibility import LEVELS
from tests.world import TOWN_A

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from tests.web.conftest import Served

    Enter = Callable[..., Page]
    Picture = Callable[[Page, str], None]

MINOR = "軽微な修正"
NARROW = 320
_FORBIDDEN = 403


@pytest.fixture
def somebody(served: Served, request: pytest.FixtureRequest) -> str:
    """Another person for every test that writes, so that none of them sees what the others wrote."""
    people = served.people[TOWN_A]
    plain = [n for n in people["all"] if n not in {*people["protected"], *people["blocked"], people["removed"]}]
    living = [n for n in plain if n not in people["gone"] and n not in (people["family"], people["moved"])]
    tests = [item.name for item in request.session.items if item.path == request.node.path]
    return str(living[-3 - tests.index(request.node.name)])


def begin(page: Page, number: str, reason: str = MINOR) -> None:
    """From the person's page to the fields, by keyboard."""
    page.goto(f"/residents/{number}/")
    page.keyboard.press("e")
    page.wait_for_url("**/change/")
    page.select_option("#why", label=reason)
    page.get_by_role("button", name="入力へ").click()
    page.get_by_label("理由").wait_for()


def fill(page: Page, item: str, text: str) -> None:
    page.locator(f"[name='v-{item}']").fill(text)


def accessible(page: Page) -> None:
    """What the pages reached by links alone are tested for everywhere: axe, and no sideways scrolling at 400 %."""
    assert [one["id"] for one in Axe().run(page, options=LEVELS).response["violations"]] == []
    page.set_viewport_size({"width": NARROW, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_change_is_typed_looked_at_and_recorded(enter: Enter, picture: Picture, somebody: str) -> None:
    page = enter("clerk")
    begin(page, somebody)
    fill(page, "異動年月日", "R8.4.1")
    fill(page, "住所_方書", "コーポ見本 101")
    page.get_by_label("理由").fill("届出　方書の追加")
    accessible(page)
    picture(page, "clerk-change")
    page.get_by_role("button", name="確認へ").click()
    expect(page.locator("h1")).to_contain_text("この内容で記録しますか")
    row = page.locator("tbody tr", has_text="住所_方書")
    expect(row).to_contain_text("コーポ見本　１０１")
    accessible(page)
    picture(page, "clerk-change-confirm")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/residents/{somebody}/")
    expect(page.get_by_text("異動（軽微な修正）を記録しました")).to_be_visible()
    expect(page.locator(".key-facts")).to_contain_text("コーポ見本　１０１")
    page.keyboard.press("r")
    first = page.locator("tbody tr").first
    expect(first).to_contain_text("軽微な修正")
    expect(first).to_contain_text("甲野　花子（clerk）")


def test_what_cannot_be_is_told_beside_its_field_and_nothing_is_lost(enter: Enter, somebody: str) -> None:
    page = enter("clerk")
    begin(page, somebody)
    fill(page, "異動年月日", "きのう")
    fill(page, "住所_方書", "ｺｰﾎﾟ")
    page.get_by_label("理由").fill("届出")
    page.get_by_role("button", name="確認へ").click()
    expect(page.get_by_text("日付が読めません")).to_be_visible()
    expect(page.get_by_text("半角カタカナがあります")).to_be_visible()
    assert page.locator("[name='v-住所_方書']").input_value() == "ｺｰﾎﾟ"
    assert page.locator("[name='v-異動年月日']").get_attribute("aria-invalid") == "true"
    accessible(page)


def test_other_items_are_added_and_codes_are_chosen(enter: Enter, somebody: str) -> None:
    page = enter("clerk")
    begin(page, somebody)
    fill(page, "住所_方書", "見本荘")
    page.get_by_text("ほかの項目も変える").click()
    page.get_by_label("成年被後見人_該当有無").check()
    page.get_by_role("button", name="選んだ項目を加える").click()
    page.locator("[name='v-成年被後見人_該当有無']").select_option(label="有")
    assert page.locator("[name='v-住所_方書']").input_value() == "見本荘"
    page.get_by_label("理由").fill("通知")
    page.get_by_role("button", name="確認へ").click()
    expect(page.locator("tbody tr", has_text="成年被後見人_該当有無")).to_contain_text("有")
    page.get_by_role("button", name="入力にもどる").click()
    assert page.locator("[name='v-住所_方書']").input_value() == "見本荘"


def test_the_second_of_two_clerks_is_told_and_goes_on_with_the_own_entries(
    enter: Enter, picture: Picture, somebody: str
) -> None:
    first, second = enter("clerk"), enter("chief")
    for page, text in ((first, "コーポ一番館"), (second, "コーポ二番館")):
        begin(page, somebody)
        fill(page, "住所_方書", text)
        page.get_by_label("理由").fill("届出")
    fill(first, "住所_番地号表記", "９９番地")
    for page in (first, second):
        page.get_by_role("button", name="確認へ").click()
        expect(page.locator("h1")).to_contain_text("この内容で記録しますか")
    first.get_by_role("button", name="記録する").click()
    first.wait_for_url(f"**/residents/{somebody}/")
    second.get_by_role("button", name="記録する").click()
    expect(second.locator("h1")).to_contain_text("ほかの職員が先に記録しました")
    expect(second.locator("main")).to_contain_text("甲野　花子（clerk）")
    expect(second.locator("main")).to_contain_text("９９番地")
    mine = second.locator("tr.here", has_text="住所_方書")
    expect(mine).to_contain_text("コーポ一番館")
    expect(mine).to_contain_text("コーポ二番館")
    accessible(second)
    picture(second, "clerk-meanwhile")
    second.get_by_role("button", name="自分の入力で続ける").click()
    expect(second.locator("tbody tr", has_text="住所_番地号表記")).to_have_count(0)
    second.get_by_role("button", name="記録する").click()
    second.wait_for_url(f"**/residents/{somebody}/")
    facts = second.locator(".key-facts")
    expect(facts).to_contain_text("コーポ二番館")
    expect(facts).to_contain_text("９９番地")
    second.keyboard.press("r")
    history = second.locator("tbody")
    expect(history).to_contain_text("コーポ一番館")
    expect(history).to_contain_text("甲野　花子（clerk）")
    expect(history).to_contain_text("乙山　次郎（chief）")


def test_the_same_record_sent_twice_is_written_once(enter: Enter, somebody: str) -> None:
    """Two windows of one clerk, without scripts: nothing but the server keeps the second from writing again."""
    pages = [enter("clerk", scripts=False) for _ in range(2)]
    for page in pages:
        page.goto(f"/residents/{somebody}/change/")
        page.select_option("#why", label=MINOR)
        page.get_by_role("button", name="入力へ").click()
        fill(page, "住所_方書", "二重荘")
        page.get_by_label("理由").fill("届出")
        page.get_by_role("button", name="確認へ").click()
    for page in pages:
        page.get_by_role("button", name="記録する").click()
    pages[0].wait_for_url(f"**/residents/{somebody}/")
    expect(pages[1].get_by_text("いまの記録と同じです")).to_be_visible()


def test_who_may_not_write_gets_no_way_to_it(served: Served) -> None:
    family = served.people[TOWN_A]["family"]
    page = ask(served, "tax", "GET", f"/residents/{family}/change/")
    assert page.status == _FORBIDDEN
    for number in (served.people[TOWN_A]["protected"][0], "1999999999"):
        assert ask(served, "clerk", "GET", f"/residents/{number}/change/").status == 404
        fields = {"why": "32", "version": "1", "v-住所_方書": "x", "reason": "x", "step": "write"}
        assert ask(served, "clerk", "POST", f"/residents/{number}/change/", fields).status == 404


def test_what_is_not_offered_is_not_written(served: Served, somebody: str) -> None:
    fields = {
        "why": "32",
        "version": "1",
        "v-住民票コード": "12345678901",
        "v-宛名番号": "1",
        "reason": "x",
        "step": "write",
    }
    answer = ask(served, "clerk", "POST", f"/residents/{somebody}/change/", fields)
    assert "変更できない項目です" in answer.text
    assert "12345678901" not in ask(served, "chief", "GET", f"/residents/{somebody}/history/").text
