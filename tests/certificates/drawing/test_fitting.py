"""Lines and sizes: nothing is cut, nothing leaves its cell, and our widths are those of the engine."""

from __future__ import annotations

import re
import subprocess
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from tests.certificates.drawing.conftest import Bench, bench, cells
from tests.certificates.drawing.engine import measured

from yakuba.certificates.drawing import render
from yakuba.certificates.fitting import PAD_X, PAD_Y, POINT, broken, fit, width
from yakuba.certificates.glyphs import drawable
from yakuba.certificates.samples import Sample, samples

if TYPE_CHECKING:
    from pathlib import Path

SIZES = (12.0, 10.0, 8.0, 6.0)
LETTERS = "見本太郎花子葛\U000e0102辻𠮷々ー（）「」、。Ａ1 a　#*$_@\\<>[]{}~-=/'\"&%"
NAMES = st.text(st.sampled_from(LETTERS), max_size=60).filter(lambda text: not drawable(text))


def test_the_largest_size_that_fits() -> None:
    assert fit("見本", 30, 6, SIZES) is not None
    assert fit("見本　太郎", 30, 6, SIZES).size == 12.0  # type: ignore[union-attr]
    small = fit("見本　" * 6, 30, 6, SIZES)
    assert small is not None
    assert (small.size, len(small.lines)) == (6.0, 2)
    assert fit("見本　" * 60, 30, 6, SIZES) is None


def test_one_line_is_one_line() -> None:
    long = "令和8年11月20日"
    assert len(fit(long, 16, 9, SIZES).lines) == 2  # type: ignore[union-attr]
    assert fit(long, 20, 9, SIZES, most=1).lines == (long,)  # type: ignore[union-attr]


def test_a_selector_stays_with_its_character() -> None:
    assert broken("葛\U000e0102" * 4, 2) == ("葛\U000e0102" * 2,) * 2


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() -> None:
    assert broken("見本町。見本", 3) == ("見本", "町。見", "本")
    assert broken("見本（見本）", 3) == ("見本", "（見", "本）")


@given(NAMES, st.floats(1.0, 30.0))
def test_lines_hold_all_of_the_text_and_are_no_wider_than_asked(text: str, ems: float) -> None:
    lines = broken(text, ems)
    assert lines is not None
    assert "".join(lines) == text
    assert all(width(line) <= ems for line in lines)


@pytest.mark.parametrize("sample", [one for one in samples() if not one.refused], ids=lambda one: one.name)
def test_every_cell_holds_its_words(sample: Sample) -> None:
    for cell, across, down in placed(Bench(sample)):
        _, _, lines, size, _ = cell
        assert all(width(line) * size * POINT <= across - 2 * PAD_X + 0.05 for line in lines), lines
        assert size * POINT * (1 + 1.15 * (len(lines) - 1)) <= down - 2 * PAD_Y + 0.05, lines


def placed(case: Bench) -> list[tuple[list[Any], float, float]]:
    """Every cell with words, and the width and height it is drawn in."""
    found = []
    for sheet in case.compose().view["sheets"]:
        for grid in (sheet["header"], *sheet["body"]):
            column = row = 0
            for cell in grid["c"]:
                across = sum(grid["w"][column : column + cell[1]])
                if cell[0] != "p":
                    found.append((cell, across, grid["h"][row]))
                column += cell[1]
                if column == len(grid["w"]):
                    column, row = 0, row + 1
            assert row == len(grid["h"])
    return found


@settings(max_examples=30, deadline=None)
@given(st.lists(NAMES, min_size=20, max_size=20))
def test_our_widths_are_those_of_the_engine(texts: list[str]) -> None:
    for text, theirs in zip(texts, measured(texts), strict=True):
        assert theirs <= width(text) * 100 + 0.01, text


# ---- what is painted -------------------------------------------------------------------------------------------------


def painted_text(pdf: bytes) -> str:
    """All words of a PDF without spaces, as a reader copies them."""
    return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


def pdftotext(pdf: bytes, folder: Path) -> str:
    """The same by poppler."""
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    ended = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True)
    return re.sub(r"\s", "", ended.stdout.decode("utf-8"))


@pytest.mark.parametrize("sample", [one for one in samples() if not one.refused], ids=lambda one: one.name)
def test_every_word_of_the_view_is_on_the_paper(sample: Sample, tmp_path: Path) -> None:
    composed = Bench(sample).compose()
    pdf = render(composed).pdf
    for text in (painted_text(pdf), pdftotext(pdf, tmp_path)):
        for cell in cells(composed.view):
            for line in cell[2] if cell[0] != "p" else ():
                assert re.sub(r"\s", "", line) in text
        for note in (note for sheet in composed.view["sheets"] for note in sheet["notes"]):
            assert all(re.sub(r"\s", "", line) in text for line in note["t"])


MARKUP = r"""
#import"x" *太郎* $x$ #panic() _太_ `a` =見出し -一 +二 /語:義 @ref <label> \u{41} //見本 /*見本*/ https://example.invalid
-- --- ...
"太郎" '太郎' ~ #{1+1} [x] ] { sys.inputs \
"""
"""What markup would take as its own, a word each."""


@pytest.mark.parametrize("name", MARKUP.split())
def test_a_name_that_looks_like_markup_comes_out_as_written(name: str, tmp_path: Path) -> None:
    case = bench("juminhyo", "世帯全員").person(0, 氏名=name)
    pdf = render(case.compose()).pdf
    assert re.sub(r"\s", "", name) in pdftotext(pdf, tmp_path)


@settings(max_examples=25, deadline=None)
@given(NAMES.filter(lambda text: text.strip(" 　")))
def test_any_name_comes_out_as_written(name: str) -> None:
    case = bench("juminhyo", "世帯全員").person(0, 氏名=name)
    if not case.codes():
        shown = re.sub("[\U000e0100-\U000e01ef]", "", re.sub(r"\s", "", name))
        assert shown in re.sub("[\U000e0100-\U000e01ef]", "", painted_text(render(case.compose()).pdf))
