"""Answers (応答): what the centre gets to know of a session, and nothing finer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.issuance.kiosk.reasons import Reason, Told
from yakuba.issuance.kiosk.states import State

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from yakuba.issuance.kiosk.menu import Dish, Menu
    from yakuba.issuance.kiosk.models import Session


@dataclass(frozen=True, slots=True)
class Answer:
    """A session as the centre sees it.

    Attributes:
        session: its number. state: where it is. told: why there is no paper, None while there may be one.
        menu: what may be chosen, while something can be. members: names of the household, by place from 1.
        fee: yen of what was chosen. number: 発行番号 of the paper that was sent. deadline: it ends by itself then.
    """

    session: UUID
    state: State
    told: Told | None
    menu: tuple[Dish, ...]
    members: tuple[str, ...]
    fee: int | None
    number: str
    deadline: datetime


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper on its way. digest: SHA-256 of the bytes, hex."""

    session: UUID
    number: str
    pdf: bytes
    digest: str
    pages: int


def answered(session: Session, shown: Menu | None = None) -> Answer:
    """A session as it is told; a menu only while something can be chosen from it."""
    choosing = session.state == State.OFFERED and shown is not None and not shown.reason
    return Answer(
        session=session.pk,
        state=State(session.state),
        told=Reason(session.reason).told if session.reason else None,
        menu=shown.dishes if choosing and shown else (),
        members=tuple(name for _, name in shown.members) if choosing and shown else (),
        fee=session.fee,
        number=session.number,
        deadline=session.deadline,
    )
