"""The first page says whom to see to; a 抑止 asks for a reason; tabs and days come as parts, the hand stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect
from tests.web.asking import ask
from tests.world import TOWN_A

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from tests.web.conftest import Served

    Enter = Callable[..., Page]
    Picture = Callable[[Page, str], None]

_MISSING = 404


def test_the_first_page_leads_to_the_people_who_need_attention(served: Served, enter: Enter, picture: Picture) -> None:
    number = next(one for one in served.people[TOWN_A]["blocked"] if one not in served.people[TOWN_A]["asking"])
    page = enter("clerk")
    page.goto("/")
    notice = page.locator(".notice", has_text="抑止の終了日が過ぎた人")
    expect(notice).to_contain_text("1 人")
    picture(page, "clerk-home")
    notice.get_by_role("link", name="一覧を見る").click()
    page.wait_for_url("**/attention/block-over/")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody tr")).to_contain_text(number)
    picture(page, "clerk-attention")


def test_a_list_of_protected_people_does_not_exist_without_the_right(served: Served) -> None:
    for concern in ("protection-over", "protection-ends", "none"):
        assert ask(served, "clerk", "GET", f"/attention/{concern}/").status == _MISSING
    assert ask(served, "chief", "GET", "/attention/protection-over/").status == 200


def test_a_block_of_looking_asks_why(served: Served, enter: Enter) -> None:
    (number,) = served.people[TOWN_A]["asking"]
    home = served.people[TOWN_A]["rows"][number]["住所_番地号表記"]
    page = enter("clerk")
    page.goto(f"/residents/{number}/")
    expect(page.locator("[role=alert]").first).to_contain_text("抑止")
    assert home not in page.content()
    page.keyboard.type("本人の求めによる照会")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text(home)


def test_tabs_come_as_parts_and_the_focus_stays(served: Served, enter: Enter) -> None:
    page = enter("chief")
    page.goto(f"/residents/{served.people[TOWN_A]['family']}/")
    page.evaluate("document.body.dataset.same = 'page'")
    tab = page.get_by_role("link", name="個人住民税")
    tab.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/records/kojinjuminzei/")
    expect(page.locator(".tabs [aria-current=page]")).to_contain_text("個人住民税")
    expect(page.locator(".tabs [aria-current=page]")).to_be_focused()
    assert page.evaluate("document.body.dataset.same") == "page"
    assert page.title().startswith("個人住民税")
    page.go_back()
    page.wait_for_url(f"**/residents/{served.people[TOWN_A]['family']}/")
    expect(page.locator("h1")).to_contain_text(served.people[TOWN_A]["rows"][served.people[TOWN_A]["family"]]["氏名"])


def test_a_part_that_leads_elsewhere_becomes_a_page(served: Served, enter: Enter) -> None:
    """Signed out meanwhile: the page to sign in, not a piece of it under somebody's name."""
    page = enter("chief")
    page.goto(f"/residents/{served.people[TOWN_A]['family']}/")
    page.context.clear_cookies()
    page.get_by_role("link", name="個人住民税").click()
    page.wait_for_url("**/accounts/login/**")
    expect(page.locator(".who")).to_have_count(0)


def test_the_next_page_of_results_comes_as_a_part(enter: Enter) -> None:
    page = enter("clerk")
    page.goto("/search/?sex=1")
    page.evaluate("document.body.dataset.same = 'page'")
    page.keyboard.press("n")
    page.wait_for_url("**page=2**")
    expect(page.locator(".pages")).to_contain_text("2 / ")
    expect(page.locator("tbody tr").first).to_be_visible()
    assert page.evaluate("document.body.dataset.same") == "page"
    page.keyboard.press("p")
    page.wait_for_url("**page=1**")
    expect(page.locator(".pages")).to_contain_text("1 / ")


def test_a_day_comes_as_a_part_with_the_household_of_that_day(served: Served, enter: Enter) -> None:
    people = served.people[TOWN_A]
    newest = next(row for row in people["history"] if row["最新フラグ"] == "1")
    page = enter("clerk")
    page.goto(f"/residents/{people['moved']}/")
    page.evaluate("document.body.dataset.same = 'page'")
    page.keyboard.press("t")
    page.keyboard.type(newest["異動年月日"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="この日の世帯員")).to_be_visible()
    assert page.evaluate("document.body.dataset.same") == "page"
    expect(page.locator("#main")).to_be_focused()
    page.get_by_role("link", name="世帯の画面").click()
    expect(page.locator(".asof")).to_contain_text("の世帯を表示しています")


def test_an_output_says_by_name_whom_it_is_about(served: Served, enter: Enter) -> None:
    family = served.people[TOWN_A]["family"]
    hidden = served.people[TOWN_A]["protected"][0]
    page = enter("clerk")
    page.goto(f"/output/?addressee={family}&addressee={hidden}&addressee=1999999999")
    lines = page.locator("ul.chosen li")
    expect(lines.nth(0)).to_contain_text(served.people[TOWN_A]["rows"][family]["氏名"])
    for at in (1, 2):
        expect(lines.nth(at)).to_contain_text("該当する人がいません")
