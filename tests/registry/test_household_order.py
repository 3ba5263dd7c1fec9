"""The order of household members, against a table of families that are hard (住民記録システム標準仕様書 5.2)."""

from __future__ import annotations

import random

import pytest

from yakuba.registry.household_order import Kin, legal_order

FAMILIES = {
    "a couple with children who have no family there": ["世帯主", "妻", "子:1990", "子:1992", "子:1995"],
    "a child with a spouse comes after the younger ones without": [
        "世帯主:1950",
        "妻:1952",
        "子:1985",
        "子:1980",
        "子の妻:1981",
        "子の子:2010",
    ],
    "two families, in the birth order of the child": [
        "世帯主:1940",
        "子:1965=甲",
        "子の妻:1967=甲",
        "子の子:1995=甲",
        "子:1970=乙",
        "子の夫:1968=乙",
        "子の子:1990=乙",
    ],
    "grandchildren whose parent has left, by birth": ["世帯主:1940", "子の子:1990", "子の子:1992"],
    "a great-grandchild stays with its family": [
        "世帯主:1930",
        "子:1955",
        "子の妻:1957",
        "子の子:1980",
        "子の子の妻:1982",
        "子の子の子:2008",
    ],
    "parents, siblings, grandparents of the head": [
        "世帯主:1980",
        "母:1955",
        "父:1957",
        "兄:1978",
        "妹:1985",
        "父の父:1930",
        "母の母:1935",
    ],
    "of the parents the one who is listed first": ["世帯主:1980", "父:1957*", "母:1955"],
    "a partner without marriage counts as a spouse": ["世帯主:1980", "夫(未届):1975", "子:2005", "夫(未届)の子:2003"],
    "brackets in full width are the same": ["世帯主:1980", "妻（未届）:1975", "子:2005"],
    "the spouse's kin like the own, after it": [
        "世帯主:1980",
        "妻:1982",
        "父:1950",
        "妻の母:1955",
        "妻の妹:1990",
        "妻の父の父:1930",
    ],
    "a brother alone, his family with the other relatives": [
        "世帯主:1980",
        "兄:1975",
        "兄の妻:1977",
        "兄の子:2001",
        "縁故者:1960",
        "同居人:1950",
    ],
    "relatives of an older generation first": ["世帯主:1980", "父の兄:1950", "父の兄の妻:1952", "兄の子:2001"],
    "without a head the others keep their places": ["妻:1982", "子:2005", "母:1950", "同居人:1940"],
    "birth dates that are the same: by number": ["世帯主:1980", "子:2005", "子:2005", "子:2005"],
    "someone without a relation or a birth date comes last": ["世帯主:1980", "妻", "子:2001", "子", "同居人", ""],
    "two heads by mistake, nobody is lost": ["世帯主:1970", "世帯主:1980", "子:2001"],
}
"""Members in the order that is right; `:` birth year, `=` 筆頭者, `*` is 筆頭者."""


def kin(number: int, text: str) -> Kin:
    relation, _, rest = text.partition(":")
    birth, _, register = rest.rstrip("*").partition("=")
    name = f"氏名{number}"
    first = name if rest.endswith("*") else register or "筆頭"
    return Kin(f"{1000000000 + number}", relation, f"{birth}-01-01" if birth else "", name, first)


@pytest.mark.parametrize("name", FAMILIES)
def test_families(name: str) -> None:
    right = [kin(number, text) for number, text in enumerate(FAMILIES[name])]
    for seed in range(10):
        shuffled = right.copy()
        random.Random(seed).shuffle(shuffled)  # noqa: S311 - the same in every run
        assert [one.relation for one in legal_order(shuffled)] == [one.relation for one in right]
        assert legal_order(shuffled) == right


def test_nobody_is_lost_and_nobody_is_there_twice() -> None:
    words = ["世帯主", "夫", "妻", "子", "父", "母", "兄", "妹", "縁故者", "同居人"]
    rng = random.Random(1)  # noqa: S311 - the same in every run
    for _ in range(300):
        members = [
            Kin(str(number), "の".join(rng.choices(words, k=rng.randint(0, 4))), f"{rng.randint(1920, 2020)}-01-01")
            for number in range(rng.randint(0, 9))
        ]
        assert sorted(one.addressee for one in legal_order(members)) == sorted(one.addressee for one in members)
