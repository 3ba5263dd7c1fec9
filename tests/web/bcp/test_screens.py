"""The screens of a disaster: banner, book, relief lists; and an ordinary installation, which has none of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.world import TOWN_A

from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from django.test import Client
    from tests.tenancy.cast import Cast

OTSUKA, WATANABE = "1000000082", "1000000066"
DIED = {"kind": "death", "name": "大塚　哲也", "addressee": OTSUKA, "happened_on": "2026-11-20", "paper": "D-1"}


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_ordinary_installation_has_neither_banner_nor_book(town: Cast) -> None:
    client = town.client("clerk")
    assert "BCP）　データの時点" not in page(client, "/")
    said = page(client, "/bcp/book/")
    assert "災害時の業務継続（BCP）ではありません" in said
    assert "届書を書き込む" not in said
    answer = client.post("/bcp/book/", DIED)
    assert answer.status_code == 200
    assert "書き込みました" not in answer.content.decode()


def test_every_page_has_the_banner(disaster: Cast) -> None:
    client = disaster.client("clerk")
    for address in ("/", "/search/?q=一", f"/residents/{OTSUKA}/", "/bcp/relief/"):
        said = page(client, address)
        assert "災害時の業務継続（BCP）　データの時点" in said
        assert "ほかの業務は取り込んでいる途中です" in said


def test_a_paper_is_written_down_once_and_a_slip_is_taken_back(disaster: Cast) -> None:
    client = disaster.client("clerk")
    answer = client.post("/bcp/book/", DIED, follow=True)
    assert "受付番号 1 を書き込みました" in answer.content.decode()
    again = client.post("/bcp/book/", DIED)
    assert "この届書は受付簿にあります" in again.content.decode()
    assert "大塚　哲也" in page(client, "/bcp/book/")
    back = client.post("/bcp/book/", {"number": "1", "reason": "別の人だった"}, follow=True)
    assert "受付番号 2 を書き込みました" in back.content.decode()
    assert "2 で取消し" in page(client, "/bcp/book/")


def test_lists_leave_out_who_does_not_exist_for_the_clerk(town: Cast) -> None:
    from yakuba.registry.models import Resident

    with wall(TOWN_A):
        Resident.objects.filter(addressee=WATANABE).update(protected=True)
    clerk, protector = town.client("clerk"), town.client("protector")
    assert WATANABE not in page(clerk, "/bcp/relief/people/?group=all")
    assert WATANABE in page(protector, "/bcp/relief/people/?group=all")
    assert "中央一丁目" in page(clerk, "/bcp/relief/")
    answer = clerk.get("/bcp/relief/people/?group=alone&form=csv")
    assert answer["Content-Disposition"].startswith('attachment; filename="relief-alone-')
    assert answer.content.decode("utf-8-sig").count("\r\n") == 3
    assert clerk.get("/bcp/relief/people/?group=unknown").status_code == 404


def test_who_has_no_right_gets_nothing(town: Cast) -> None:
    client = town.client("nobody")
    for address in ("/bcp/book/", "/bcp/relief/", "/bcp/relief/people/"):
        assert client.get(address).status_code == 403


def test_a_day_is_typed_as_it_stands_on_the_paper(disaster: Cast) -> None:
    client = disaster.client("clerk")
    assert 'type="date"' not in page(client, "/bcp/book/")
    for number, day in enumerate(("令和8年11月20日", "R8.11.20", "5081120", "2026-11-20"), 1):
        answer = client.post("/bcp/book/", {**DIED, "happened_on": day, "paper": f"D-{number}"}, follow=True)
        assert f"受付番号 {number} を書き込みました" in answer.content.decode()
    assert page(client, "/bcp/book/").count("令和8年11月20日</td>") == 4
    for day in ("令和8年2月30日", "昨日", "令和8年13月1日"):
        answer = client.post("/bcp/book/", {**DIED, "happened_on": day, "paper": "D-9"})
        assert "日付として読めません" in answer.content.decode()
        assert day in answer.content.decode()
