"""The audit viewer: who looked at this person, on paper and in a file; whether the log is as it was written."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING
from urllib.parse import quote

from playwright.sync_api import expect
from tests.web.asking import ask
from tests.world import TOWN_A

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from tests.web.conftest import Served

    Enter = Callable[..., Page]
    Picture = Callable[[Page, str], None]


def _looked(served: Served) -> str:
    """A clerk looks at somebody; gives the 宛名番号."""
    number: str = served.people[TOWN_A]["family"]
    assert ask(served, "clerk", "GET", f"/residents/{number}/").status == 200
    return number


def test_who_looked_at_this_person(served: Served, enter: Enter, picture: Picture) -> None:
    number = _looked(served)
    page = enter("administrator")
    page.goto("/admin/audit/")
    page.get_by_label("見られた人の宛名番号").fill(number)
    page.get_by_role("button", name="さがす").click()
    assert page.locator("h1").inner_text() == f"宛名番号 {number} を見た人"
    rows = page.locator("tbody tr")
    assert rows.count() >= 1
    assert {rows.nth(at).locator("td").nth(5).inner_text() for at in range(rows.count())} == {number}
    expect(page.locator("main").first).to_contain_text("甲野　花子")
    picture(page, "admin-audit")
    page.get_by_role("link", name="甲野　花子").first.click()
    assert page.locator("h1").inner_text() == "clerk の操作"


def test_a_day_after_another_is_told_at_its_field(enter: Enter) -> None:
    page = enter("administrator")
    page.goto("/admin/audit/?first=2026-11-21&last=2026-11-20")
    expect(page.locator("main").first).to_contain_text("より後の日")
    expect(page.locator("tbody tr")).to_have_count(0)


def test_paper_has_boxes_for_seals_and_no_buttons(served: Served, enter: Enter, picture: Picture) -> None:
    number = _looked(served)
    page = enter("administrator")
    page.goto(f"/admin/audit/?subject={number}")
    page.get_by_role("link", name="印刷（決裁用）").click()
    assert page.locator("table.seals th").all_inner_texts() == ["決裁", "課長", "係長", "担当"]
    page.emulate_media(media="print")
    assert not page.get_by_role("button", name="印刷する").is_visible()
    assert not page.locator("header.top").is_visible()
    assert page.locator(".printed").is_visible()
    assert number in page.inner_text("main")
    picture(page, "admin-audit-paper")


def test_a_file_needs_a_reason_and_no_cell_is_a_formula(served: Served, enter: Enter) -> None:
    page = enter("administrator")
    page.goto("/admin/audit/output/?action=audit_output")
    page.get_by_role("button", name="出力する").click()
    assert page.evaluate("document.activeElement.name") == "reason"
    assert "理由を入力してください" in ask(served, "administrator", "POST", "/admin/audit/output/", {}).text
    reason = '=HYPERLINK("http://example.com";"見る")'
    path = f"/admin/audit/output/?actor={quote('administrator')}"
    ask(served, "administrator", "POST", path, {"reason": reason})
    answer = ask(served, "administrator", "POST", path, {"reason": "年次の点検"})
    assert answer.kind.startswith("text/csv")
    rows = list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig"))))
    assert rows[0][:4] == ["番号", "日時", "利用者ID", "氏名"]
    assert {row[2] for row in rows[1:]} == {"administrator"}
    assert f"'{reason}" in {row[8] for row in rows}
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert [int(row[0]) for row in rows[1:]] == sorted(int(row[0]) for row in rows[1:])


def test_the_chain_is_checked_on_request(enter: Enter, picture: Picture) -> None:
    page = enter("administrator")
    page.goto("/admin/audit/chain/")
    expect(page.locator("text=改ざんはありません")).to_have_count(0)
    page.get_by_role("button", name="いま検査する").click()
    page.wait_for_selector("text=改ざんはありません")
    picture(page, "admin-chain")


def test_digests_are_handed_out_as_a_file(served: Served) -> None:
    answer = ask(served, "administrator", "GET", "/admin/audit/digests.csv")
    rows = list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig"))))
    assert rows[0] == ["団体コード", "日", "和暦", "件数", "ハッシュ"]
    assert all(row[0] == TOWN_A and len(row[4]) == 64 for row in rows[1:])
