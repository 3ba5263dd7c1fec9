"""Debian's Chromium for every room that has pages. It ends with the module of the tests that use it.

While Playwright runs, it keeps an event loop in the thread of the tests: whatever comes later in the same process could
start none of its own, be it a second Playwright or the reader of signatures.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[1]
SCREENS = ROOT / "build" / "screens"
CHROMIUM = shutil.which("chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser, without windows."""
    if CHROMIUM is None:
        pytest.skip("Debian's chromium is not installed (tools/setup.sh browser)")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=quiet)
        yield browser
        browser.close()


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
    """Keep a screen as build output, build/screens/<name>.png; with YAKUBA_PICTURES=1 also what the manuals show."""
    SCREENS.mkdir(parents=True, exist_ok=True)

    def keep(page: Page, name: str) -> None:
        page.screenshot(path=SCREENS / f"{name}.png", full_page=True)
        if os.environ.get("YAKUBA_PICTURES") == "1":
            page.screenshot(path=ROOT / "docs" / "images" / f"{name}.png")

    return keep
