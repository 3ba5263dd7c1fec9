"""A clerk gives a paper with three key strokes; later it is looked up, spoiled, made valid again, verified."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import expect
from tests.issuance.reading import code_on
from tests.web.asking import ask
from tests.world import TOWN_A

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from tests.web.conftest import Served

    Enter = Callable[..., Page]
    Picture = Callable[[Page, str], None]


def test_from_a_person_to_paper_in_three_key_strokes(served: Served, enter: Enter, picture: Picture) -> None:
    family = served.people[TOWN_A]["family"]
    page = enter("clerk")
    page.goto(f"/residents/{family}/")
    page.keyboard.press("c")
    page.wait_for_url("**/certificates/")
    picture(page, "certificate-kinds")
    page.keyboard.press("1")
    page.wait_for_url("**kind=juminhyo")
    expect(page.locator(".preview img").first).to_be_visible()
    page.locator(".preview img").first.evaluate("image => image.decode()")
    picture(page, "certificate-give")
    with page.expect_popup() as paper:
        page.keyboard.press("Enter")
    expect(page.locator("h1 .number")).to_be_visible()
    expect(page.locator("h1")).to_contain_text("住民票の写し")
    assert paper.value.url.endswith(f"/residents/{family}/certificates/")
    picture(page, "certificate-entry")
    number = page.locator("h1 .number").inner_text()
    again = ask(served, "clerk", "POST", f"{urlsplit(page.url).path}reprint/", {"reason": "用紙づまり"})
    assert again.kind == "application/pdf"
    code = code_on(again.body).rpartition("/")[2]
    answer = ask(served, "", "GET", f"/V/{code}")
    assert "この証明書は有効です" in answer.text
    assert number in answer.text
    assert served.people[TOWN_A]["rows"][family]["氏名"] not in answer.text


def test_several_copies_are_several_originals(served: Served, enter: Enter, picture: Picture) -> None:
    family = served.people[TOWN_A]["family"]
    page = enter("clerk")
    page.goto(f"/residents/{family}/certificates/?kind=juminhyo")
    page.get_by_label("部数").fill("2")
    page.get_by_label("部数").blur()
    expect(page.locator(".outcome .sum")).to_contain_text("× 2通")
    with page.expect_popup() as opened:
        page.get_by_role("button", name="交付する").click()
    copies = opened.value
    expect(copies.locator("h1")).to_contain_text("2通")
    picture(copies, "certificate-copies")
    numbers = copies.locator("button .number").all_inner_texts()
    assert len(set(numbers)) == 2
    said = copies.locator("main form").first.locator("input[type=hidden]:not([name=csrfmiddlewaretoken])").all()
    again = [(str(one.get_attribute("name")), str(one.get_attribute("value"))) for one in said]
    for place, number in enumerate(numbers, start=1):
        paper = ask(served, "clerk", "POST", f"/residents/{family}/certificates/", [*again, ("copy", str(place))])
        assert paper.kind == "application/pdf", paper.text
        answer = ask(served, "", "GET", f"/V/{code_on(paper.body).rpartition('/')[2]}")
        assert "この証明書は有効です" in answer.text
        assert number in answer.text


def test_the_preview_follows_what_is_chosen(served: Served, enter: Enter) -> None:
    family = served.people[TOWN_A]["family"]
    page = enter("clerk")
    page.goto(f"/residents/{family}/certificates/?kind=juminhyo")
    first = page.locator(".preview img").first.get_attribute("src")
    for box in page.locator("input[name=members]").all():
        box.check()
    expect(page.locator(".outcome .sum")).not_to_contain_text("記載する人 1人")
    assert page.locator(".preview img").first.get_attribute("src") != first


def test_a_refusal_says_why_and_leaves_no_button(served: Served, enter: Enter, picture: Picture) -> None:
    page = enter("clerk")
    page.goto(f"/residents/{served.people[TOWN_A]['removed']}/certificates/?kind=juminhyo")
    expect(page.locator("[role=alert]").first).to_contain_text("この人は除票です")
    expect(page.get_by_role("button", name="交付する")).to_have_count(0)
    picture(page, "certificate-refused")


def test_a_paper_is_spoiled_and_made_valid_again(enter: Enter, picture: Picture) -> None:
    page = enter("chief")
    page.goto("/certificates/")
    picture(page, "certificate-ledger")
    page.locator("tbody tr a").first.click()
    expect(page.get_by_role("link", name="無効にする")).to_be_visible()
    page.keyboard.press("v")
    page.wait_for_url("**/void/")
    page.get_by_label("理由").fill("印刷がかすれた")
    page.keyboard.press("Enter")
    expect(page.locator(".chip.stop").first).to_have_text("書損（無効）")
    expect(page.get_by_role("link", name="無効を取り消す")).to_be_visible()
    page.keyboard.press("v")
    page.wait_for_url("**/undo/")
    page.keyboard.type("取り違えた")
    page.keyboard.press("Enter")
    expect(page.locator(".chip.ok").first).to_have_text("有効")
    expect(page.locator("main")).to_contain_text("前の記録の取消し")


def test_settings_are_changed_shown_as_different_and_approved(enter: Enter, picture: Picture) -> None:
    """In the other town, so that nobody else's papers are held up."""
    page = enter("neighbour")
    page.goto("/certificates/setting/change/")
    page.get_by_label("うら面の模様を印字する").check()
    page.get_by_label("変更の理由").fill("模様をつける")
    page.keyboard.press("Enter")
    page.wait_for_url("**/certificates/setting/")
    expect(page.locator("[role=alert]").first).to_contain_text("地紋などの体裁")
    picture(page, "certificate-setting")
    page.keyboard.press("y")
    page.wait_for_url("**/approval/")
    page.keyboard.type("決裁 第2号")
    page.keyboard.press("Enter")
    page.wait_for_url("**/certificates/setting/")
    expect(page.locator("main")).to_contain_text("承認した設定のとおりに動いています")


def test_an_unknown_code_is_said_to_be_unknown(enter: Enter, picture: Picture) -> None:
    page = enter()
    page.goto("/V/")
    page.get_by_label("読み取った文字").fill("ABC234")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("発行の記録が見つかりません")
    picture(page, "certificate-verify")
