"""Search: what the box decides, who is found in which order, and who never is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest
from django.db import connection
from tests.registry.desk import counter, somebody, with_rights
from tests.world import TOWN_A, TOWN_B

from yakuba.registry.models import Ledger, Load, Record, Resident
from yakuba.registry.projection import LEDGER, ROW, projected
from yakuba.registry.queries import Kind, search, understood
from yakuba.registry.search.keys import (
    address_key,
    address_key_text,
    name_key,
    name_key_text,
    sound_key,
    sound_key_text,
)
from yakuba.registry.services.copying import copy_people
from yakuba.tenancy import audit
from yakuba.tenancy.acting import NotAllowedError
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from yakuba.tenancy.acting import Actor

TYPED = {
    "渡辺花子": (Kind.NAME, "渡辺花子"),
    "渡邉　花子": (Kind.NAME, "渡辺花子"),
    "ｊｏｈｎ smith": (Kind.NAME, "JOHNSMITH"),
    "わたなべ": (Kind.SOUND, "ハタナヘ"),
    "ﾜﾀﾅﾍﾞ ﾊﾅｺ": (Kind.SOUND, "ハタナヘハナコ"),
    "サ*ウ": (Kind.SOUND, "サ*ウ"),
    "渡？花子": (Kind.NAME, "渡?花子"),
    "3330325": (Kind.BIRTH, "1958-03-25"),
    "19580325": (Kind.BIRTH, "1958-03-25"),
    "１９５８０３２５": (Kind.BIRTH, "1958-03-25"),
    "S33.3.25": (Kind.BIRTH, "1958-03-25"),
    "昭和33年3月25日": (Kind.BIRTH, "1958-03-25"),
    "1958/3/25": (Kind.BIRTH, "1958-03-25"),
    "1958-03": (Kind.BIRTH, "1958-03"),
    "昭和33年": (Kind.BIRTH, "1958"),
    "平成元年5月": (Kind.BIRTH, "1989-05"),
    "3331331": (Kind.NUMBER, "3331331"),
    "1000000015": (Kind.NUMBER, "1000000015"),
    "世帯 5000000010": (Kind.HOUSEHOLD, "5000000010"),
    "個人番号 1234 5678 9018": (Kind.MYNUMBER, "123456789018"),
    "123456789018": (Kind.MYNUMBER, "123456789018"),
    "99000000011": (Kind.CODE, "99000000011"),
    "AB12345678CD": (Kind.CODE, "AB12345678CD"),
    "中央一丁目１番１号": (Kind.ADDRESS, "中央1-1-1"),
    "中央1-1-1": (Kind.ADDRESS, "中央1-1-1"),
    "": (Kind.NOTHING, ""),
    "　": (Kind.NOTHING, ""),
    "*": (Kind.NOTHING, ""),
    "?ウ": (Kind.NOTHING, ""),
}


@pytest.mark.parametrize("text", TYPED)
def test_the_box_decides(text: str) -> None:
    query = understood(text)
    assert (query.kind, query.value) == TYPED[text]
    assert (query.kind is Kind.NOTHING) == bool(query.advice)


def test_keys_of_columns_and_of_texts_are_one() -> None:
    texts = [
        "渡邉　花子",
        "葛\U000e0102西 一",
        "サトウ　ウエノ",
        "大字中央二十一丁目３番地の４ コーポ",
        "Ａｂ ｃ",
        "ﾊﾞﾀﾞ",
        "",
    ]
    frame = pl.DataFrame({"text": texts})
    for of_column, of_text in ((name_key, name_key_text), (sound_key, sound_key_text), (address_key, address_key_text)):
        assert frame.select(of_column(pl.col("text"))).to_series().to_list() == [of_text(text) for text in texts]


PEOPLE = {
    "1": ("渡邉　花子", "ワタナベ　ハナコ", "中央一丁目", "１番１号"),
    "2": ("渡邊　太郎", "ワタナベ　タロウ", "中央一丁目", "１番１号"),
    "3": ("渡辺　一", "ワタナベ　ハジメ", "中央二丁目", "３番"),
    "4": ("渡部　花", "ワタベ　ハナ", "桜町", "３番地の２"),
    "5": ("大渡辺　次郎", "オオワタナベ　ジロウ", "桜町", "４番地"),
    "6": ("渡辺谷　渡", "ワタナベヤ　ワタル", "桜町", "５番地"),
    "7": ("髙橋　𠮷次", "タカハシ　ヨシツグ", "緑町", "６番地"),
    "8": ("林　翔", "ハヤシ　ショウ", "緑町", "７番地"),
    "9": ("O'NEIL　ANNE MARIE", "オニール　アンマリー", "緑町", "８番地"),
    "10": ("渡辺　花江", "ワタナベ　ハナエ", "緑町", "９番地"),
    "11": ("森　隠子", "モリ　カクシコ", "緑町", "１０番地"),
    "12": ("100%_\\田", "ヘンナナマエ", "緑町", "１１番地"),
}
"""Number → name, kana, town, number of the lot; 10 is 除票, 11 under 支援措置."""


@pytest.fixture
def people(clerk: Actor) -> Actor:
    with wall(TOWN_A):
        taken = Load.objects.create(
            municipality_id=TOWN_A, evidence="a", signer="", standard="kihon", as_of="2026-11-20", by=""
        )
        ledger = Ledger.objects.create(
            municipality_id=TOWN_A, load=taken, layout="kihon/2023-09/001_juminkihondaicho", group="juminjoho",
            business="住民基本台帳", title="住民情報", folder="001_juminkihondaicho", place=0, columns=["宛名番号"],
        )  # fmt: skip
        rows = [
            {"addressee": number, "household": f"9{number}", "name": name, "kana": kana, "town": place, "number": lot,
             "removed": "1" if number == "10" else "0", "birth": f"1958-03-{int(number):02}", "sex": "1",
             ROW: int(number), LEDGER: ledger.pk, "juminhyo_code": f"9900000000{number}"}
            for number, (name, kana, place, lot) in PEOPLE.items()
        ]  # fmt: skip
        protection = pl.DataFrame(
            [{"addressee": "11", "number": "1", "state": "2", "released": "", "provisional": "0"}]
        )
        made = projected({"resident": pl.DataFrame(rows), "protection": protection}, TOWN_A)
        copy_people(made, TOWN_A)
    return clerk


FOUND = {
    "渡辺": ["2", "3", "1", "6", "5"],
    "渡邉": ["2", "3", "1", "6", "5"],
    "渡辺花": ["1"],
    "渡邊 花": ["1"],
    "花子": ["1"],
    "花": ["1", "4"],
    "高橋吉次": ["7"],
    "翔": ["8"],
    "わたなべ": ["2", "3", "1", "6", "5"],
    "ワタナベハナコ": ["1"],
    "ﾀﾛｳ": ["2"],
    "ワ*コ": ["1"],
    "*花*": [],
    "渡*郎": ["2"],
    "渡?　*": ["2", "3", "1", "6", "4"],
    "*ヨシツグ": ["7"],
    "オニール": ["9"],
    "o'neil": ["9"],
    "anne": ["9"],
    "中央": ["2", "1", "3"],
    "タ*ウ": [],
    "*タロウ": ["2"],
    "ワ*ウ": ["2", "8"],
    "中央一丁目１": ["2", "1"],
    "桜町３": ["4"],
    "昭和33年3月1日": ["1"],
    "1": ["1"],
    "91": ["1"],
    "'; DROP TABLE registry_resident; --": [],
    "\\": [],
    "%": [],
    "渡辺\x00花子\ud800": ["1"],
    "あ" * 5000: [],
    "森": [],
    "カクシコ": [],
    "11": [],
    "911": [],
    "昭和33年3月11日": [],
    "緑町10": [],
}
"""What is typed at a counter → who is found, in order; nobody who is 除票 or hidden."""


@pytest.mark.parametrize("text", FOUND)
def test_who_is_found(people: Actor, text: str) -> None:
    assert [one.addressee for one in search(counter(people), text).items] == FOUND[text]


def test_who_sees_protected_people_finds_them_and_is_warned(people: Actor) -> None:
    (one,) = search(people, "森").items
    assert (one.addressee, one.protected) == ("11", True)


def test_removed_people_are_found_on_request(people: Actor) -> None:
    assert [one.addressee for one in search(people, "渡辺", removed=True).items] == ["2", "3", "10", "1", "6", "5"]


def test_advanced_search_holds_all_of_its_items(people: Actor) -> None:
    found = search(people, "", name="渡辺", kana="ハナ", birth="昭和33年3月", address="中央", sex="1")
    assert [one.addressee for one in found.items] == ["1"]
    assert not search(people, "", name="渡辺", birth="昭和34年").items
    assert not search(people, "", birth="いつか").items
    assert [one.addressee for one in search(people, "渡辺", address="桜町").items] == ["6", "5"]


def test_a_number_that_is_closed_to_a_clerk_cannot_be_searched_by(people: Actor) -> None:
    for text in ("123456789018", "99000000011"):
        with pytest.raises(NotAllowedError, match="権限"):
            search(counter(people), text)


def test_who_may_see_no_resident_searches_none(people: Actor) -> None:
    with pytest.raises(NotAllowedError):
        search(with_rights(people, (Action.VIEW, "kojinjuminzei", "")), "渡辺")


def test_pages_follow_each_other_without_gap(people: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setattr(sys.modules["yakuba.registry.queries.search"], "SIZE", 2)
    pages = [search(people, "渡辺", page=page) for page in (1, 2, 3, 4)]
    assert [[one.addressee for one in page.items] for page in pages] == [["2", "3"], ["1", "6"], ["5"], []]
    assert [page.more for page in pages] == [True, True, False, False]


def test_the_search_is_logged_without_what_was_typed(people: Actor) -> None:
    search(people, "渡邉花子")
    (entry,) = audit.entries(people, audit.Filter(action="search"))[0]
    assert entry.detail["shown"] == ["1"]
    assert "花子" not in str(entry)


def test_the_index_names_nobody_of_another_town(people: Actor) -> None:  # noqa: ARG001 - its people are looked for
    def named() -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT registry_seek('{}'::integer[], 100)")
            return [addressee for (addressee,) in cursor.fetchall()]

    assert named() == []
    with wall(TOWN_B):
        assert named() == []
        assert not Resident.objects.exists()
    with wall(TOWN_A):
        assert sorted(named(), key=int) == list(PEOPLE)


def test_a_my_number_finds_its_holder(town: Actor) -> None:
    one = somebody(town, removed=False, outsider=False, protected=False)
    with wall(TOWN_A):
        ledger = Ledger.objects.get(title="個人番号管理")
        number = Record.objects.get(ledger=ledger, addressee=one.addressee).cells[ledger.columns.index("個人番号")]
    assert number
    assert [found.addressee for found in search(town, number).items] == [one.addressee]
    (entry, *_) = audit.entries(town, audit.Filter(action="search"))[0]
    assert number not in str(entry)
