"""The workbench of glyphs by keyboard: ten glyphs decided, approved by another, taken over by the next town.

Oracle: issue 6 no. 4 (1–9 chooses, arrows move, n none, u undo; two people; the ledger is shared; who, when, why). axe
says what is accessible.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.identification.sample import GLYPHS
from tests.web.asking import ask
from tests.web.test_accessibility import wrong
from tests.world import TOWN_A, TOWN_B

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from tests.web.conftest import Served

    Enter = Callable[..., Page]
    Picture = Callable[[Page, str], None]

NARROW, MISSING, REFUSED = 320, 404, 403
TEN = 10


@pytest.fixture
def address(served: Served) -> str:
    return f"/group/characters/{served.samples[TOWN_A]['collection']}/"


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def decided(page: Page, key: str, name: str) -> None:
    """Press a key at a glyph and see the next one."""
    expect(page.locator("h1")).to_contain_text(name)
    press(page, key)
    expect(page.locator("main .notice").first).to_contain_text(name)


def accessible(page: Page) -> None:
    page.set_viewport_size({"width": NARROW, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
    page.set_viewport_size({"width": 1280, "height": 900})
    assert wrong(page) == []


def drawn(page: Page) -> None:
    """Wait for every picture that is to be seen."""
    for _ in range(200):
        if page.evaluate("[...document.images].every(one => one.offsetParent === null || one.complete)"):
            return
        page.wait_for_timeout(50)


def code(place: int) -> str:
    return f"U+{0xE000 + place:04X}"


@pytest.fixture
def shot(picture: Picture) -> Picture:
    """A picture of a page that has come to rest; what the camera writes into its fields is taken out again."""

    def keep(page: Page, name: str) -> None:
        page.wait_for_load_state("networkidle")
        drawn(page)
        picture(page, name)
        page.evaluate("document.querySelectorAll('[style]').forEach(one => one.removeAttribute('style'))")

    return keep


def test_ten_glyphs_by_keyboard_then_approved_then_taken_over(
    served: Served, enter: Enter, shot: Picture, address: str
) -> None:
    _decides(enter("mover"), shot, address)
    _approves(enter("operator"), shot, address)
    own = enter("mover")
    own.goto(f"{address}approve/")
    expect(own.locator("main")).to_contain_text("自分の提案です")
    assert own.locator("[data-approve]").count() == 0
    _takes_over(enter("neighbour"), shot, f"/group/characters/{served.samples[TOWN_B]['collection']}/")


def _decides(page: Page, shot: Picture, address: str) -> None:
    page.goto(f"{address}decide/")
    expect(page.locator("h1")).to_contain_text(code(0))
    expect(page.locator("h1")).to_contain_text("27人が使用（渡〓 ワタナベ 26人、ほか 1人）")
    shot(page, "characters-decide")
    press(page, " ")
    overlays = page.locator(".candidates img.over")
    expect(overlays.first).to_be_visible()
    drawn(page)
    assert overlays.first.evaluate("image => image.naturalWidth") > 0
    shot(page, "characters-overlay")
    press(page, " ")
    expect(overlays.first).to_be_hidden()

    for place in range(6):
        decided(page, "1", code(place))
    press(page, "u")
    expect(page.locator("h1")).to_contain_text(code(5))
    decided(page, "2", code(5))
    press(page, "ArrowDown")
    expect(page.locator("h1")).to_contain_text(code(7))
    press(page, "ArrowUp")
    expect(page.locator("h1")).to_contain_text(code(6))
    press(page, "ArrowRight", "ArrowRight", "ArrowLeft")
    assert page.locator(".candidates input:checked").evaluate("box => box.closest('label').dataset.number") == "2"
    decided(page, "Enter", code(6))
    decided(page, "1", code(7))
    _with_a_reason(page)
    decided(page, "n", code(9))
    expect(page.locator("p.counted")).to_contain_text("承認待ち 10")
    _searches(page, shot)


def _with_a_reason(page: Page) -> None:
    """類似 is not sent without a word; after it the keys work again."""
    expect(page.locator("h1")).to_contain_text(code(8))
    press(page, "s", "1")
    assert page.evaluate("document.activeElement.id") == "reason"
    page.keyboard.type("点の形が違う")
    decided(page, "Enter", code(8))
    expect(page.locator("h1")).to_contain_text(code(9))


def _searches(page: Page, shot: Picture) -> None:
    press(page, "?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert wrong(page) == []
    press(page, "Escape")
    press(page, "/")
    page.keyboard.type("つる 21画")
    press(page, "Enter")
    expect(page.get_by_role("radiogroup")).to_have_attribute("aria-label", re.compile("つる"))
    accessible(page)
    shot(page, "characters-lookup")
    press(page, "Escape")
    expect(page.get_by_role("radiogroup", name="候補")).to_be_visible()


def _approves(page: Page, shot: Picture, address: str) -> None:
    page.goto(f"{address}approve/")
    expect(page.locator("[data-row]")).to_have_count(TEN)
    assert "渡〓" not in page.inner_text("main")
    accessible(page)
    shot(page, "characters-approve")
    for left in range(TEN - 1, 1, -1):
        press(page, "y")
        expect(page.locator("[data-row]")).to_have_count(left)
    press(page, "ArrowDown", "x")
    page.keyboard.type("点が二つに見える")
    press(page, "Enter")
    expect(page.locator("[data-row]")).to_have_count(1)


def _takes_over(page: Page, shot: Picture, theirs: str) -> None:
    page.goto(theirs)
    expect(page.locator("p.counted")).to_contain_text("他の町が決定ずみ")
    shot(page, "characters-set")
    press(page, "t")
    page.wait_for_url("**/approve/?show=together")
    accessible(page)
    shot(page, "characters-together")
    for key, told in (
        ("y", "字を受け入れました"),
        ("u", "まとめて受け入れた5字を取り消しました"),
        ("y", "字を受け入れました"),
    ):
        press(page, key)
        expect(page.locator("main .notice").first).to_contain_text(told)
    page.goto(theirs)
    expect(page.locator("p.counted")).to_contain_text("他の町の決定を利用")
    page.get_by_role("link", name=code(0)).click()
    expect(page.locator(".story")).to_contain_text("見本町の決定を受け入れ")
    accessible(page)
    shot(page, "characters-story")


def test_the_pages_of_others(served: Served, address: str) -> None:
    glyph = served.samples[TOWN_B]["glyph"]
    for path in (
        f"{address}decide/?glyph={glyph}", f"{address}decide/?glyph=x", f"{address}glyphs/{glyph}/picture.png",
        f"{address}glyphs/{served.samples[TOWN_A]['glyph']}/overlay.png?mj=MJ999999", "/group/characters/999999999/",
    ):  # fmt: skip
        assert ask(served, "mover", "GET", path).status == MISSING
    for role in ("clerk", "chief", "administrator", "newcomer"):
        assert ask(served, role, "GET", "/group/characters/").status == REFUSED


def test_without_scripts_the_form_decides_too(enter: Enter, address: str) -> None:
    page = enter("mover", scripts=False)
    page.goto(f"{address}decide/")
    name = page.locator("h1").inner_text().split()[1]
    page.locator(".candidates input[name=mj]").nth(1).check()
    page.get_by_label("理由").first.fill("見比べた")
    page.get_by_role("button", name="提案する").click()
    expect(page.locator("main .notice").first).to_contain_text(name)
    assert len(GLYPHS) > TEN
