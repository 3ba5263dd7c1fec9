"""Signing in through the pages: password, then the code; what a new person meets first."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from playwright.sync_api import expect
from tests.web.serving import code

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from tests.web.conftest import Served


def _new_code(secret: str) -> str:
    used = code(secret)
    while code(secret) == used:
        time.sleep(1)
    return code(secret)


def test_a_clerk_signs_in_by_keyboard_and_ends_the_session(
    served: Served, enter: Callable[..., Page], picture: Callable[[Page, str], None]
) -> None:
    login = served.logins["newcomer"]
    page = enter()
    page.goto("/layouts/")
    page.wait_for_url("**/login/?next=*")
    picture(page, "clerk-login")
    page.keyboard.type("newcomer")
    page.keyboard.press("Tab")
    page.keyboard.type(login["password"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/authenticate/**")
    picture(page, "clerk-code")
    page.fill("[name=code]", _new_code(login["totp"]))
    page.keyboard.press("Enter")
    page.wait_for_url("**/layouts/")
    page.get_by_role("button", name="終了する").click()
    page.wait_for_url("**/login/**")
    page.goto("/layouts/")
    assert "/login/" in page.url


def test_a_wrong_password_is_said_in_one_sentence_and_names_nobody(enter: Callable[..., Page]) -> None:
    page = enter()
    page.goto("/accounts/login/")
    page.fill("[name=login]", "nobody-here")
    page.fill("[name=password]", "wrong-wrong-wrong")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]")
    assert page.inner_text("[role=alert]").strip()
    assert "nobody-here" not in page.inner_text("[role=alert]")


def test_ones_own_rights_and_their_ends_are_to_be_read(enter: Callable[..., Page]) -> None:
    page = enter("clerk")
    page.goto("/me/")
    expect(page.locator("main").first).to_contain_text("出力（EUC）")
    expect(page.locator("main").first).to_contain_text("3月31日")


def test_a_page_without_the_right_says_which_one_is_missing(enter: Callable[..., Page]) -> None:
    page = enter("newcomer")
    assert page.goto("/search/?q=%E3%81%95").status == 403  # type: ignore[union-attr]
    expect(page.locator("main").first).to_contain_text("「照会」の権限が必要です")
