"""Relief lists (被災者支援の名簿): who lives in which district, and who may need help first, as the records have it.

What the registry does not hold is not guessed: pregnancy, disability and illness are in other offices' lists. People
under 支援措置 are on a list only for whom they exist, and marked; the others are not told that somebody is missing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import connection

from yakuba.registry.display import shown_date
from yakuba.registry.models import Ledger
from yakuba.registry.queries.relief_groups import District, Group, Line, age, chosen, district_of
from yakuba.registry.queries.visible import BUSINESS, sees_protected
from yakuba.registry.roles import columns_of, table_of
from yakuba.tenancy import audit
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from yakuba.tenancy.acting import Actor


def districts(actor: Actor, *, on: date) -> tuple[District, ...]:
    """Every district in numbers, by name. It names nobody, and is logged all the same.

    Args:
        on: the day on which ages are reckoned.

    Raises:
        NotAllowedError: the actor may not hand residents' data on.
    """
    found: dict[str, list[Line]] = {}
    for line in relief_list(actor, Group.ALL, on=on, place="地区別の人数"):
        found.setdefault(line.district, []).append(line)
    return tuple(district_of(name, found[name]) for name in sorted(found))


def relief_list(
    actor: Actor, group: Group, *, on: date, district: str = "", place: str = "被災者支援の名簿"
) -> tuple[Line, ...]:
    """People of a group, household by household, by district and address.

    Args:
        on: the day on which ages are reckoned. district: 町字 as it is recorded, "" = all.

    Raises:
        NotAllowedError: the actor may not hand residents' data on.
    """
    actor.must(Action.OUTPUT, BUSINESS)
    with wall(actor.municipality):
        homes: dict[str, list[Line]] = {}
        for line in _lines(actor, on):
            homes.setdefault(line.household or line.addressee, []).append(line)
        found = [line for home in homes.values() for line in chosen(group, _sized(home))]
        found = [line for line in found if not district or line.district == district]
        audit.record(
            actor, place=place, action="output", items=("氏名", "フリガナ", "生年月日", "性別", "続柄", "住所"),
            detail={"group": group.value, "district": district, "found": len(found)},
        )  # fmt: skip
    return tuple(found)


def _lines(actor: Actor, on: date) -> Iterable[Line]:
    """Everybody who lives here and exists for the actor, by district, address and place in the household."""
    hidden = "" if sees_protected(actor) else " AND NOT r.protected"
    for ledger in Ledger.objects.order_by("load", "place"):
        if table_of(ledger.business, ledger.title) != "resident":
            continue
        town = columns_of("resident", ledger.columns).get("town", "")
        at = ledger.columns.index(town) + 1 if town else 0
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT coalesce(c.cells[%s], ''), r.address, r.household, r.addressee, r.name, r.kana, r.birth,"  # noqa: S608
                " r.birth_era, r.birth_unknown, r.kind, r.sex, r.relation, r.protected FROM registry_resident r"
                " JOIN registry_record c ON c.ledger = r.ledger AND c.row = r.row"
                f" WHERE r.municipality = %s AND r.ledger = %s AND NOT r.removed AND NOT r.outsider{hidden}"
                " ORDER BY 1, r.address_key, r.household, r.place NULLS LAST, r.addressee",
                [at, actor.municipality, ledger.pk],
            )
            for row in cursor.fetchall():
                yield _line(row, on)


def _line(row: Sequence[object], on: date) -> Line:
    texts = [str(value or "") for value in row]
    district, address, household, addressee, name, kana, birth, era, unknown, kind, sex, relation, _ = texts
    return Line(
        district, address, household, addressee, name, kana,
        shown_date(birth, era, unknown, western=kind == _FOREIGN), age(birth, on),
        {"1": "男", "2": "女"}.get(sex, ""), relation, 1, bool(row[-1]),
    )  # fmt: skip


_FOREIGN = "2"


def _sized(home: Sequence[Line]) -> list[Line]:
    return [replace(line, size=len(home)) for line in home]
