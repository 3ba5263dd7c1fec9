"""Loads and exports: what came in, and the whole town on its way to another vendor."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    Enter = Callable[..., Page]
    Picture = Callable[[Page, str], None]


def test_the_whole_town_is_exported_and_handed_out(enter: Enter, picture: Picture, tmp_path: Path) -> None:
    page = enter("mover")
    page.goto("/admin/files/")
    expect(page.locator("main").first).to_contain_text("取り込んだ記録")
    before = page.get_by_role("link", name="受け取る").count()
    page.keyboard.press("c")
    page.wait_for_url("**/export/")
    picture(page, "admin-export")
    page.get_by_role("button", name="書き出す").click()
    page.wait_for_selector("text=書出しを受け付けました")
    page.get_by_role("link", name="受け取る").nth(before).wait_for(timeout=90_000)
    picture(page, "admin-files")
    with page.expect_download() as download:
        page.get_by_role("link", name="受け取る").first.click()
    download.value.save_as(tmp_path / "export.zip")
    with zipfile.ZipFile(tmp_path / "export.zip") as archive:
        names = archive.namelist()
    assert any(name.endswith("juminjoho.csv") for name in names)
