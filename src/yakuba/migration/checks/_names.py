"""One vocabulary for the rules: the item names of 基本データリスト, also where a layout calls the same thing otherwise.

Rules look items up by these names. A `View` of a group answers for the other names too (最新フラグ finds 最新区分), and
what a rule says about an item is told back under the layout's own name.
Source: the reconstructed 中間標準レイアウト and 住登外者宛名番号管理 of the catalog, compared item by item.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Self

import polars as pl

from yakuba.layouts.model import Group

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yakuba.layouts.model import Item
    from yakuba.migration.rules import Tables

_SAME = {
    "最新区分": "最新フラグ",
    "住民種別コード": "住民種別",
    "住民状態コード": "住民状態",
    "除票区分": "除票フラグ",
    "異動事由コード": "異動事由",
    "異動区分コード": "異動区分",
    "記載等の種別コード": "記載等の種別",
    "記載事由コード": "記載の事由",
    "届出年月日": "異動届出年月日",
    "記載年月日": "記載の異動年月日",
    "消除事由コード": "消除の事由",
    "消除年月日": "消除の異動年月日",
    "消除年月日_不詳区分": "消除の異動年月日_不詳フラグ",
    "消除届出年月日": "消除の届出年月日",
    "性別コード": "性別",
    "続柄名称": "続柄表記",
    "氏": "氏_日本人",
    "名": "名_日本人",
    "氏_カナ": "氏_日本人_フリガナ",
    "名_カナ": "名_日本人_フリガナ",
    "国保資格区分": "国保資格有無",
    "後期高齢資格区分": "後期高齢資格有無",
    "介護資格区分": "介護資格有無",
    "年金資格区分": "年金資格有無",
    "選挙人名簿登録区分": "選挙人名簿登録有無",
    "筆頭者氏名": "戸籍_筆頭者",
    "法30条45区分コード": "第30条45規定区分",
    "国籍コード": "国籍等_国名コード",
    "国籍名称": "国籍名等",
    "在留資格コード": "在留資格等コード",
    "在留期間満了年月日": "在留期間の満了の日",
    "転出確定年月日": "転出年月日（確定）",
}
_BEGINNINGS = {"転出先確定住所_": "転出先住所（確定）_"}
_ENDINGS = {
    "_不詳区分": "_不詳フラグ",
    "_都道府県名": "_都道府県",
    "_市区町村名": "_市区郡町村名",
    "_町字名": "_町字",
    "_番地": "_番地号表記",
    "_カナ": "_フリガナ",
    "_読み仮名": "_フリガナ",
}


def usual(name: str) -> str:
    """The name that rules use for an item of any layout.

    >>> usual("最新区分"), usual("住所_町字名"), usual("氏名")
    ('最新フラグ', '住所_町字', '氏名')
    """
    if name in _SAME:
        return _SAME[name]
    for beginning, other in _BEGINNINGS.items():
        if name.startswith(beginning):
            name = other + name.removeprefix(beginning)
    for ending, other in _ENDINGS.items():
        if name.endswith(ending):
            return name.removesuffix(ending) + other
    return name


@dataclass(frozen=True)
class View(Group):
    """A group that also knows its items by their usual names. `items` are the layout's own, each once."""

    original: Group

    @cached_property
    def aliases(self) -> dict[str, str]:
        """Usual name → the layout's own, where they differ."""
        own = self.original.by_name
        return {usual(name): name for name in own if usual(name) not in own}

    @cached_property
    def by_name(self) -> dict[str, Item]:
        """Item by its own and by its usual name."""
        own = self.original.by_name
        return own | {alias: own[name] for alias, name in self.aliases.items()}

    def own(self, name: str) -> str:
        """The layout's own name of an item."""
        return self.aliases.get(name, name)


def view(group: Group) -> View:
    """The group as rules see it."""
    if isinstance(group, View):
        return group
    return View(**{field.name: getattr(group, field.name) for field in fields(Group)}, original=group)


class ViewedTables:
    """Tables (rules.Tables) under the usual names."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.viewed = {name: view(group) for name, group in tables.groups.items()}

    @classmethod
    def of(cls, tables: Tables) -> Self:
        """The tables as rules see them."""
        return tables if isinstance(tables, cls) else cls(tables)

    @property
    def groups(self) -> Mapping[str, Group]:
        """Views of the groups."""
        return self.viewed

    def scan(self, group: str, items: list[str]) -> pl.LazyFrame:
        """As `Tables.scan`; an item comes under the name it was asked by."""
        own = {item: self.viewed[group].own(item) for item in items}
        rows = self.tables.scan(group, list(dict.fromkeys(own.values())))
        others = [pl.col(name).alias(item) for item, name in own.items() if item != name]
        return rows.with_columns(others) if others else rows
