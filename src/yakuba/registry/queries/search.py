"""Search (検索): one box, or item by item."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.registry.display import shown_date
from yakuba.registry.queries.visible import BUSINESS, sees_protected
from yakuba.registry.search.find import FIELDS, find
from yakuba.registry.search.plan import Condition, by_items, by_value, condition, steps
from yakuba.registry.search.understood import Kind, Query, as_kind, understood
from yakuba.tenancy import audit
from yakuba.tenancy.acting import NotAllowedError
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.tenancy.acting import Actor

SIZE = 50
LAST_PAGE = 20
"""Results beyond are not turned to: a search that wide should say more."""
_ITEM_KINDS = {"name": Kind.NAME, "kana": Kind.SOUND, "birth": Kind.BIRTH, "address": Kind.ADDRESS}
_EXACT = ("sex", "kind", "relation", "addressee", "household")
ITEMS = (*_ITEM_KINDS, *_EXACT)
"""Names of the items of the advanced search."""
_EMPTY = ("空欄", "（空欄）", "(空欄)")
"""What is typed to find those of whom an item is empty, as screens show it."""
_RIGHTS = {Kind.MYNUMBER: ("mynumber",), Kind.CODE: ("juminhyo_code", "zairyu")}
_SEXES = {"0": "不明", "1": "男", "2": "女"}


@dataclass(frozen=True, slots=True)
class Found:
    """One line of the results: what tells people of one name apart, and what a clerk must know before opening.

    Attributes:
        addressee, household: numbers. name, kana, alias, former_name, relation, address: as recorded.
        sex, birth: as people read them. foreign, outsider, removed: 外国人, 住登外者, 除票.
        protected: 支援措置. blocked: "", "1" アラート, "2" エラー. leaving: 転出予定年月日, "" for none.
    """

    addressee: str
    household: str
    name: str
    kana: str
    alias: str
    former_name: str
    sex: str
    birth: str
    relation: str
    address: str
    foreign: bool
    outsider: bool
    removed: bool
    protected: bool
    blocked: str
    leaving: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of results.

    Attributes:
        query: what the box decided. items: the results in order. page: from 1. size: lines of a page.
        total: how many there are; at least so many, where `exact` is False. more: there is a next page.
    """

    query: Query
    items: tuple[Found, ...]
    page: int
    size: int
    total: int
    exact: bool
    more: bool


def search(
    actor: Actor,
    text: str,
    *,
    removed: bool = False,
    outsiders: bool = False,
    page: int = 1,
    place: str = "検索",
    **items: str,
) -> Page:
    """Find people; ranked: the same, begins so, has it inside; then kana order.

    Args:
        text: whatever was typed in the box, "" for the advanced search alone.
        removed: 除票 too. outsiders: 住登外者 too. page: from 1.
        place: the screen, for the log.
        items: advanced search, all must hold: see ITEMS.

    Raises:
        NotAllowedError: the actor may not look at residents, or searched by a number that is closed to the actor.
        TypeError: an item that is not in ITEMS.
    """
    actor.must(Action.VIEW, BUSINESS)
    query, more = _asked(actor, text, items)
    page = min(max(page, 1), LAST_PAGE)
    with wall(actor.municipality):
        common = tuple(_common(actor, removed=removed, outsiders=outsiders))
        way = steps(query, actor.municipality, more) if text or not more else iter([by_items(more)])
        first = (page - 1) * SIZE
        rows = find(way, common, actor.municipality, first, SIZE)
        if not rows.count and text and query.kind in (Kind.NAME, Kind.SOUND) and not query.wild:
            # Nobody is called so: a town or a building may be.
            place_query = as_kind(text, Kind.ADDRESS)
            rows = find(steps(place_query, actor.municipality, more), common, actor.municipality, first, SIZE)
            query = place_query if rows.count else query
        found = tuple(_found(row) for row in rows.rows[:SIZE])
        audit.record(
            actor, place=place, action="search", items=[query.kind.value, *items],
            detail={"found": rows.count, "page": page, "shown": [one.addressee for one in found]},
        )  # fmt: skip
    return Page(query, found, page, SIZE, rows.count, rows.exact, len(rows.rows) > SIZE and page < LAST_PAGE)


def _asked(actor: Actor, text: str, items: dict[str, str]) -> tuple[Query, tuple[Condition, ...]]:
    """The box and the items as a query and conditions beside it."""
    unknown = set(items) - set(ITEMS)
    if unknown:
        raise TypeError(f"no item of search: {sorted(unknown)}")
    query = understood(_without_front(actor, text))
    for group in _RIGHTS.get(query.kind, ()):
        if not actor.may(Action.VIEW, BUSINESS, group):
            raise NotAllowedError(f"{query.label}で検索する権限がありません", remedy="氏名や生年月日で検索してください")
    typed = {name: value.strip() for name, value in items.items() if value.strip()}
    return query, tuple(_item(name, value, actor.municipality) for name, value in typed.items())


def _item(name: str, typed: str, municipality: str) -> Condition:
    """One item of the advanced search."""
    if typed in _EMPTY:
        return by_value(name, "", municipality)
    if name in _EXACT:
        return by_value(name, typed, municipality)
    return condition(as_kind(typed, _ITEM_KINDS[name]), municipality)


def _without_front(actor: Actor, text: str) -> str:
    """An address without the names of prefecture, county and the municipality itself, which no key has."""
    front = f"^(?:.{{2,3}}[都道府県])?(?:.{{1,6}}郡)?{re.escape(actor.municipality_name)}(?=.)"
    return re.sub(front, "", text.strip()) if actor.municipality_name else text


def _common(actor: Actor, *, removed: bool, outsiders: bool) -> Iterator[Condition]:
    if not sees_protected(actor):
        yield Condition("NOT r.protected")
    if not removed:
        yield Condition("NOT r.removed")
    if not outsiders:
        yield Condition("NOT r.outsider")


def _found(row: tuple[object, ...]) -> Found:
    there = dict(zip(FIELDS, row, strict=True))
    texts = {name: str(there[name] or "") for name in ("addressee", "household", "name", "kana", "alias", "former_name",
             "relation", "address", "blocked", "leaving")}  # fmt: skip
    foreign = there["kind"] == "2"
    return Found(
        **texts,
        sex=_SEXES.get(str(there["sex"]), ""),
        birth=shown_date(
            str(there["birth"]), str(there["birth_era"] or ""), str(there["birth_unknown"] or ""), western=foreign
        ),
        foreign=foreign,
        outsider=bool(there["outsider"]),
        removed=bool(there["removed"]),
        protected=bool(there["protected"]),
    )
