"""What a certificate says of people (証明書の記録): their newest rows by official item name, and what may forbid it.

Nothing is left out silently: a member who does not exist for the actor is counted, because a paper that says 世帯全員
and lacks somebody is a wrong paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from yakuba.registry.display import Shape
from yakuba.registry.models import Ledger, Record, Resident
from yakuba.registry.queries.household import ordered
from yakuba.registry.queries.visible import people, sees_protected
from yakuba.registry.queries.warnings import rows_of
from yakuba.registry.roles import roles, table_of
from yakuba.tenancy import audit
from yakuba.tenancy.database.walls import inside
from yakuba.tenancy.rights import masked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from yakuba.tenancy.acting import Actor

Items = dict[str, str]
"""Official item name → cell as the layout writes it, "" = empty."""
_PROCESSES = ("", "0", "2")
"""抑止対象処理 that forbid a certificate: not said, すべて, 証明書発行."""
_SUSPENDED = "1"
_CODE = "住民票コード"


@dataclass(frozen=True, slots=True)
class Holder:
    """One person as the rules of issuing see them.

    Attributes:
        name: 氏名. relation: 続柄. birth: YYYY-MM-DD. kind: 住民種別.
        removed: 除票. outsider: 住登外者. protected: 支援措置 or 仮支援措置 holds.
        blocked: level of a 抑止 of certificates that holds ("", "1" アラート, "2" エラー).
        block: the gravest 抑止 of any processing. leaving: 転出予定年月日, "" for none. visible: exists for the actor.
    """

    addressee: str
    household: str
    name: str
    relation: str
    birth: str
    kind: str
    removed: bool
    outsider: bool
    protected: bool
    blocked: str
    block: str
    leaving: str
    visible: bool


@dataclass(frozen=True, slots=True)
class CertificateRecord:
    """Everything a paper may say, and who is on it.

    Attributes:
        subject: whose paper it is. home: everybody who lives in the household, in the legal order; the subject among
            them, also a removed one. on_paper: those chosen, in the same order.
        people: their rows of 住民情報, in the same order. household: 世帯番号, 世帯主氏名 and the address.
        tables: "業務/グループ" → rows of the people on the paper, oldest first.
        closed: items of residents that the actor may not see. version: of the subject, counts changes.
        as_of: where the records stand: "ledger:row" of everybody on the paper.
    """

    subject: Holder
    home: tuple[Holder, ...]
    on_paper: tuple[Holder, ...]
    people: tuple[Items, ...]
    household: Items
    tables: Mapping[str, tuple[Items, ...]]
    closed: frozenset[str]
    version: int
    as_of: str


def certificate_record(
    actor: Actor,
    subject: str,
    *,
    members: Sequence[str] = (),
    groups: Iterable[str] = (),
    place: str = "証明書の交付",
    reason: str = "",
) -> CertificateRecord | None:
    """The record of a person and of chosen members of the household; None when there is none for this actor.

    Args:
        subject: 宛名番号. members: of the same household who are on the paper; () = the subject alone.
        groups: "業務/グループ" by official names whose rows are wanted beside 住民情報.
        place: the screen, for the log. reason: why, likewise.
    """
    with inside(actor.municipality):
        found = people(actor).filter(addressee=subject).select_related("ledger").first()
        made = _record(actor, found, tuple(members) or (subject,), tuple(groups)) if found else None
        items = sorted({name for row in made.people for name, value in row.items() if value}) if made else []
        on_paper = [one.addressee for one in made.on_paper] if made else []
        audit.record(
            actor, place=place, action="certificate_record", subject=subject, items=items, reason=reason,
            detail={"shown": on_paper} if made else {"found": 0},
        )  # fmt: skip
    return made


def _record(actor: Actor, found: Resident, members: tuple[str, ...], groups: tuple[str, ...]) -> CertificateRecord:
    home = _home(found)
    chosen = [one for one in home if one.addressee in members]
    holders = {one.addressee: _holder(actor, one) for one in home}
    rows = _newest(chosen)
    raws = tuple(_named(one, rows[one.addressee]) for one in chosen)
    shape = Shape(found.ledger)
    return CertificateRecord(
        subject=holders[found.addressee],
        home=tuple(holders.values()),
        on_paper=tuple(holders[one.addressee] for one in chosen),
        people=raws,
        household=_household(found, raws),
        tables=_tables(groups, chosen, raws),
        closed=masked(actor, shape.business, shape.columns),
        version=found.version,
        as_of=",".join(f"{one.ledger_id}:{one.row}" for one in chosen),
    )


def _home(found: Resident) -> list[Resident]:
    """Who lives where the person lives, in the legal order; somebody removed or living elsewhere stands alone."""
    if found.removed or found.outsider or not found.household:
        return [found]
    living = Resident.objects.filter(
        municipality=found.municipality_id, household=found.household, removed=False, outsider=False
    )
    return ordered(list(living.select_related("ledger").order_by("addressee")))


def _holder(actor: Actor, one: Resident) -> Holder:
    return Holder(
        addressee=one.addressee, household=one.household, name=one.name, relation=one.relation, birth=one.birth,
        kind=one.kind, removed=one.removed, outsider=one.outsider, protected=one.protected, blocked=_blocked(one),
        block=one.blocked, leaving=one.leaving, visible=not one.protected or sees_protected(actor),
    )  # fmt: skip


def _blocked(one: Resident) -> str:
    """The gravest level of a 抑止 that holds for certificates now: begun, not released, not suspended."""
    if not one.blocked:
        return ""
    today = timezone.localdate().isoformat()
    levels = [
        block["level"]
        for block in rows_of(one, "block")
        if not block.get("released")
        and block.get("process", "") in _PROCESSES
        and block.get("suspended") != _SUSPENDED
        and block.get("first", "") <= today
        and block.get("level") in ("1", "2")
    ]
    return max(levels, default="")


def _newest(found: Iterable[Resident]) -> dict[str, Sequence[str | None]]:
    """Cells of the row in force of each person, in one query."""
    places = {(one.ledger_id, one.row): one.addressee for one in found}
    if not places:
        return {}
    wanted = reduce(or_, (Q(ledger=ledger, row=row) for ledger, row in places))
    return {places[record.ledger_id, record.row]: record.cells for record in Record.objects.filter(wanted)}


def _named(one: Resident, cells: Sequence[str | None]) -> Items:
    """A row by item name; what another family of layouts calls differently also by the name that 基本データ has."""
    items = {name: cell or "" for name, cell in zip(one.ledger.columns, cells, strict=False)}
    for names in roles(table_of(one.ledger.business, one.ledger.title)).values():
        there = next((name for name in names if name in items), "")
        if there:
            items.setdefault(names[0], items[there])
    return items


def _household(found: Resident, raws: Sequence[Items]) -> Items:
    """What is true of the household as a whole, from the row of the first person on the paper."""
    first = raws[0] if raws else {}
    address = {name: value for name, value in first.items() if name.startswith("住所_")}
    return {"世帯番号": found.household, "世帯主氏名": first.get("世帯主氏名", "")} | address


def _tables(groups: tuple[str, ...], chosen: Sequence[Resident], raws: Sequence[Items]) -> dict[str, tuple[Items, ...]]:
    """Rows of the people by group, in the order of loads and files."""
    found: dict[str, list[Items]] = {group: [] for group in groups}
    if groups and chosen:
        named = reduce(
            or_, (Q(business=business, title=title) for business, _, title in (g.partition("/") for g in groups))
        )
        for ledger in Ledger.objects.filter(named).order_by("load", "place"):
            found[f"{ledger.business}/{ledger.title}"] += _rows(ledger, chosen, raws)
    return {group: tuple(rows) for group, rows in found.items()}


def _rows(ledger: Ledger, chosen: Sequence[Resident], raws: Sequence[Items]) -> list[Items]:
    """Rows of the people in one ledger; one without 宛名番号 (戸籍の附票) goes by their 住民票コード."""
    here = Record.objects.filter(ledger=ledger)
    if ledger.addressee_column:
        people_here = [one.addressee for one in chosen]
        here = here.filter(municipality=chosen[0].municipality_id, addressee__in=people_here)
    elif _CODE in ledger.columns:
        codes = [code for raw in raws if (code := raw.get(_CODE, ""))]
        here = here.filter(**{f"cells__{ledger.columns.index(_CODE)}__in": codes})
    else:
        return []
    return [
        {name: cell or "" for name, cell in zip(ledger.columns, record.cells, strict=False)}
        for record in here.order_by("row")
    ]


def hidden_among(actor: Actor, addressees: Iterable[str]) -> frozenset[str]:
    """Those of these people who do not exist for the actor; to be asked inside the actor's wall."""
    if sees_protected(actor):
        return frozenset()
    here = Resident.objects.filter(municipality=actor.municipality, addressee__in=set(addressees), protected=True)
    return frozenset(here.values_list("addressee", flat=True))


def names_of(actor: Actor, addressees: Iterable[str]) -> dict[str, str]:
    """Name by 宛名番号 of people who exist for the actor, for a list that logs itself; inside the actor's wall."""
    return dict(people(actor).filter(addressee__in=set(addressees)).values_list("addressee", "name"))


def current_names(municipality: str, addressees: Sequence[str]) -> tuple[str, ...]:
    """氏名 as search has them, one per number: another way to a name than `certificate_record` goes.

    For the check of a finished paper against its request, which shows nobody anything; inside the wall.
    """
    found = dict(
        Resident.objects.filter(municipality=municipality, addressee__in=addressees).values_list("addressee", "name")
    )
    return tuple(found.get(one, "") for one in addressees)


def still_so(actor: Actor, record: CertificateRecord) -> bool:
    """Whether nobody on the paper has a newer row, 支援措置, 抑止 or removal than when the record was read."""
    numbers = [one.addressee for one in record.on_paper]
    now = {
        one.addressee: one for one in Resident.objects.filter(municipality=actor.municipality, addressee__in=numbers)
    }
    stands = ",".join(f"{now[one].ledger_id}:{now[one].row}" for one in numbers if one in now)
    return stands == record.as_of and all(
        (now[one.addressee].protected, now[one.addressee].removed, now[one.addressee].household)
        == (one.protected, one.removed, one.household)
        and now[one.addressee].blocked == one.block
        for one in record.on_paper
    )
