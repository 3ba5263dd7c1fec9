"""A colleague who has mistyped too often: the administrator sees it, opens the lock, and the colleague gets in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect
from tests.web.asking import ask

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from tests.web.conftest import Served

LOGIN, PERSON = "/accounts/login/", "丙川　三郎"


def _gets_in(served: Served, password: str) -> bool:
    return ask(served, "", "POST", LOGIN, {"login": "tax", "password": password}).status == 302


def test_a_lock_is_seen_and_opened(
    served: Served, enter: Callable[..., Page], picture: Callable[[Page, str], None]
) -> None:
    password = served.logins["tax"]["password"]
    for _ in range(5):
        assert not _gets_in(served, "wrong-wrong-wrong")
    assert not _gets_in(served, password)
    page = enter("administrator")
    page.goto("/admin/staff/")
    line = page.get_by_role("region", name="ログインの失敗").get_by_role("row").filter(has_text=PERSON)
    expect(line).to_contain_text("受け付けていません")
    line.get_by_role("link", name=PERSON).click()
    expect(page.locator(".notice.warn").first).to_contain_text("失敗が続いたため")
    picture(page, "admin-locked")
    page.get_by_role("button", name="ロックを解く").click()
    page.wait_for_selector("text=また受け付けます")
    expect(page.get_by_role("button", name="ロックを解く")).to_have_count(0)
    assert _gets_in(served, password)
