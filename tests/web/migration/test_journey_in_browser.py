"""A whole move in the browser: hand a dump over, rehearse, decide, rehearse again, compare, load."""

from __future__ import annotations

from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect
from tests.web.asking import ask

from yakuba.cli import root

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page
    from tests.web.conftest import Served

    Enter = Callable[..., Page]
    Picture = Callable[[Page, str], None]

_LONG = 120_000
"""Milliseconds that a rehearsal may take on a busy machine."""
PUPILS = """ATENA_NO,NAMAE,KANA,UMARE,HOGOSYA,GAKKO,GAKUNEN
1000000015,町田　花子,マチダ　ハナコ,2016-04-10,町田　太郎,1,5
1000000023,佐藤　一郎,サトウ　イチロウ,2017-02-30,佐藤　葵,1,4
,鈴木　結,スズキ　ユイ,2018-01-01,鈴木　蓮,1,3
"""
PROJECT = """[project]
name = "学齢簿"
municipality = "990019"
as_of = 2026-11-20

[target]
layout = "kihon"

[[source]]
name = "gakurei"
files = ["GAKUREI.CSV"]

[[table]]
group = "就学/学齢簿"
from = "gakurei"

[table.columns]
"市区町村コード" = { constant = "990019" }
"宛名番号" = "ATENA_NO"
"履歴番号" = { constant = "1" }
"最新フラグ" = { constant = "1" }
"氏名" = "NAMAE"
"氏名_フリガナ" = "KANA"
"生年月日" = "UMARE"
"保護者_氏名" = "HOGOSYA"
"学校区分" = "GAKKO"
"学年" = { from = "GAKUNEN", number = true }
"学校コード" = { constant = "0001" }
"操作者ID" = { constant = "ikou" }
"操作年月日" = { constant = "2026-11-20" }
"操作時刻" = { constant = "09:00:00" }
"""


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """An old system's files with planted faults, and what is known of them."""
    folder = tmp_path_factory.mktemp("dump") / "town"
    words = ["town", "make", "--residents", "80", "--form", "vendor-a", "--defects", "realistic", "--out", str(folder)]
    result = CliRunner().invoke(root, words, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return [path for path in sorted(folder.iterdir()) if path.name != "truth.csv"]


def _hand_over(page: Page, name: str, files: list[Path]) -> None:
    page.goto("/migration/")
    page.keyboard.press("c")
    page.wait_for_url("**/migration/new/")
    page.locator("#upload_name").fill(name)
    page.locator("#upload_dump").set_input_files(files)
    page.get_by_role("button", name="送って始める").click()
    page.wait_for_url("**/definition/")


def _rehearse(page: Page, number: int) -> None:
    page.get_by_role("button", name=f"リハーサル {number}回目を始める").click()
    page.wait_for_url(f"**/runs/{number}/")
    page.get_by_role("heading", name="行の行き先").wait_for(timeout=_LONG)


def test_a_dump_is_moved_decided_moved_again_and_compared(
    served: Served, enter: Enter, picture: Picture, dump: list[Path]
) -> None:
    page = enter("mover")
    _hand_over(page, "住民記録 旧システムA", dump)
    expect(page.locator("main").first).to_contain_text("JUKI.CSV")
    picture(page, "admin-migration-definition")
    page.get_by_role("button", name="保存して次へ").click()
    page.wait_for_url("**/migration/*/")
    move = page.url
    picture(page, "migration-move")
    _rehearse(page, 1)
    expect(page.locator("main").first).to_contain_text("すべての行と値の行き先を証明しました")
    picture(page, "admin-migration-run")
    page.keyboard.press("d")
    page.wait_for_url("**/questions/")
    picture(page, "admin-migration-questions")
    stopped = page.locator("section.question:has(.chip.stop)").first
    expect(stopped.get_by_label("いまの値のまま移す")).to_have_count(0)
    stopped.get_by_label("差し戻したままにする").check()
    stopped.get_by_label("理由").fill("旧システムで直す")
    changed = page.locator("section.question:has(.chip.warn)").first
    changed.get_by_label("別の値に直す", exact=True).check()
    page.get_by_role("button", name="この画面の判断を保存する").click()
    expect(page.locator("main").first).to_contain_text("新しい値が要ります")
    assert changed.get_by_label("別の値に直す", exact=True).is_checked(), "what was typed is still there"
    changed.get_by_label("移さず差し戻す").check()
    page.get_by_role("button", name="この画面の判断を保存する").click()
    page.wait_for_selector("text=新しい判断 2件")
    expect(page.locator(".chip:has-text('決定済み')")).to_have_count(2)
    page.goto(f"{move}runs/1/questions/?code=code_unknown")
    for choice in page.get_by_label("いまの値のまま移す").all():
        choice.check()
    page.get_by_role("button", name="この画面の判断を保存する").click()
    page.wait_for_selector("text=判断を保存しました")
    page.goto(move)
    _rehearse(page, 2)
    page.get_by_role("link", name="1回目と比べる").click()
    assert page.locator("h1").inner_text() == "1回目と2回目の比較"
    assert int(page.locator(".card:has-text('解消した指摘') .big").inner_text()) > 0
    picture(page, "migration-compare")
    page.goto(move + "runs/2/report/")
    frame = page.frame_locator("iframe.report")
    frame.locator("h1").wait_for()
    assert "データ移行 結果報告" in frame.locator("h1").inner_text()
    picture(page, "migration-report")
    page.goto("/migration/")
    assert page.locator("tr:has-text('住民記録 旧システムA') .chip").first.inner_text() == "証明済み"
    picture(page, "migration-index")
    assert served.address in move


def test_two_clerks_answer_one_question_and_the_second_is_told(enter: Enter, tmp_path: Path) -> None:
    page = enter("mover")
    _hand_over(page, "学齢簿 二人", _pupils(tmp_path))
    page.get_by_role("button", name="保存して次へ").click()
    _rehearse(page, 1)
    address = page.url + "questions/"
    other = enter("mover")
    for one in (page, other):
        one.goto(address)
        one.locator("section.question").last.get_by_label("いまの値のまま移す").check()
    page.get_by_role("button", name="この画面の判断を保存する").click()
    page.wait_for_selector("text=新しい判断 1件")
    other.locator("section.question").last.get_by_label("移さず差し戻す").check()
    other.get_by_role("button", name="この画面の判断を保存する").click()
    other.wait_for_selector("text=ほかの職員が先に決めていた")
    other.goto(address)
    assert other.locator(".chip:has-text('決定済み')").all_inner_texts() == ["決定済み：そのまま"]


def test_a_proven_rehearsal_is_loaded_after_a_last_question(enter: Enter, picture: Picture, tmp_path: Path) -> None:
    page = enter("mover")
    _hand_over(page, "学齢簿", _pupils(tmp_path))
    page.get_by_role("button", name="保存して次へ").click()
    _rehearse(page, 1)
    page.get_by_role("link", name="住民情報に取り込む").click()
    expect(page.locator("main").first).to_contain_text("初めての取込みです")
    picture(page, "admin-migration-load")
    page.get_by_label("この内容で取り込みます").check()
    page.get_by_role("button", name="取り込む", exact=True).click()
    page.wait_for_url("**/runs/1/")
    for _ in range(60):
        if page.locator(".notice.ok:has-text('取込み：終わりました')").count():
            break
        page.wait_for_timeout(1000)
        page.reload()
    expect(page.locator("main").first).to_contain_text("取込み：終わりました")
    picture(page, "migration-loaded")
    page.goto(page.url + "load/")
    assert "いまの記録が置き換わります" in page.get_by_role("alert").inner_text()


def _pupils(folder: Path) -> list[Path]:
    (folder / "GAKUREI.CSV").write_text(PUPILS, "utf-8")
    (folder / "project.toml").write_text(PROJECT, "utf-8")
    return [folder / "GAKUREI.CSV", folder / "project.toml"]


def test_the_same_start_sent_twice_starts_one_rehearsal(served: Served, enter: Enter, tmp_path: Path) -> None:
    page = enter("mover")
    _hand_over(page, "学齢簿 二度押し", _pupils(tmp_path))
    path = page.url.removeprefix(served.address).removesuffix("definition/")
    for _ in range(2):
        assert ask(served, "mover", "POST", path + "start/", {"number": "1"}).location.endswith("/runs/1/")
    page.goto(path)
    expect(page.locator("tbody tr")).to_have_count(1)


def test_a_faulty_definition_is_told_kept_and_discarded(enter: Enter, tmp_path: Path, picture: Picture) -> None:
    page = enter("mover")
    _hand_over(page, "学齢簿 書き間違い", _pupils(tmp_path))
    text = page.locator("textarea")
    text.fill(text.input_value().replace("990019", "990027", 1))
    page.get_by_role("button", name="保存して次へ").click()
    assert "990027 です" in page.get_by_role("alert").first.inner_text()
    page.reload()
    expect(page.locator("main").first).to_contain_text("下書きがあります")
    assert '"990027"' in page.locator("textarea").input_value()
    picture(page, "migration-draft")
    page.get_by_role("button", name="下書きを捨てる").click()
    page.wait_for_selector("text=下書きを捨て")
    assert '"990027"' not in page.locator("textarea").input_value()


def test_the_workbook_comes_back_from_a_department(enter: Enter, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    page = enter("mover")
    _hand_over(page, "学齢簿 Excel", _pupils(tmp_path))
    page.get_by_role("button", name="保存して次へ").click()
    _rehearse(page, 1)
    with page.expect_download() as download:
        page.get_by_role("link", name="Excelで渡す").click()
    path = tmp_path / "findings.xlsx"
    download.value.save_as(path)
    book = load_workbook(path)
    sheet = book[book.sheetnames[1]]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("判断") + 1, "差し戻し")
    book.save(path)
    page.goto(page.url + "questions/")
    page.get_by_label("記入済みのExcel").set_input_files(path)
    page.get_by_role("button", name="集める").click()
    page.wait_for_selector("text=新しい判断 1件")
    page.get_by_label("記入済みのExcel").set_input_files(tmp_path / "GAKUREI.CSV")
    page.get_by_role("button", name="集める").click()
    page.wait_for_selector("text=集められませんでした")


@pytest.mark.parametrize("name", ["../../evil.csv", "..\\evil.csv", "/etc/cron.d/evil", ".profile"])
def test_a_hostile_name_goes_nowhere(served: Served, enter: Enter, name: str) -> None:
    status, text = _upload(served, name, b"A,B\n1,2\n")
    assert status in (200, 302)
    page = enter("mover")
    page.goto("/migration/")
    assert "evil" not in page.content() or status == 302
    if status == 200:
        assert "使えません" in text or "選ばれていません" in text


def _upload(served: Served, name: str, content: bytes) -> tuple[int, str]:
    """Send a file as no browser would."""
    token, boundary = "t" * 32, "yakuba-test"
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
        for field, value in (("identifier", "00000000deadbeef"), ("name", "悪い名前"), ("csrfmiddlewaretoken", token))
    ]
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="dump"; filename="{name}"\r\n\r\n'
    body = "".join(parts).encode() + head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
    place = urlsplit(served.address)
    connection = HTTPConnection(place.hostname or "", place.port, timeout=60)
    cookie = f"sessionid={served.logins['mover']['session']}; csrftoken={token}"
    headers = {"Cookie": cookie, "Content-Type": f"multipart/form-data; boundary={boundary}"}
    connection.request("POST", "/migration/new/upload/", body, headers)
    answer = connection.getresponse()
    text = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer.status, text
