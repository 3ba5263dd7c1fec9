"""The backup centre's screens, from a plan to an alarm that somebody has taken notice of.

Oracle: issue 5 no. 4 (all 団体 on one screen, age of the last good copy, size, rows by table, trends, failures); the
vault that the test writes says what the numbers have to be. axe says what is accessible.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect
from tests.backup.vaults import BOOK, Sender, second_of
from tests.web.asking import ask
from tests.web.test_accessibility import wrong
from tests.world import TOWN_A

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page
    from tests.web.conftest import Served

    Enter = Callable[..., Page]
    Picture = Callable[[Page, str], None]

NARROW, MISSING, REFUSED = 320, 404, 403


def planned(page: Page, sender: Sender, place: Path) -> None:
    """Make the plan as an operator does."""
    page.goto("/group/backup/")
    page.get_by_role("link", name="見本町").click()
    page.get_by_role("link", name="控えの計画を").click()
    page.get_by_label("置き場所", exact=False).first.fill(str(place))
    page.get_by_label("第二センターの置き場所").fill(str(second_of(place)))
    page.get_by_label("署名鍵の指紋").fill(sender.signer.fingerprint)
    page.get_by_role("button", name="登録する").or_(page.get_by_role("button", name="変える")).click()
    page.wait_for_selector("text=控えの計画を登録しました")


def examined(page: Page, text: str) -> None:
    """Ask for an examination and wait for what it finds."""
    page.get_by_role("button", name="いま点検する").click()
    page.wait_for_selector("text=点検を受け付けました")
    for _ in range(60):
        page.goto(f"/group/backup/{TOWN_A}/")
        if text in page.inner_text("main"):
            return
        page.wait_for_timeout(500)
    raise AssertionError(text)


def test_from_a_plan_to_an_alarm_that_is_taken_notice_of(
    served: Served, enter: Enter, picture: Picture, tmp_path: Path
) -> None:
    sender, place = Sender(tmp_path / "home", TOWN_A), tmp_path / "centre"
    sender.full()
    sender.delta({BOOK: 12_100, "印鑑登録/印鑑登録": 4_500})
    sender.carry(place)
    page = enter("operator")
    planned(page, sender, place)
    examined(page, "両方の3個の記入と封印物が同じです")
    expect(page.locator("main").first).to_contain_text("2個の封印物が署名のとおりです")
    expect(page.get_by_role("region", name="表ごとの行")).to_contain_text("12,100")
    expect(page.get_by_role("region", name="台帳")).to_contain_text("差分の世代")
    assert page.locator("figure.chart svg[role=img]").count() == 2
    assert {path.name for path in (second_of(place) / "entries").iterdir()} == {
        path.name for path in (place / "entries").iterdir()
    }
    picture(page, "operator-backup-town")
    accessible(page)

    victim = next((place / "objects").iterdir())
    victim.write_bytes(b"YAKUBAV1" + bytes(victim.stat().st_size - 8))
    examined(page, "検査の不合格")
    page.goto("/group/backup/")
    notice = page.get_by_role("alert").filter(has_text="検査の不合格")
    expect(notice).to_contain_text("署名された大きさやダイジェストと違います")
    expect(page.get_by_role("region", name="控えのようす")).to_contain_text("不合格")
    picture(page, "operator-backup")
    accessible(page)
    notice.get_by_role("link", name="確認する").click()
    accessible(page)
    page.get_by_role("button", name="確認を記録する").click()
    page.get_by_label("対処").fill("第二センターから戻す手続きを始めた")
    page.get_by_role("button", name="確認を記録する").click()
    page.wait_for_selector("text=警報の確認を記録しました")
    page.goto("/group/audit/")
    said = page.inner_text("main")
    assert "控えの警報の確認" in said
    assert "第二センターから戻す手続きを始めた" in said
    people = [row["氏名"].split("　")[0] for row in served.people[TOWN_A]["rows"].values()]
    for path in ("/group/backup/", f"/group/backup/{TOWN_A}/"):
        page.goto(path)
        assert [name for name in people if name and name in page.inner_text("main")] == []


def accessible(page: Page) -> None:
    """In a wide window and at 400 %."""
    page.set_viewport_size({"width": NARROW, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
    page.set_viewport_size({"width": 1280, "height": 900})
    assert wrong(page) == []


def test_a_plan_that_cannot_be_meant_says_so(enter: Enter) -> None:
    page = enter("operator")
    page.goto(f"/group/backup/{TOWN_A}/plan/")
    page.get_by_label("置き場所", exact=False).first.fill("vaults/990019")
    page.get_by_label("署名鍵の指紋").fill("0000")
    page.get_by_role("button", name="登録する").or_(page.get_by_role("button", name="変える")).click()
    assert "置き場所ではありません" in page.get_by_role("alert").first.inner_text()


def test_towns_of_others_and_staff_of_towns(served: Served) -> None:
    for path in ("/group/backup/011002/", "/group/backup/011002/plan/", f"/group/backup/{TOWN_A}/alarms/999999/"):
        assert ask(served, "operator", "GET", path).status == MISSING
    for role in ("clerk", "chief", "administrator"):
        assert ask(served, role, "GET", "/group/backup/").status == REFUSED
