"""Documentation pages. Oracle: HTML read back by lxml, Markdown counted by row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from lxml import html as parser

from yakuba.layouts import page
from yakuba.layouts.read import layout, layouts

if TYPE_CHECKING:
    from yakuba.layouts.model import Layout

JUKI = layout("kihon/2023-09/001_juminkihondaicho")


@pytest.mark.parametrize("one", layouts(), ids=lambda one: one.id)
def test_every_item_and_code_is_a_row(one: Layout) -> None:
    items = sum(len(group.items) for group in one.groups)
    codes = sum(len(code_list.values) for code_list in one.codes.values())
    tree = parser.document_fromstring(page.html(one))
    assert tree.xpath("count(//tbody/tr)") == items + codes
    lines = [line for line in page.markdown(one).splitlines() if line.startswith("| ")]
    assert len(lines) == items + codes + len(one.groups) + len(one.codes)
    assert one.source.standing.value in page.markdown(one)


def test_cells_are_escaped() -> None:
    group = JUKI.groups[0]
    nasty = replace(group.items[0], definition='<script>alert("x")</script> | a\nb')
    made = replace(JUKI, groups=(replace(group, items=(nasty,)),))
    tree = parser.document_fromstring(page.html(made))
    assert tree.xpath("//script") == []
    assert "a<br>b" in page.markdown(made)
    assert "\\| a" in page.markdown(made)


def test_digits_and_condition_as_printed() -> None:
    tax = layout("kihon/2023-09/x07_koteishisanzei").by_name["土地"].by_name["現況地積"]
    assert page.digits(tax) == "9,2"
    born = JUKI.by_name["住民情報"].by_name["住民となった年月日"]
    assert "条件付き必須（住民種別 = 1）" in page.item_cells(born)
