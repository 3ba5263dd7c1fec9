"""Journey: the section chief opens the report in a real browser; it needs nothing but itself."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from tests.journeys.towns import move

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    return move(folder, "vendor-a", "realistic", residents=500).out / "report.html"


@pytest.fixture(scope="module")
def page(browser: Browser) -> Page:
    return browser.new_page()


def test_it_asks_the_network_for_nothing_and_reports_no_error(report: Path, page: Page) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(report.as_uri())
    assert asked == [report.as_uri()]
    assert said == []


@pytest.mark.parametrize("width", [1316, 640, 320])
def test_it_reflows_without_sideways_scrolling(report: Path, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(report.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_headings_and_tables_are_marked_up_for_a_screen_reader(report: Path, page: Page) -> None:
    page.goto(report.as_uri())
    assert page.locator("html").get_attribute("lang") == "ja"
    assert page.locator("h1").count() == 1
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => Number(h.tagName[1]))")
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert page.evaluate("[...document.querySelectorAll('table')].every(t => t.querySelector('th'))")
    unnamed = page.evaluate("[...document.querySelectorAll('svg')].filter(s => !s.getAttribute('role')).length")
    assert unnamed == 0


def test_text_is_dark_enough_on_its_ground(report: Path, page: Page) -> None:
    page.goto(report.as_uri())
    worst = page.evaluate(CONTRAST)
    assert worst["ratio"] >= 4.5, worst


CONTRAST = """() => {
  const rgb = c => c.match(/[\\d.]+/g).map(Number);
  const lin = v => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
  const lum = c => 0.2126 * lin(c[0]) + 0.7152 * lin(c[1]) + 0.0722 * lin(c[2]);
  const ground = e => { for (; e; e = e.parentElement) {
    const c = rgb(getComputedStyle(e).backgroundColor);
    if (c.length < 4 || c[3] > 0) return c; }
    return [255, 255, 255]; };
  let worst = {ratio: 21, text: ''};
  for (const e of document.querySelectorAll('body *')) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || e.closest('svg') || !e.getClientRects().length) continue;
    const a = lum(rgb(getComputedStyle(e).color)), b = lum(ground(e));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < worst.ratio) worst = {ratio, text: e.textContent.trim().slice(0, 60)};
  }
  return worst; }"""
