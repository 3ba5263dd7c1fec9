"""The operators' screens: figures of every municipality and no name; members that join late and leave."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from playwright.sync_api import expect
from tests.web.asking import ask
from tests.world import TOWN_A, TOWN_B

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from tests.web.conftest import Served

    Enter = Callable[..., Page]
    Picture = Callable[[Page, str], None]

_MISSING = 404
LATE = "990035"


def test_figures_of_every_member_and_not_one_name(served: Served, enter: Enter, picture: Picture) -> None:
    page = enter("operator")
    page.goto("/group/")
    picture(page, "admin-group")
    figures = page.get_by_role("region", name="団体ごとの件数").inner_text()
    assert "見本町" in figures
    assert "例示村" in figures
    known = [row["氏名"].split("　")[0] for code in (TOWN_A, TOWN_B) for row in served.people[code]["rows"].values()]
    assert known
    for path in ("/group/", f"/group/?town={TOWN_A}", f"/group/?town={TOWN_B}", "/group/members/", "/group/audit/"):
        page.goto(path)
        assert [name for name in known if name and name in page.inner_text("main")] == []
    assert ask(served, "operator", "GET", "/group/?town=011002").status == _MISSING


def test_the_charts_say_the_same_as_their_tables_and_add_up(served: Served, enter: Enter) -> None:
    page = enter("operator")
    page.goto(f"/group/?town={TOWN_A}")
    total = int(page.locator(".tiles .card:has-text('人口') .big").inner_text().replace(",", ""))
    page.locator("figure:has-text('人口ピラミッド') summary").click()
    cells = page.locator("figure:has-text('人口ピラミッド') td").all_inner_texts()
    drawn = page.locator("figure:has-text('人口ピラミッド') svg[role=img] rect").count()
    assert drawn == len(cells)
    assert total - 2 <= sum(int(cell.replace(",", "")) for cell in cells) <= total
    assert total > 0
    assert served.group


def test_a_member_joins_late_gets_its_administrator_and_leaves(enter: Enter, picture: Picture) -> None:
    page = enter("operator")
    page.goto("/group/members/new/")
    page.get_by_label("団体コード").fill("990036")
    page.get_by_label("名称").fill("後発町")
    page.get_by_role("button", name="登録する").click()
    expect(page.locator("main").first).to_contain_text("団体コードではありません")
    page.get_by_label("団体コード").fill(LATE)
    page.get_by_role("button", name="登録する").click()
    page.wait_for_url("**/group/members/")
    page.locator("select[name=municipality]").select_option(LATE)
    page.get_by_role("button", name="加入を登録する").click()
    page.wait_for_selector("text=加入を登録しました")
    picture(page, "operator-members")
    row = page.locator("tr:has-text('後発町')")
    row.get_by_role("link", name="最初の管理者").click()
    page.get_by_label("利用者ID").fill("kouhatsu")
    page.get_by_label("氏名").fill("壬川　九郎")
    page.get_by_role("button", name="引き渡す").click()
    assert page.locator("dt:has-text('初回パスワード') + dd").inner_text()
    page.goto(f"/group/members/{LATE}/administrator/")
    page.get_by_label("利用者ID").fill("nisemono")
    page.get_by_label("氏名").fill("偽　者")
    page.get_by_role("button", name="引き渡す").click()
    assert "権限の管理者がいます" in page.get_by_role("alert").inner_text()
    page.goto(f"/group/members/{LATE}/leave/")
    picture(page, "operator-leave")
    page.get_by_role("button", name="脱退を登録する").click()
    assert "加入日より後の日" in page.get_by_role("alert").inner_text()
    page.get_by_label("脱退日").fill((date.today() + timedelta(days=2)).isoformat())  # noqa: DTZ011 - a calendar day
    page.get_by_role("button", name="脱退を登録する").click()
    page.wait_for_selector("text=脱退を登録しました")
    expect(page.locator("tr:has-text('後発町')").get_by_role("link", name="脱退の手続き")).to_have_count(0)
    page.goto("/group/audit/")
    expect(page.locator("main").first).to_contain_text("運用の記録")
