"""Journeys of a clerk in a real browser: what the counter's screens are for, with the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
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


def test_a_resident_is_found_with_three_key_actions(served: Served, enter: Enter) -> None:
    """From any page: to the box, the number or the whole name, Enter: the person's page is there."""
    family = served.people[TOWN_A]["family"]
    page = enter("clerk")
    page.goto("/layouts/")
    page.keyboard.press("/")
    page.keyboard.type(family)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/residents/{family}/**")
    assert served.people[TOWN_A]["rows"][family]["氏名"] in page.inner_text("h1")


def test_the_box_says_what_it_understood_and_arrows_walk_the_results(
    served: Served, enter: Enter, picture: Picture
) -> None:
    page = enter("clerk")
    page.goto("/")
    page.locator("#q:focus").wait_for()
    page.keyboard.type("さ")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    expect(page.locator("main").first).to_contain_text("フリガナ「さ」でさがしました")
    picture(page, "clerk-search")
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = page.locator("table[data-walk] tbody tr").nth(1)
    number = second.locator("td").last.inner_text()
    assert second.locator("a").first.evaluate("node => node === document.activeElement")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/residents/{number}/**")
    assert served.people[TOWN_A]["all"]


@pytest.mark.parametrize("typed", ["number", "western", "wareki"])
def test_a_number_or_a_birth_date_finds_the_person(served: Served, enter: Enter, typed: str) -> None:
    family = served.people[TOWN_A]["family"]
    birth = served.people[TOWN_A]["rows"][family]["生年月日"]
    text = {"number": family, "western": birth.replace("-", ""), "wareki": birth}[typed]
    page = enter("clerk")
    page.goto("/")
    page.locator("#q:focus").wait_for()
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/search/" in url or "/residents/" in url)
    assert family in page.content()


def test_the_page_shows_the_family_in_order_and_every_item_by_section(
    served: Served, enter: Enter, picture: Picture
) -> None:
    people = served.people[TOWN_A]
    family = people["family"]
    page = enter("clerk")
    page.goto(f"/residents/{family}/")
    picture(page, "clerk-resident")
    relations = page.locator("table[data-walk] tbody tr td:nth-child(3)").all_inner_texts()
    assert relations[0] == "世帯主"
    assert len(relations) > 2
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    text = page.inner_text("main")
    shown = [name for name, value in people["rows"][family].items() if value and name != "市区町村コード"]
    assert [name for name in shown if name not in text] == []


def test_a_day_in_the_past_shows_what_was_true_then(served: Served, enter: Enter, picture: Picture) -> None:
    people = served.people[TOWN_A]
    first = next(row for row in people["history"] if row["個人履歴番号"] == "1")
    page = enter("clerk")
    page.goto(f"/residents/{people['moved']}/")
    page.keyboard.press("t")
    page.keyboard.type(first["異動年月日"])
    page.keyboard.press("Enter")
    page.wait_for_url("**as_of=**")
    picture(page, "clerk-asof")
    expect(page.locator(".asof").first).to_contain_text("の姿を表示しています")
    assert first["住所_番地号表記"] in page.inner_text(".key-facts")
    page.keyboard.press("0")
    page.wait_for_url(f"**/residents/{people['moved']}/")
    expect(page.locator(".asof")).to_have_count(0)


def test_a_day_that_is_none_is_said_beside_the_field(served: Served, enter: Enter) -> None:
    page = enter("clerk")
    page.goto(f"/residents/{served.people[TOWN_A]['family']}/?as_of=きのう")
    expect(page.locator("#as_of_error").first).to_contain_text("日付として読めません")
    assert page.locator("#as_of").get_attribute("aria-invalid") == "true"


def test_the_history_says_what_every_change_changed(served: Served, enter: Enter, picture: Picture) -> None:
    people = served.people[TOWN_A]
    page = enter("clerk")
    page.goto(f"/residents/{people['moved']}/history/")
    picture(page, "clerk-history")
    numbers = [text for text in page.locator("tbody tr td:first-child").all_inner_texts() if text.strip()]
    assert numbers == [str(number) for number in range(len(people["history"]), 0, -1)]


def test_other_businesses_stand_on_tabs_made_from_the_layouts(served: Served, enter: Enter, picture: Picture) -> None:
    page = enter("chief")
    page.goto(f"/residents/{served.people[TOWN_A]['family']}/")
    page.get_by_role("link", name="個人住民税").click()
    page.wait_for_url("**/records/kojinjuminzei/")
    picture(page, "clerk-records")
    expect(page.locator("main").first).to_contain_text("課税区分")
    assert page.locator(".tabs [aria-current=page]").inner_text().startswith("個人住民税")


def test_a_business_that_is_closed_has_no_tab_and_no_page(served: Served) -> None:
    family = served.people[TOWN_A]["family"]
    assert ask(served, "tax", "GET", f"/residents/{family}/").status == 403
    page = ask(served, "clerk", "GET", f"/residents/{family}/records/koseki/")
    assert page.status == _MISSING


def test_the_household_lists_its_members(served: Served, enter: Enter, picture: Picture) -> None:
    page = enter("clerk")
    page.goto(f"/residents/{served.people[TOWN_A]['family']}/")
    page.keyboard.press("h")
    page.wait_for_url("**/households/**")
    picture(page, "clerk-household")
    assert page.locator("tbody tr").first.locator("td").nth(2).inner_text() == "世帯主"


def test_what_is_careful_is_shown_for_a_reason_only(served: Served, enter: Enter, picture: Picture) -> None:
    family = served.people[TOWN_A]["family"]
    secret = served.people[TOWN_A]["rows"][family]["住民票コード"]
    page = enter("chief")
    page.goto(f"/residents/{family}/")
    assert secret not in page.content()
    page.keyboard.press("s")
    page.wait_for_url("**/reason/**")
    page.keyboard.press("Enter")
    assert "/reason/" in page.url
    page.keyboard.type("本人の求めによる住民票コード通知票の再発行")
    picture(page, "clerk-reason")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/residents/{family}/")
    assert secret in page.inner_text("main")
    page.get_by_role("button", name="表示した項目を隠す").click()
    page.get_by_role("link", name="隠れている項目を表示").wait_for()
    assert secret not in page.content()


def test_who_may_not_see_an_item_gets_no_way_to_it(served: Served, enter: Enter) -> None:
    family = served.people[TOWN_A]["family"]
    page = enter("clerk")
    page.goto(f"/residents/{family}/")
    assert served.people[TOWN_A]["rows"][family]["住民票コード"] not in page.content()
    expect(page.get_by_text("隠れている項目を表示")).to_have_count(0)


def test_everything_works_without_scripts(served: Served, enter: Enter) -> None:
    family = served.people[TOWN_A]["family"]
    page = enter("clerk", scripts=False)
    page.goto("/")
    page.fill("#q", family)
    page.press("#q", "Enter")
    page.wait_for_url("**/residents/**")
    assert served.people[TOWN_A]["rows"][family]["氏名"] in page.inner_text("h1")
