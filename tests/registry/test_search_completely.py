"""Search against a plain scan: nobody is missing, nobody is there who should not be, and what is left out is told."""

from __future__ import annotations

import importlib
import random
import re
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from django.apps import apps
from django.db import connections, transaction
from tests.registry.desk import counter
from tests.world import TOWN_A

from yakuba.registry.models import Ledger, Load, SearchEntry
from yakuba.registry.projection import LEDGER, ROW, projected
from yakuba.registry.queries import Kind, search, understood
from yakuba.registry.search import grams
from yakuba.registry.search.keys import address_key_text, name_key_text, sound_key_text
from yakuba.registry.services.copying import copy_people
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from yakuba.tenancy.acting import Actor

COUNT = 2_000
FAMILIES = ["佐藤", "渡邉", "渡邊", "渡辺", "髙橋", "高橋", "東海林", "林", "𠮷田", "葛\U000e0102西", "大渡辺", "清水"]
FAMILY_KANA = ["サトウ", "ワタナベ", "ワタベ", "タカハシ", "ショウジ", "ハヤシ", "ヨシダ", "カサイ", "ﾊﾔｼ", "ウオズミ"]
GIVEN = ["花子", "清", "太郎", "翔", "正一", "清子", "渡", "藤子", "一", "郎"]
GIVEN_KANA = ["ハナコ", "キヨシ", "タロウ", "ショウ", "ショウイチ", "キヨコ", "ワタル", "ウタ", "ハジメ", "オウ"]
TOWNS = ["中央一丁目", "中央十一丁目", "桜町", "大字緑", "桜町二丁目", ""]
RELATIONS = ["世帯主", "妻", "子", "子の子", ""]


@dataclass
class Someone:
    """Who was put in, as told: every name, reading and address the person has or had."""

    number: str
    row: dict[str, str]
    names: list[str] = field(default_factory=list)
    kanas: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    hidden: bool = False


def everybody(rng: random.Random) -> list[Someone]:
    return [_someone(rng, number) for number in range(COUNT)]


def _someone(rng: random.Random, number: int) -> Someone:
    given, given_kana = rng.choice(GIVEN), rng.choice(GIVEN_KANA)
    roman = rng.random() < 0.03
    name = "Ｓｍｉｔｈ　Ａｎｎｅ" if roman else f"{rng.choice(FAMILIES)}　{given}"
    kana = "" if rng.random() < 0.02 else f"{rng.choice(FAMILY_KANA)}　{given_kana}"
    month, day = rng.randint(1, 12), rng.randint(1, 28)
    row = {
        "addressee": f"1{number:09}", "household": f"5{number // 3:09}", "name": name, "kana": kana, "given": given,
        "given_kana": given_kana, "removed": str(int(rng.random() < 0.2)), "sex": rng.choice("012"),
        "kind": "2" if roman else "1", "relation": rng.choice(RELATIONS), "town": rng.choice(TOWNS),
        "number": f"{rng.randint(1, 12)}番{rng.randint(1, 9)}号", "building": rng.choice(["", "コーポ桜１０１"]),
        "birth": rng.choice(["", f"19{rng.randint(50, 60)}-{month:02}-{day:02}"]),
    }  # fmt: skip
    return Someone(row["addressee"], row, [name], [kana], [_address(row)], hidden=rng.random() < 0.03)


def _address(row: dict[str, str]) -> str:
    building = f"\u3000{row['building']}" if row["building"] else ""
    return f"{row['town']}{row['number']}{building}"


def put_in(people: list[Someone], rng: random.Random) -> None:
    """With earlier names and addresses, 通称, 旧氏 and 支援措置 for some."""
    with wall(TOWN_A):
        taken = Load.objects.create(
            municipality_id=TOWN_A, evidence="a", signer="", standard="kihon", as_of="2026-11-20", by=""
        )
        ledger = Ledger.objects.create(
            municipality_id=TOWN_A, load=taken, layout="kihon/2023-09/001_juminkihondaicho", group="juminjoho",
            business="住民基本台帳", title="住民情報", folder="001_juminkihondaicho", place=0, columns=["宛名番号"],
        )  # fmt: skip
        rows, alias, former = [], [], []
        for one in people:
            rows.append(one.row | {"history": "2"})
            if rng.random() < 0.1:
                before = one.row | {"history": "1", "name": f"{rng.choice(FAMILIES)}　{one.row['given']}"}
                before |= {"town": rng.choice(TOWNS), "kana": f"{rng.choice(FAMILY_KANA)}　{one.row['given_kana']}"}
                rows.append(before)
                one.names.append(before["name"])
                one.kanas.append(before["kana"])
                one.addresses.append(_address(before))
            if rng.random() < 0.05:
                alias.append({"addressee": one.number, "name": "山田　リリー", "kana": "ヤマダ　リリー", "deleted": ""})
                one.names.append("山田　リリー")
                one.kanas.append("ヤマダ　リリー")
            if rng.random() < 0.05:
                former.append({"addressee": one.number, "name": "旧氏", "kana": "キュウシ", "deleted": "x"})
                one.names.append(f"旧氏　{one.row['given']}")
                one.kanas.append(f"キュウシ　{one.row['given_kana']}")
        held = [{"addressee": one.number, "number": "1", "state": "2", "released": ""} for one in people if one.hidden]
        places = pl.int_range(pl.len(), dtype=pl.Int64).alias(ROW)
        numbered = pl.DataFrame(rows).with_columns(places, pl.lit(ledger.pk, pl.Int64).alias(LEDGER))
        lists = {"alias": alias, "former": former, "protection": held}
        tables = {"resident": numbered} | {name: pl.DataFrame(rows) for name, rows in lists.items()}
        copy_people(projected(tables, TOWN_A), TOWN_A)


@pytest.fixture
def town(clerk: Actor) -> tuple[Actor, list[Someone]]:
    rng = random.Random(7)  # noqa: S311 - the same people and searches in every run
    people = everybody(rng)
    put_in(people, rng)
    return clerk, people


def scanned(people: list[Someone], text: str) -> set[str]:
    """Who fits what was typed, by reading everybody."""
    query = understood(text)
    fits: dict[Kind, Callable[[Someone], bool]] = {
        Kind.NAME: lambda one: _in_lines([name_key_text(name) for name in one.names], query.value, starts=True),
        Kind.SOUND: lambda one: _in_lines([sound_key_text(kana) for kana in one.kanas], query.value, starts=False),
        Kind.ADDRESS: lambda one: _in_lines([address_key_text(place) for place in one.addresses], query.value),
        Kind.BIRTH: lambda one: one.row["birth"].startswith(query.value),
        Kind.NUMBER: lambda one: query.value in (one.number, one.row["household"]),
        Kind.HOUSEHOLD: lambda one: query.value == one.row["household"],
        Kind.NOTHING: lambda _: False,
    }
    return {one.number for one in people if fits[query.kind](one)}


def _in_lines(keys: list[str], value: str, *, starts: bool = False) -> bool:
    """A piece of a line, or all of it with wildcards; one letter alone begins a word (a reading: the newest one)."""
    value = value.replace(" ", "")
    lines = [key.replace(" ", "") for key in keys]
    if "*" in value or "?" in value:
        either = re.sub(r"(?<=[*?])ウ", "\0", value) if re.search("[ァ-ヶ]", value) else value
        pattern = "".join({"*": ".*", "?": ".", "\0": "[ウオ]"}.get(letter) or re.escape(letter) for letter in either)
        return any(re.fullmatch(pattern, line) for line in lines)
    if len(value) == 1:
        words = [word for key in keys for word in key.split(" ")] if starts else lines[:1]
        return any(word.startswith(value) for word in words)
    return any(value in line for line in lines)


def typed(rng: random.Random, people: list[Someone]) -> str:
    """What somebody might type who looks for one of them."""
    one = rng.choice(people)
    kind = rng.choice(["name", "name", "kana", "kana", "address", "birth", "number"])
    if kind == "birth":
        return one.row["birth"][: rng.choice([4, 7, 10])].replace("-", "/") or "1955年"
    if kind == "number":
        return rng.choice([one.number, f"世帯 {one.row['household']}"])
    whole = rng.choice({"name": one.names, "kana": one.kanas, "address": one.addresses}[kind]) or "サ"
    if kind == "address":
        return whole[: rng.randint(3, len(whole))]
    start = rng.choice([0, 0, rng.randint(0, len(whole) - 1)])
    piece = whole[start : rng.randint(start + 1, len(whole))]
    if rng.random() < 0.5:
        return piece
    hole = rng.randint(0, len(piece))
    wild = piece[:hole] + rng.choice("*?＊") + piece[hole + rng.randint(0, 2) :]
    return rng.choice(["", "", "*"]) + wild + rng.choice(["", "", "*"])


def pages(actor: Actor, text: str, **options: Any) -> Iterator[tuple[list[str], int, bool]]:
    number = 1
    while True:
        page = search(actor, text, page=number, **options)
        yield [found.addressee for found in page.items], page.total, page.exact
        if not page.more:
            return
        number += 1


def compare(actor: Actor, people: list[Someone], text: str, **options: Any) -> bool:
    """Every page against the scan; gives whether the search said that it has everybody."""
    there = [one for one in people if options.get("removed") or one.row["removed"] == "0"]
    there = [
        one for one in there if all(one.row[name] == options[name] for name in ("sex", "relation") if name in options)
    ]
    wanted = scanned([one for one in there if not (one.hidden and actor.staff)], text)
    found: list[str] = []
    for numbers, total, exact in pages(actor, text, **options):
        found += numbers
        assert total == len(wanted) if exact else total <= len(wanted), text
    assert len(found) == len(set(found)), text
    assert set(found) <= wanted, text
    assert not exact or set(found) == wanted, text
    return exact


def test_everybody_is_found_who_fits(town: tuple[Actor, list[Someone]]) -> None:
    actor, people = town
    rng = random.Random(1)  # noqa: S311 - the same people and searches in every run
    told = [compare(actor, people, typed(rng, people), removed=bool(place % 3)) for place in range(150)]
    assert sum(told) > 0.8 * len(told)


def test_nobody_hidden_is_found(town: tuple[Actor, list[Someone]]) -> None:
    actor, people = town
    rng = random.Random(2)  # noqa: S311 - the same people and searches in every run
    hidden = [one for one in people if one.hidden]
    for _ in range(40):
        compare(counter(actor), people, typed(rng, hidden), removed=True)


def test_what_is_left_out_is_told(town: tuple[Actor, list[Someone]], monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a town a hundred times as large: the index names more people than one looks at."""
    actor, people = town
    module = sys.modules["yakuba.registry.search.find"]
    for name, value in {"FEW": 15, "MANY": 80, "WINDOW": 20}.items():
        monkeypatch.setattr(module, name, value)
    rng = random.Random(3)  # noqa: S311 - the same people and searches in every run
    told = [compare(actor, people, typed(rng, people), removed=True) for _ in range(90)]
    assert not all(told)
    assert any(told)


def test_items_are_found_by_their_whole_value_or_empty(town: tuple[Actor, list[Someone]]) -> None:
    actor, people = town
    living = [one.row for one in people if one.row["removed"] == "0"]

    def told(**items: str) -> int:
        *_, (_, total, exact) = pages(actor, "", **items)
        assert exact
        return total

    both = [row for row in living if (row["relation"], row["sex"]) == ("子の子", "0")]
    assert told(relation="子の子", sex="0") == len(both)
    assert told(kind="2", relation="妻") == len(
        [row for row in living if (row["kind"], row["relation"]) == ("2", "妻")]
    )
    assert told(kana="空欄") == len([row for row in living if not row["kana"]])
    assert told(relation="（空欄）", sex="1", birth="1955年") == len(
        [row for row in living if not row["relation"] and row["sex"] == "1" and row["birth"][:4] == "1955"]
    )
    assert told(birth="空欄", name="清子") == len(
        [one for one in people if one.row["removed"] == "0" and not one.row["birth"]
         and any("清子" in name.replace("　", "") for name in one.names)]
    )  # fmt: skip


@pytest.mark.parametrize("looked_at", [1_000, 15])
def test_the_box_and_items_hold_together(
    town: tuple[Actor, list[Someone]], monkeypatch: pytest.MonkeyPatch, looked_at: int
) -> None:
    actor, people = town
    monkeypatch.setattr(sys.modules["yakuba.registry.search.find"], "FEW", looked_at)
    monkeypatch.setattr(sys.modules["yakuba.registry.search.find"], "WINDOW", looked_at)
    rng = random.Random(4)  # noqa: S311 - the same people and searches in every run
    for text in ("渡辺", "サ", "サトウ", "*子", "桜町1", "1955年", *(typed(rng, people) for _ in range(14))):
        assert compare(actor, people, text, sex=rng.choice("012"), relation=rng.choice(RELATIONS[:-1])), text


def test_an_index_of_an_older_version_is_widened(town: tuple[Actor, list[Someone]]) -> None:
    actor, _ = town
    wanted = [search(actor, text).total for text in ("*シ", "渡?清", "1000000000")]
    with wall(TOWN_A):
        whole = dict(SearchEntry.objects.values_list("addressee", "grams"))
        older = [grams.grams_of("清子", grams.NAME, TOWN_A), grams.grams_of("ワタル", grams.SOUND, TOWN_A)]
        SearchEntry.objects.update(grams=[*older[0], *older[1]])
        module = importlib.import_module("yakuba.registry.migrations.0004_search")
    with transaction.atomic(using="owner"), connections["owner"].schema_editor() as editor:
        module.widen(apps, editor)
    assert [search(actor, text).total for text in ("*シ", "渡?清", "1000000000")] == wanted
    with wall(TOWN_A):
        for addressee, now in SearchEntry.objects.values_list("addressee", "grams"):
            assert set(whole[addressee]) <= set(now)
