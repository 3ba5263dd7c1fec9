"""The page of `characters identify` in a browser: WCAG 2.2 AA by axe, no sideways scrolling at 400 %, no asking."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.architecture.manual import HOUSE
from tests.characters.glyphs import stand_in
from tests.characters.glyphs.fonts import CROSS, FRAME, font

from yakuba.characters.glyphs.page import page
from yakuba.characters.glyphs.read import read_glyphs
from yakuba.characters.glyphs.telling import told
from yakuba.characters.glyphs.usage import Name, Usage
from yakuba.cli import main
from yakuba.kernel.ipamj import find_font

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.skipif(find_font() is None, reason="IPAmj明朝 is missing")
NARROW = 320


def test_the_page_is_accessible_reflows_and_asks_for_nothing(tmp_path: Path, browser: Browser) -> None:
    (tmp_path / "gaiji.tte").write_bytes(font({0xE000: CROSS, 0xE001: FRAME}))
    reading = read_glyphs(tmp_path / "gaiji.tte")
    usage = {"\ue000": Usage(3, (Name("渡\ue000　花子", "ワタナベ　ハナコ", "渡辺　花子", 3),), "\ue000")}
    findings = [told("glyph_empty", "gaiji.tte", glyph="U+E002 (F042)"), told("glyph_no_cmap", "gaiji.tte")]
    made = page("gaiji.tte", stand_in.identify(reading.glyphs, usage), usage, findings)
    (tmp_path / "index.html").write_bytes(made)
    shown = browser.new_page(viewport={"width": 1280, "height": 900})
    asked: list[str] = []
    shown.on("request", lambda request: asked.append(request.url))
    shown.goto((tmp_path / "index.html").as_uri())
    problems = [(one["id"], node["target"]) for one in Axe().run(shown).response["violations"] for node in one["nodes"]]
    shown.set_viewport_size({"width": NARROW, "height": 900})
    width = shown.evaluate("document.documentElement.scrollWidth")
    whole = shown.evaluate("[...document.images].every(image => image.naturalWidth === 160)")
    assert problems == []
    assert width == NARROW
    assert whole
    assert [url for url in asked if not url.startswith("data:")] == [(tmp_path / "index.html").as_uri()]


@pytest.mark.skipif(os.environ.get("YAKUBA_PICTURES") != "1", reason="the picture of the manual is made on demand")
def test_the_picture_of_the_manual(tmp_path: Path, browser: Browser) -> None:
    """The fictitious vendor's font with the model itself, as the manual's two commands make it."""
    for words in (
        ["town", "gaiji", "--out", str(tmp_path / "gaiji")],
        ["characters", "identify", str(tmp_path / "gaiji/gaiji.tte"), "--usage", str(tmp_path / "gaiji/usage.csv"),
         "--out", str(tmp_path / "out")],
    ):  # fmt: skip
        with pytest.raises(SystemExit) as ended:
            main(words)
        assert ended.value.code == 0
    shown = browser.new_page(viewport={"width": 1280, "height": 960})
    shown.goto((tmp_path / "out/index.html").as_uri())
    shown.screenshot(path=HOUSE / "docs/images/characters-identify.png")
