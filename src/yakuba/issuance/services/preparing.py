"""Prepare (交付の準備): what stands against a paper, what it costs, and how it will look. Nothing is given yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.certificates.problems import NotDrawableError
from yakuba.certificates.record import Order
from yakuba.issuance.application import Application, Channel, Refusal
from yakuba.issuance.drawing import preview as previewed
from yakuba.issuance.rules import refusals
from yakuba.issuance.services.asking import case_of, record_of
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from yakuba.certificates.kinds import Kind
    from yakuba.issuance.application import Requester
    from yakuba.issuance.case import Case
    from yakuba.registry.queries.certificate_record import Holder
    from yakuba.tenancy.acting import Actor

PREVIEW = "00000000-0000-4000-8000-000000000000"
"""Request of every preview: none is ever issued under it."""
_PLACE = "証明書の準備"


@dataclass(frozen=True, slots=True)
class Prepared:
    """An application, looked at.

    Attributes:
        refusals: what forbids it; warnings: what to take care of. fee: yen that are due, None where none is set.
        preview: a PNG per page with 見本 across it; () where it was not asked for, cannot be drawn or must not be seen.
        home: who lives in the household and can be seen, in the legal order.
    """

    application: Application
    kind: Kind
    refusals: tuple[Refusal, ...]
    warnings: tuple[Refusal, ...]
    fee: int | None
    preview: tuple[bytes, ...]
    subject: Holder
    home: tuple[Holder, ...]

    @property
    def may(self) -> bool:
        """Whether nothing forbids it."""
        return not self.refusals


def prepare(
    actor: Actor,
    kind: str,
    subject: str,
    *,
    requester: Requester,
    members: Sequence[str] = (),
    choices: Mapping[str, bool | str] | None = None,
    channel: Channel = Channel.COUNTER,
    preview: bool = True,
    place: str = _PLACE,
) -> Prepared:
    """Look at an application without giving anything.

    Args:
        members: 宛名番号 of the household, () = the subject alone. preview: draw it too.

    Raises:
        NotAllowedError: the actor may not issue papers of this business.
        NotFoundError: the person does not exist for the actor.
        UsageError: there is no such kind.
    """
    application = Application(kind, subject, requester, tuple(members), dict(choices or {}))
    with wall(actor.municipality):
        case = case_of(actor, application, channel, place)
        said = [*refusals(case)]
        pictures, problems = _drawn(case) if preview and case.content else ((), ())
    stops = tuple(one for one in said if not one.warning) + problems
    return Prepared(
        application=application, kind=case.kind, refusals=stops, warnings=tuple(one for one in said if one.warning),
        fee=due(case), preview=() if _hidden(stops) else pictures, subject=case.record.subject,
        home=tuple(one for one in case.record.home if one.visible),
    )  # fmt: skip


def due(case: Case) -> int | None:
    """Yen that are due: nothing with a reason for it."""
    return 0 if case.application.requester.exemption else case.fee


def order_of(case: Case, *, request: str, number: str, day: date | None = None, preview: bool = False) -> Order:
    """What the drawing is asked for; `day` of an issue that is drawn again, None = today."""
    return Order(
        request=request, municipality=case.actor.municipality, kind=case.kind.identifier,
        subject=case.application.subject, members=tuple(one.addressee for one in case.record.on_paper),
        issued_on=day or case.today, number=number, choices=case.application.choices, preview=preview,
    )  # fmt: skip


def not_drawable(error: NotDrawableError) -> tuple[Refusal, ...]:
    """Findings of the drawing as refusals."""
    found = dict.fromkeys((one.code, one.item, one.hint_ja) for one in error.findings)
    return tuple(Refusal(code, f"{item or '証明書'}を印字できません", hint) for code, item, hint in found)


def _drawn(case: Case) -> tuple[tuple[bytes, ...], tuple[Refusal, ...]]:
    if case.content is None:
        return (), ()
    try:
        issuer = case.content.issuer(case.today, case.seal)
        order = order_of(case, request=PREVIEW, number="", preview=True)
        return previewed(order, record_of(case), issuer, case.content.look), ()
    except NotDrawableError as error:
        return (), not_drawable(error)


def _hidden(stops: tuple[Refusal, ...]) -> bool:
    """Whether a preview would show what the refusal keeps back."""
    return any(one.code in ("protected", "closed_item", "members", "secret_item") for one in stops)
