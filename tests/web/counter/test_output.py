"""Output of chosen items: the file, its purpose in the log, and nothing that runs."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from openpyxl import load_workbook
from playwright.sync_api import expect
from tests.web.asking import ask
from tests.world import TOWN_A

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page
    from tests.web.conftest import Served


def test_a_workbook_with_chosen_items_comes_after_a_purpose(
    served: Served, enter: Callable[..., Page], picture: Callable[[Page, str], None], tmp_path: Path
) -> None:
    family = served.people[TOWN_A]["family"]
    page = enter("clerk")
    page.goto(f"/residents/{family}/")
    page.keyboard.press("x")
    page.wait_for_url("**/output/**")
    page.fill("[name=purpose]", "学齢簿の確認")
    picture(page, "clerk-output")
    with page.expect_download() as download:
        page.get_by_role("button", name="出力する").click()
    path = tmp_path / "out.xlsx"
    download.value.save_as(path)
    sheet = load_workbook(path).active
    assert sheet is not None
    head, row = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert dict(zip(head, row, strict=True))["宛名番号"] == family
    assert dict(zip(head, row, strict=True))["氏名"] == served.people[TOWN_A]["rows"][family]["氏名"]


def test_without_a_purpose_there_is_no_file(served: Served, enter: Callable[..., Page]) -> None:
    page = enter("clerk")
    page.goto(f"/output/?addressee={served.people[TOWN_A]['family']}")
    page.fill("[name=purpose]", "　")
    page.get_by_role("button", name="出力する").click()
    page.wait_for_load_state()
    expect(page.locator("form.card").first).to_contain_text("利用目的を入力してください")


def test_csv_opens_in_a_spreadsheet_and_keeps_every_letter(served: Served) -> None:
    family = served.people[TOWN_A]["family"]
    fields = {"addressee": family, "item": "氏名", "purpose": "確認", "form": "csv"}
    answer = ask(served, "clerk", "POST", "/output/", fields)
    assert answer.body.startswith("\ufeff".encode())
    rows = list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig"), newline="")))
    assert rows == [["氏名"], [served.people[TOWN_A]["rows"][family]["氏名"]]]


def test_an_item_that_is_closed_is_neither_offered_nor_given(served: Served) -> None:
    family = served.people[TOWN_A]["family"]
    page = ask(served, "clerk", "GET", f"/output/?addressee={family}")
    assert 'value="住民票コード"' not in page.text
    fields = {"addressee": family, "item": "住民票コード", "purpose": "確認", "form": "csv"}
    answer = ask(served, "clerk", "POST", "/output/", fields)
    assert answer.kind.startswith("text/html")
    assert served.people[TOWN_A]["rows"][family]["住民票コード"] not in answer.text


def test_lines_for_the_clipboard_fall_into_columns(served: Served, enter: Callable[..., Page]) -> None:
    page = enter("clerk")
    page.goto(f"/output/?addressee={served.people[TOWN_A]['family']}")
    page.fill("[name=purpose]", "確認")
    page.get_by_label("コピー（貼り付け用）").check()
    page.get_by_role("button", name="出力する").click()
    page.wait_for_selector("#lines")
    head, row = page.input_value("#lines").split("\n")
    assert len(head.split("\t")) == len(row.split("\t"))
    page.get_by_role("button", name="コピー").click()
    page.get_by_text("コピーしました").wait_for()
