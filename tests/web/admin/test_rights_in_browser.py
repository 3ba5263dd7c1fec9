"""Journeys of the rights administrator: who may do what until when, given, made exceptional, taken away at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.web.asking import ask

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from tests.web.conftest import Served

    Enter = Callable[..., Page]
    Picture = Callable[[Page, str], None]

_OK, _REFUSED = 200, 403


def _person(page: Page, name: str) -> None:
    """Open the page of somebody by the list."""
    page.goto("/admin/staff/")
    page.locator("table").get_by_role("link", name=name).click()
    page.wait_for_url("**/admin/staff/*/")


def _registered(page: Page, login: str, name: str) -> str:
    """Register somebody; gives the first password."""
    page.goto("/admin/staff/new/")
    page.get_by_label("利用者ID").fill(login)
    page.get_by_label("氏名").fill(name)
    page.get_by_role("button", name="登録する").click()
    page.wait_for_selector("text=この画面は一度しか出ません")
    return page.locator("dt:has-text('初回パスワード') + dd").inner_text()


def test_a_new_colleague_gets_an_account_and_rights_after_a_look_at_what_changes(
    served: Served, enter: Enter, picture: Picture
) -> None:
    page = enter("administrator")
    password = _registered(page, "minami", "南　花")
    assert len(password.replace("-", "")) == 20
    picture(page, "admin-password")
    page.get_by_role("link", name="権限を付与する").click()
    page.get_by_label("照会", exact=True).check()
    page.get_by_label("データ移行").check()
    page.get_by_label("住民基本台帳", exact=True).check()
    page.get_by_label("戸籍の表示").check()
    page.evaluate("scrollTo(0, 0)")
    picture(page, "admin-give")
    page.get_by_role("button", name="変わることを確かめる").click()
    table = page.get_by_role("region", name="変わること")
    assert "照会：住民基本台帳（通常の項目）" in table.inner_text()
    assert "照会：住民基本台帳（戸籍の表示（本籍・筆頭者））" in table.inner_text()
    assert "令和9年3月31日" in table.inner_text()
    picture(page, "admin-give-confirm")
    page.get_by_role("button", name="直す").click()
    assert page.get_by_label("住民基本台帳", exact=True).is_checked()
    page.get_by_role("button", name="変わることを確かめる").click()
    page.get_by_role("button", name="付与する").click()
    page.wait_for_selector("h2:has-text('いまの権限')")
    assert page.locator("h1").inner_text() == "南　花"
    expect(page.get_by_role("link", name="取り消す")).to_have_count(3)
    picture(page, "admin-person")
    assert served.address in page.url


def test_the_same_form_sent_twice_gives_one_right(served: Served, enter: Enter) -> None:
    page = enter("administrator")
    _registered(page, "nijuu", "二重　<b>太郎</b>")
    _person(page, "二重　<b>太郎</b>")
    fields = {
        "actions": "audit",
        "valid_from": "2026-11-21",
        "valid_until": "2027-03-31",
        "item_groups": "-",
        "step": "apply",
    }
    path = page.url.removeprefix(served.address) + "rights/new/"
    first = page.evaluate("new Date().toISOString().slice(0, 10)")
    for _ in range(2):
        ask(served, "administrator", "POST", path, fields | {"valid_from": first})
    page.reload()
    expect(page.get_by_role("link", name="取り消す")).to_have_count(1)
    assert page.locator("h1").inner_text() == "二重　<b>太郎</b>"


def test_an_exception_says_why_and_is_gone_at_the_next_click_once_revoked(
    served: Served, enter: Enter, picture: Picture
) -> None:
    assert ask(served, "newcomer", "GET", "/search/").status == _REFUSED
    page = enter("administrator")
    _person(page, "己野　六子")
    page.get_by_role("link", name="権限を付与する").click()
    page.get_by_label("照会", exact=True).check()
    page.get_by_label("住民基本台帳", exact=True).check()
    page.get_by_label("一時的な権限").check()
    page.get_by_role("button", name="変わることを確かめる").click()
    expect(page.locator("main").first).to_contain_text("一時的な権限の理由を入力してください")
    page.get_by_label("理由", exact=True).fill("窓口の応援（住民課からの依頼）")
    page.get_by_label("終了日").fill(page.get_by_label("開始日").input_value())
    page.get_by_role("button", name="変わることを確かめる").click()
    page.get_by_role("button", name="付与する").click()
    page.wait_for_selector("text=今日まで")
    expect(page.locator("main").first).to_contain_text("窓口の応援")
    assert ask(served, "newcomer", "GET", "/search/").status == _OK
    page.goto("/admin/rights/?kind=exceptional")
    expect(page.locator("main").first).to_contain_text("己野　六子")
    picture(page, "admin-rights")
    page.locator("tr:has-text('己野　六子')").get_by_role("link", name="取り消す").click()
    page.get_by_role("button", name="取り消す").click()
    assert page.evaluate("document.activeElement.name") == "reason"
    page.get_by_label("理由").fill("応援が終わった")
    picture(page, "admin-revoke")
    page.get_by_role("button", name="取り消す").click()
    page.wait_for_selector("text=権限を取り消しました")
    assert ask(served, "newcomer", "GET", "/search/").status == _REFUSED


def test_what_the_service_refuses_is_told_before_it_is_confirmed(enter: Enter) -> None:
    page = enter("administrator")
    _person(page, "己野　六子")
    page.get_by_role("link", name="権限を付与する").click()
    page.get_by_label("操作ログの照会").check()
    page.get_by_label("終了日").fill("2040-03-31")
    page.get_by_role("button", name="変わることを確かめる").click()
    assert "翌年度の末日より後" in page.get_by_role("alert").inner_text()


def test_nobody_gives_rights_to_themselves(served: Served, enter: Enter) -> None:
    page = enter("administrator")
    _person(page, "戊井　五郎")
    expect(page.get_by_role("link", name="権限を付与する")).to_have_count(0)
    path = page.url.removeprefix(served.address) + "rights/new/"
    fields = {"actions": "export", "valid_from": "2026-11-21", "valid_until": "2027-03-31", "step": "apply"}
    assert "自分に権限を付与できません" in ask(served, "administrator", "POST", path, fields).text
    page.goto("/admin/rights/?name=administrator")
    assert "全件の書出し" not in page.locator("table").inner_text()


def test_a_stopped_colleague_is_marked_and_let_in_again_with_a_reason(enter: Enter, picture: Picture) -> None:
    page = enter("administrator")
    _registered(page, "kyushoku", "休　職子")
    _person(page, "休　職子")
    page.get_by_role("link", name="利用を停止する").click()
    picture(page, "admin-stop")
    page.get_by_label("理由").fill("休職")
    page.get_by_role("button", name="停止する").click()
    page.wait_for_selector(".chip:has-text('停止中')")
    page.goto("/admin/staff/?state=stopped")
    expect(page.get_by_role("region", name="職員", exact=True).locator("tbody tr")).to_have_count(1)
    _person(page, "休　職子")
    page.get_by_role("link", name="利用を再開する").click()
    page.get_by_label("理由").fill("復職")
    page.get_by_role("button", name="再開する").click()
    page.wait_for_selector(".chip:has-text('利用できる')")


def test_a_first_password_is_made_anew_and_shown_once(enter: Enter) -> None:
    page = enter("administrator")
    before = _registered(page, "wasureta", "忘　太郎")
    _person(page, "忘　太郎")
    page.get_by_role("link", name="パスワードの初期化").click()
    page.get_by_role("button", name="初期化する").click()
    after = page.locator("dt:has-text('初回パスワード') + dd").inner_text()
    assert after not in ("", before)
    page.get_by_role("link", name="職員の画面へ").click()
    assert after not in page.content()


@pytest.mark.parametrize("script", [True, False])
def test_the_lists_are_narrowed_with_and_without_scripts(enter: Enter, picture: Picture, *, script: bool) -> None:
    page = enter("administrator", scripts=script)
    page.goto("/admin/staff/")
    if script:
        picture(page, "admin-staff")
    page.get_by_label("氏名か利用者ID").fill("花子")
    page.get_by_role("button", name="絞り込む").click()
    expect(page.get_by_role("region", name="職員", exact=True).locator("tbody tr")).to_have_count(1)
    page.goto("/admin/departments/")
    page.get_by_label("部署の名称").fill(f"住民課{script}")
    page.get_by_role("button", name="加える").click()
    page.get_by_label("部署の名称").fill(f"住民課{script}")
    page.get_by_role("button", name="加える").click()
    expect(page.locator("main").first).to_contain_text("登録済みです")


def test_a_right_is_given_by_the_keyboard_alone(enter: Enter) -> None:
    page = enter("administrator")
    _registered(page, "keyboard", "鍵　盤子")
    page.goto("/")
    page.keyboard.press("g")
    page.keyboard.press("u")
    page.wait_for_url("**/admin/staff/")
    _tab_to(page, "鍵　盤子")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/staff/*/")
    page.keyboard.press("c")
    page.wait_for_url("**/rights/new/")
    _tab_to(page, "操作ログの照会")
    page.keyboard.press("Space")
    _tab_to(page, "変わることを確かめる")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('権限が変わります')")
    _tab_to(page, "付与する")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=権限を変えました")
    expect(page.locator("main").first).to_contain_text("操作ログの照会")


def _tab_to(page: Page, text: str, most: int = 150) -> None:
    """Press Tab until what has the focus says this."""
    for _ in range(most):
        page.keyboard.press("Tab")
        here = page.evaluate("(document.activeElement.closest('label') || document.activeElement).innerText")
        if here.strip() == text:
            return
    raise AssertionError(f"{text} is not reached by Tab")
