"""Over screens and API, with everybody in the town looked at: the program's log names nobody, the audit log does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.site.ear import Ear
from tests.world import TOWN_A

from yakuba.tenancy.acting import system
from yakuba.tenancy.audit import Filter, entries

if TYPE_CHECKING:
    from tests.web.api.town import ApiTown

_PERSONAL = (
    "宛名番号", "世帯番号", "氏名", "氏名_フリガナ", "生年月日", "住民票コード", "通称", "在留カード等番号",
)  # fmt: skip


def test_the_log_of_a_day_names_nobody(town: ApiTown) -> None:
    people = list(town.now.values())
    ask, client = town.asks("protector"), town.cast.client("protector")
    with Ear() as ear:
        for person in people:
            number, home, name = person["宛名番号"], person["世帯番号"], person["氏名"]
            client.get(f"/residents/{number}/", {"as_of": person["生年月日"]})
            client.get("/search/", {"q": name})
            ask("search", q=name, birth=person["生年月日"])
            ask(f"residents/{number}", reason=name)
            ask(f"households/{home}")
        client.get("/search/", {"q": people[0]["氏名_フリガナ"] + "\0"})
    lines = ear.lines()
    assert len(lines) >= 5 * len(people)
    text = json.dumps(lines, ensure_ascii=False)
    values = {person.get(item, "") for person in people for item in _PERSONAL}
    assert [value for value in values if len(value) > 2 and value in text] == []
    found, count = entries(system(TOWN_A), Filter(subject=people[0]["宛名番号"]))
    assert count >= 2
    assert {entry.actor for entry in found} == {"protector"}
