"""What waits for somebody, people under 支援措置, and registrations of 本人通知, as the pages answer them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.web.asking import ask
from tests.world import TOWN_A

if TYPE_CHECKING:
    from tests.web.conftest import Served

_FOUND, _OK, _MISSING = 302, 200, 404
_BUTTON = 'formtarget="_blank"'


def test_lists_are_worked_off(served: Served) -> None:
    sample = served.samples[TOWN_A]
    before = ask(served, "clerk", "GET", "/certificates/lists/").text
    assert "済み" in before
    assert "発送した" in before
    for path in (f"overflows/{sample['overflow']}/", f"notices/{sample['notice']}/"):
        assert ask(served, "clerk", "POST", f"/certificates/lists/{path}").status == _FOUND
    after = ask(served, "clerk", "GET", "/certificates/lists/").text
    assert "印字できなかった人はいません" in after
    assert "送る通知はありません" in after


def test_a_protected_person_gets_a_paper_only_through_the_responsible_one(served: Served) -> None:
    people = served.people[TOWN_A]
    living = [one for one in people["protected"] if people["rows"][one]["除票フラグ"] == "0"]
    path = f"/residents/{living[0]}/certificates/"
    page = f"{path}?kind=juminhyo"
    home = people["rows"][living[0]]["住所_番地号表記"]
    assert ask(served, "clerk", "GET", page).status == _MISSING
    refused = ask(served, "chief", "GET", page).text
    assert "支援措置の対象者が含まれます" in refused
    assert _BUTTON not in refused
    assert home not in refused
    assert ask(served, "chief", "GET", f"{path}preview.png?kind=juminhyo").status == _MISSING
    released = ask(served, "chief", "POST", f"{path}release/?kind=juminhyo", {"reason": "本人を確かめた"})
    assert released.status == _FOUND
    assert _BUTTON in ask(served, "chief", "GET", page).text


def test_an_agent_without_a_mandate_gets_no_button_and_no_paper(served: Served) -> None:
    path = f"/residents/{served.people[TOWN_A]['family']}/certificates/"
    request = "7b1f0a52-5a5a-4a5a-9a5a-123456789abc"
    fields = {"kind": "juminhyo", "request": request, "role": "agent", "name": "代理　人", "documents": "licence"}
    looked = ask(served, "clerk", "POST", path, fields | {"look": "1"})
    assert "委任状を確認していません" in looked.text
    given = ask(served, "clerk", "POST", path, fields)
    assert (given.status, given.kind.partition(";")[0]) == (_OK, "text/html")
    assert ask(served, "clerk", "GET", f"/certificates/requests/{request}/").status == _MISSING
    paper = ask(served, "clerk", "POST", path, fields | {"mandate": "on"})
    assert paper.kind == "application/pdf"
    again = ask(served, "clerk", "POST", path, fields | {"mandate": "on"})
    assert again.kind == "application/pdf"
    assert ask(served, "clerk", "GET", f"/certificates/requests/{request}/").status == _FOUND


def test_who_wants_to_be_told_is_registered(served: Served) -> None:
    path = f"/residents/{served.people[TOWN_A]['moved']}/certificates/"
    assert ask(served, "clerk", "POST", f"{path}notice/", {"first": "2026-04-01"}).status == _FOUND
    assert "本人通知の登録あり" in ask(served, "clerk", "GET", f"{path}history/").text
