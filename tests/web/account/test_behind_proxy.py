"""A clerk's way through a real nginx with the manual's file: signing in, searching, cookies that only TLS carries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.site.proxy import PASSWORD, installed, needs_nginx, proxied
from tests.site.test_serve import yakuba
from tests.web.serving import code
from tests.world import TOWN_A

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

__all__ = ["installed"]


@needs_nginx
def test_a_clerk_works_through_nginx(installed: tuple[Path, str], browser: Browser) -> None:
    home, secret = installed
    with proxied(home) as proxy:
        context = browser.new_context(
            base_url=f"https://localhost:{proxy.port}", ignore_https_errors=True, locale="ja-JP"
        )
        page = context.new_page()
        page.goto("/")
        page.fill("[name=login]", "clerk")
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/factor/authenticate/")
        page.fill("[name=code]", code(secret))
        page.keyboard.press("Enter")
        page.wait_for_url(f"https://localhost:{proxy.port}/")
        page.fill("#q", "ア*")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/**")
        assert page.locator("main").inner_text()
        cookies: list[dict[str, Any]] = [dict(one) for one in context.cookies()]
        context.close()
        log = (proxy.folder / "yakuba.log").read_text()
    assert {one["name"] for one in cookies} == {"__Host-session", "__Host-csrf"}
    assert all(one["secure"] and one["httpOnly"] and one["sameSite"] == "Lax" for one in cookies)
    assert "search" not in log
    assert re.search(r"GET 200", log)
    told = yakuba(home, "audit", "export", TOWN_A, "--reason", "試験", "--out", str(home / "log.csv"))
    assert told.returncode == 0, told.stderr
    assert '""address"": ""127.0.0.1""' in (home / "log.csv").read_text("utf-8-sig")
