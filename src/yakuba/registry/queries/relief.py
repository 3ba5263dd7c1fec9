"""Relief lists (被災者支援の名簿): who lives in which district, and who may need help first, as the records have it.

What the registry does not hold is not guessed: pregnancy, disability and illness are in other offices' lists. People
under 支援措置 are on a list only for whom they exist, and marked; the others are not told that somebody is missing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import connection

from yakuba.registry.display import shown_date
from yakuba.registry.household_order import Kin, stand
from yakuba.registry.models import Ledger
from yakuba.registry.queries.relief_groups import District, Group, Line, age, chosen, district_of
from yakuba.registry.queries.visible import BUSINESS, sees_protected
from yakuba.registry.roles import columns_of, table_of
from yakuba.registry.search.keys import address_key_text, walking_key
from yakuba.tenancy import audit
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from yakuba.tenancy.acting import Actor


def districts(actor: Actor, *, on: date) -> tuple[District, ...]:
    """Every district in numbers, 一丁目 before 二丁目. It names nobody, and is logged all the same.

    Args:
        on: the day on which ages are reckoned.

    Raises:
        NotAllowedError: the actor may not hand residents' data on.
    """
    found: dict[str, list[Line]] = {}
    for line in relief_list(actor, Group.ALL, on=on, place="地区別の人数"):
        found.setdefault(line.district, []).append(line)
    return tuple(district_of(name, lines) for name, lines in found.items())


def relief_list(
    actor: Actor, group: Group, *, on: date, district: str = "", place: str = "被災者支援の名簿"
) -> tuple[Line, ...]:
    """People of a group, household by household as somebody walks from door to door, members in their legal order.

    Args:
        on: the day on which ages are reckoned. district: 町字 as it is recorded, "" = all.

    Raises:
        NotAllowedError: the actor may not hand residents' data on.
    """
    actor.must(Action.OUTPUT, BUSINESS)
    with wall(actor.municipality):
        homes: dict[str, list[_Seen]] = {}
        for seen in _seen(actor, on):
            homes.setdefault(seen.line.household or seen.line.addressee, []).append(seen)
        walked = sorted(homes.values(), key=lambda home: home[0].walk)
        found = [line for home in walked for line in chosen(group, _in_order(home))]
        found = [line for line in found if not district or line.district == district]
        audit.record(
            actor, place=place, action="output", items=("氏名", "フリガナ", "生年月日", "性別", "続柄", "住所"),
            detail={"group": group.value, "district": district, "found": len(found)},
        )  # fmt: skip
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Seen:
    """Somebody of the list. walk: where the home is on the way through the town. place: 記載順位."""

    line: Line
    walk: tuple[object, ...]
    place: int | None
    kin: Kin


def _seen(actor: Actor, on: date) -> Iterable[_Seen]:
    """Everybody who lives here and exists for the actor."""
    hidden = "" if sees_protected(actor) else " AND NOT r.protected"
    for ledger in Ledger.objects.order_by("load", "place"):
        if table_of(ledger.business, ledger.title) != "resident":
            continue
        named = columns_of("resident", ledger.columns)
        at = [ledger.columns.index(named[role]) + 1 if role in named else 0 for role in ("town", "first_listed")]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT r.protected, r.place, r.address_key, c.cells[%s], c.cells[%s], r.address,"  # noqa: S608
                " r.household, r.addressee, r.name, r.kana, r.birth, r.birth_era, r.birth_unknown, r.kind, r.sex,"
                " r.relation FROM registry_resident r JOIN registry_record c ON c.ledger = r.ledger AND c.row = r.row"
                f" WHERE r.municipality = %s AND r.ledger = %s AND NOT r.removed AND NOT r.outsider{hidden}"
                " ORDER BY r.household, r.addressee",
                [*at, actor.municipality, ledger.pk],
            )
            for protected, place, *texts in cursor.fetchall():
                yield _person(bool(protected), place, [str(value or "") for value in texts], on)


def _person(protected: bool, place: int | None, texts: Sequence[str], on: date) -> _Seen:
    key, district, listed, address, household, addressee, name, kana, birth, era, unknown, kind, sex, relation = texts
    line = Line(
        district, address, household, addressee, name, kana,
        shown_date(birth, era, unknown, western=kind == _FOREIGN), age(birth, on),
        {"1": "男", "2": "女"}.get(sex, ""), relation, 1, protected,
    )  # fmt: skip
    walk = (walking_key(address_key_text(district)), walking_key(key), household)
    return _Seen(line, walk, place, Kin(addressee, relation, birth, name, listed))


_FOREIGN = "2"


def _in_order(home: Sequence[_Seen]) -> list[Line]:
    """The members of a household as they stand in it, each knowing how many they are."""
    return [
        replace(home[at].line, size=len(home)) for at in stand([one.place for one in home], [one.kin for one in home])
    ]
