"""用語集・元号・団体コード. Oracle: the standard itself; the official check digit of the codes; days of era changes."""

from __future__ import annotations

import itertools
import re
from datetime import date, timedelta

import pytest

from yakuba.kernel.discover import catalog_root
from yakuba.kernel.source import Standing, read_source
from yakuba.layouts.read import standard
from yakuba.layouts.table import read_table

TERMS = read_table(catalog_root() / "glossary.csv", ("用語", "英語", "識別名", "標準の項目", "意味"))


def test_terms_are_unique_and_whole() -> None:
    terms = [row["用語"] for row in TERMS]
    assert len(terms) == len(set(terms)) >= 150
    assert [row["用語"] for row in TERMS if not (row["英語"] and row["意味"])] == []
    assert [row["識別名"] for row in TERMS if not re.fullmatch(r"[a-z0-9_]+", row["識別名"])] == []


@pytest.mark.parametrize("place", sorted({row["標準の項目"] for row in TERMS if row["標準の項目"]}))
def test_places_in_the_standard_exist(place: str) -> None:
    reference, _, item = place.partition(".")
    _, group = standard("kihon").group(reference)
    assert not item or item in group.by_name


def test_an_item_has_the_identifier_of_the_standard() -> None:
    wrong = []
    for row in TERMS:
        reference, _, name = row["標準の項目"].partition(".")
        if name == row["用語"]:
            item = standard("kihon").group(reference)[1].by_name[name]
            wrong += [(name, row["識別名"], item.identifier)] if item.identifier != row["識別名"] else []
    assert wrong == []


def test_eras_follow_each_other() -> None:
    rows = read_table(
        catalog_root() / "eras.csv", ("コード1桁", "コード2桁", "元号", "開始年月日", "終了年月日", "元年西暦")
    )
    assert [row["元号"] for row in rows] == ["明治", "大正", "昭和", "平成", "令和"]
    for before, after in itertools.pairwise(rows):
        gap = date.fromisoformat(after["開始年月日"]) - date.fromisoformat(before["終了年月日"])
        assert gap == timedelta(days=0 if after["元号"] in ("大正", "昭和") else 1)
    assert all(row["コード2桁"] == f"0{row['コード1桁']}" for row in rows)
    assert all(row["開始年月日"].startswith(row["元年西暦"]) for row in rows)


def test_municipalities() -> None:
    folder = catalog_root() / "municipalities"
    assert read_source(folder).standing is Standing.OFFICIAL
    rows = read_table(folder / "2024-01-01.csv", ("団体コード", "団体コード5桁", "都道府県", "団体名", "種別"))
    codes = [row["団体コード"] for row in rows]
    assert len(codes) == len(set(codes)) == 1965
    assert sum(row["種別"] in ("市", "指定都市", "特別区", "町", "村") and not row["北方領土"] for row in rows) == 1741
    for code in codes:
        remainder = sum(int(digit) * weight for digit, weight in zip(code, (6, 5, 4, 3, 2), strict=False)) % 11
        assert int(code[5]) == (11 - remainder) % 10
    assert not any(code.startswith("99") for code in codes)
