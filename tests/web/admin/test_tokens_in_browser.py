"""Tokens on the screen: made for an account of its own, shown once, used by a program, revoked."""

from __future__ import annotations

import json
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from tests.web.conftest import Served

    Enter = Callable[..., Page]
    Picture = Callable[[Page, str], None]


def me(served: Served, word: str) -> tuple[int, dict[str, object]]:
    """What a program with this word is told of itself."""
    place = urlsplit(served.address)
    connection = HTTPConnection(place.hostname or "", place.port, timeout=60)
    try:
        connection.request("GET", "/api/v1/me", headers={"Authorization": f"Bearer {word}"})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


def test_a_token_is_made_used_and_revoked(served: Served, enter: Enter, picture: Picture) -> None:
    page = enter("administrator")
    page.goto("/admin/staff/new/")
    page.fill("[name=login]", "tokei-renkei")
    page.fill("[name=name]", "統計システム連携")
    page.get_by_role("button", name="登録する").click()
    page.get_by_role("link", name="権限を付与する").click()
    page.get_by_label("照会", exact=True).check()
    page.get_by_label("住民基本台帳", exact=True).check()
    page.get_by_role("button", name="変わることを確かめる").click()
    page.get_by_role("button", name="付与する").click()

    page.goto("/admin/tokens/")
    page.keyboard.press("c")
    page.wait_for_url("**/tokens/new/")
    choices = page.locator("[name=login] option").all_inner_texts()
    assert "統計システム連携（tokei-renkei）" in choices
    assert not any("（clerk）" in one or "（administrator）" in one for one in choices)
    page.select_option("[name=login]", "tokei-renkei")
    page.fill("[name=name]", "統計システム（人口集計）")
    picture(page, "admin-token-new")
    page.get_by_role("button", name="作る").click()
    word = page.locator("code.word").inner_text()
    status, who = me(served, word)
    assert (status, who["login"], who["actions"]) == (200, "tokei-renkei", ["view"])
    page.get_by_role("link", name="写しました").click()

    page.wait_for_url("**/tokens/")
    line = page.get_by_role("row").filter(has_text="統計システム（人口集計）")
    expect(line).to_contain_text("照会：住民基本台帳")
    expect(line).to_contain_text("administrator")
    assert word not in page.content()
    picture(page, "admin-tokens")
    line.get_by_role("link", name="取り消す").click()
    page.fill("[name=reason]", "連携の終了")
    page.get_by_role("button", name="取り消す").click()
    page.wait_for_selector("text=合い言葉を取り消しました")
    assert me(served, word)[0] == 401
    page.goto("/admin/tokens/")
    page.locator("summary").click()
    expect(page.get_by_role("row").filter(has_text="統計システム（人口集計）")).to_contain_text("使われました")


@pytest.mark.parametrize("login", ["clerk", "administrator", "nobody-here", ""])
def test_a_person_is_given_no_token_by_another(served: Served, enter: Enter, login: str) -> None:
    del served
    page = enter("administrator")
    page.goto("/admin/tokens/new/")
    said = page.evaluate(
        """async (login) => {
            const form = new FormData();
            form.set("login", login); form.set("name", "x"); form.set("valid_until", "2026-12-31");
            const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
            const answer = await fetch(location.href, {method: "POST", body: form, headers: {"X-CSRFToken": token}});
            return await answer.text();
        }""",
        login,
    )
    assert "作りました" not in said
