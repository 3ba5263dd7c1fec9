"""From an application to a case: the committed record of everybody on the paper beside settings, fee and stop."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils import timezone

from yakuba.certificates.kinds import kind as kind_named
from yakuba.certificates.record import Record
from yakuba.issuance.application import Role
from yakuba.issuance.approving import held, standing
from yakuba.issuance.case import Case
from yakuba.issuance.fees import fee_on
from yakuba.issuance.models import Image, Release
from yakuba.issuance.rules.seal import GROUP as SEALS
from yakuba.issuance.rules.seal import IMPRINT, in_force
from yakuba.issuance.settings import content
from yakuba.issuance.terms import terms
from yakuba.layouts.read import layout
from yakuba.registry.queries.certificate_record import certificate_record, current_names
from yakuba.registry.roles import RESIDENT_BUSINESS, table_of
from yakuba.tenancy.acting import NotFoundError
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from yakuba.certificates.kinds import Kind
    from yakuba.certificates.record import Order
    from yakuba.issuance.application import Application, Channel
    from yakuba.issuance.approving import Held, Standing
    from yakuba.registry.queries.certificate_record import CertificateRecord, Items
    from yakuba.tenancy.acting import Actor

WHOLE, PUBLIC_USE = DERIVED = ("whole", "public_use")
"""Choices that follow from the rest of an application, whatever was said about them."""
_NEWEST = "1"


def case_of(actor: Actor, application: Application, channel: Channel, place: str) -> Case:
    """Everything the rules look at, read inside the wall this runs in.

    Raises:
        NotAllowedError: the actor may not issue papers of this business.
        NotFoundError: the person does not exist for the actor.
        UsageError: there is no such kind.
    """
    return cases_of(actor, (application,), channel, place)[0]


def cases_of(
    actor: Actor, applications: Sequence[Application], channel: Channel, place: str, now: Held | None = None
) -> tuple[Case, ...]:
    """The same for several kinds of one person and the same members: everything is read once.

    Args:
        now: what is set, as it was read in this transaction already; None = read it.

    Raises:
        NotAllowedError, NotFoundError, UsageError: as for `case_of`.
    """
    first = applications[0]
    for one in applications:
        actor.must(Action.ISSUE, terms(one.kind).business)
    role = first.requester.role
    why = first.requester.purpose or (Role(role).label if role in set(Role) else "")
    groups = dict.fromkeys(group for one in applications for group in _groups(one))
    found = certificate_record(
        actor, first.subject, members=first.members, groups=tuple(groups), place=place, reason=why
    )
    if found is None:
        raise NotFoundError("該当する人がいません", remedy="宛名番号を確かめてください")
    now = now or held()
    how = standing(now)
    return tuple(_case(actor, one, channel, found, now, how) for one in applications)


def _case(
    actor: Actor, application: Application, channel: Channel, found: CertificateRecord, now: Held, how: Standing
) -> Case:
    kind, setting, today = kind_named(application.kind), now.setting, timezone.localdate()
    return Case(
        actor=actor, kind=kind, terms=terms(kind.identifier), channel=channel, record=found,
        application=replace(application, choices=dict(application.choices) | _derived(kind, application, found)),
        content=content(setting.content) if setting else None, standing=how, stopped=now.stopped,
        fee=fee_on(now.fees, kind.identifier, channel, today), release=_release(found, kind.identifier),
        seal=bytes(setting.seal) if setting else b"",
        images=_images(found), today=today,
    )  # fmt: skip


def stopped_here() -> str:
    """Reason of a stop of the municipality whose wall this runs in; "" while it issues."""
    return held().stopped


def record_of(case: Case) -> Record:
    """What will be drawn."""
    found = case.record
    tables = {name.partition("/")[2]: rows for name, rows in found.tables.items()}
    people: tuple[Mapping[str, str], ...] = found.people
    if table_of(RESIDENT_BUSINESS, case.kind.group) != "resident":
        people = tuple(_newest_of(tables.get(case.kind.group, ()), one.addressee) for one in found.on_paper)
    household = found.household | {"世帯員数": str(len(found.home))}
    return Record(people=people, household=household, tables=tables, images=case.images)


def names(order: Order) -> tuple[str, ...]:
    """Names of everybody on a paper, by the numbers in the order, for the last look at the finished bytes."""
    return tuple(one for one in current_names(order.municipality, order.members) if one)


def _newest_of(rows: tuple[Items, ...], addressee: str) -> Mapping[str, str]:
    """The row of a person that holds now; what has no 宛名番号 belongs to the one person of the paper."""
    own = [row for row in rows if row.get("宛名番号", addressee) == addressee]
    newest = [row for row in own if row.get("最新フラグ", _NEWEST) == _NEWEST] or own
    return {"宛名番号": addressee} | (newest[-1] if newest else {})


def _derived(kind: Kind, application: Application, found: CertificateRecord) -> dict[str, bool]:
    """Choices that nobody makes: 世帯全員 is a matter of who is on the paper, 公用 of who asks."""
    made = {
        WHOLE: {one.addressee for one in found.on_paper} == {one.addressee for one in found.home},
        PUBLIC_USE: application.requester.role == Role.OFFICIAL,
    }
    return {name: value for name, value in made.items() if kind.choice(name)}


def _groups(application: Application) -> tuple[str, ...]:
    """Groups ("業務/グループ") that this paper and its rules need; what was not chosen (個人番号) is not even read."""
    kind, said = kind_named(application.kind), terms(application.kind)

    def on(choice: str) -> bool:
        known = kind.choice(choice)
        return not choice or bool(application.choices.get(choice, known.default if known else False))

    parts = (part for field in kind.fields if on(field.choice) for part in field.parts if on(part.choice))
    titles = dict.fromkeys([part.table for part in parts] + [kind.group, kind.rows_table])
    here = [title for title in titles if title in kind.layouts and table_of(RESIDENT_BUSINESS, title) != "resident"]
    named = [f"{layout(kind.layouts[title]).business}/{title}" for title in here]
    return tuple(dict.fromkeys([*said.groups, *named]))


def _release(found: CertificateRecord, kind: str) -> Release | None:
    """A release of today for somebody on the paper that no issue has used up."""
    if not any(one.protected or one.blocked for one in found.on_paper):
        return None
    people = [one.addressee for one in found.on_paper]
    usable = Release.objects.filter(addressee__in=people, kind=kind, day=timezone.localdate(), issue=None)
    return usable.first()


def _images(found: CertificateRecord) -> dict[str, bytes]:
    """Pictures that the rows name: the imprint of the seal in force."""
    sheet = in_force(found.tables.get(SEALS, ()))
    name = sheet.get(IMPRINT, "") if sheet else ""
    image = Image.objects.filter(name=name).order_by("-id").first() if name else None
    return {IMPRINT: bytes(image.data)} if image else {}
