"""The administrator opens the machines, closes a kind, plans a stop, ends it; oracle: what the page says after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect
from tests.web.asking import ask

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page
    from tests.web.conftest import Served

    Enter = Callable[..., Page]
    Picture = Callable[[Page, str], None]


def _line(page: Page, kind: str) -> Locator:
    return page.get_by_role("row").filter(has_text=kind)


def test_the_machines_from_the_switch_to_a_planned_stop(enter: Enter, picture: Picture) -> None:
    page = enter("administrator")
    page.goto("/certificates/kiosk/machines/")
    page.get_by_label("稼働にする").check()
    page.get_by_label("年齢の下限").fill("16")
    page.get_by_role("button", name="変える").click()
    page.wait_for_url("**/certificates/kiosk/")
    expect(page.locator("main")).to_contain_text("稼働中")
    page.get_by_role("link", name="住民票の写し").click()
    page.get_by_label("利用時間").fill("00:00-24:00")
    page.get_by_role("button", name="この内容で取り扱う").click()
    expect(page.locator("main")).to_contain_text("正しくありません")
    page.get_by_label("利用時間").fill("09:00-17:00")
    page.get_by_label("日", exact=True).uncheck()
    page.get_by_role("button", name="この内容で取り扱う").click()
    expect(_line(page, "住民票の写し")).to_contain_text("09:00～17:00")
    expect(_line(page, "住民票の写し")).to_contain_text("月火水木金土")
    page.keyboard.press("x")
    page.wait_for_url("**/kiosk/close/")
    page.get_by_label("理由").fill("様式の点検")
    page.get_by_role("button", name="閉じる").click()
    expect(_line(page, "住民票の写し")).to_contain_text("様式の点検")
    page.get_by_role("button", name="住民票の写しを再開する").click()
    expect(_line(page, "住民票の写し")).not_to_contain_text("様式の点検")
    page.keyboard.press("p")
    page.wait_for_url("**/kiosk/pause/")
    page.get_by_label("はじまり").fill("2099-12-05T22:00")
    page.get_by_label("おわり").fill("2099-12-06T06:00")
    page.get_by_label("理由").fill("定期点検")
    page.get_by_role("button", name="登録する").click()
    expect(_line(page, "定期点検")).to_contain_text("22時00分")
    picture(page, "certificate-kiosk")
    _line(page, "定期点検").get_by_role("button").click()
    expect(page.locator("main")).to_contain_text("計画停止を終えました")
    expect(page.locator("main")).not_to_contain_text("定期点検")
    page.goto("/certificates/kiosk/machines/")
    expect(page.get_by_label("年齢の下限")).to_have_value("16")


def test_a_stop_that_ends_before_it_begins_is_told_beside_the_form(served: Served) -> None:
    wrong = {"first": "2099-12-06T06:00", "last": "2099-12-05T22:00", "reason": "点検", "kind": ""}
    answer = ask(served, "administrator", "POST", "/certificates/kiosk/pause/", wrong)
    assert answer.status == 200
    assert "終わりが始まりより前" in answer.text
    gone = ask(served, "administrator", "GET", "/certificates/kiosk/offers/tenshutsu/")
    assert gone.status == 404
