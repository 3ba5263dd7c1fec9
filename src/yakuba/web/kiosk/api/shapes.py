"""Shapes of questions and answers (電文の形). They are promised: names are only added within /kiosk/v1."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - pydantic reads the types when the program runs
from typing import Annotated, Any
from uuid import UUID  # noqa: TC003 - as above

from ninja import Field, Schema

from yakuba.issuance.kiosk.reasons import Told  # noqa: TC001 - as above
from yakuba.issuance.kiosk.states import State  # noqa: TC001 - as above

Town = Annotated[str, Field(pattern=r"^[0-9]{6}$")]
"""団体コード."""
Word = Annotated[str, Field(pattern=r"^[0-9A-Za-z_-]{1,40}$")]
"""An identifier of the centre's own."""
Serial = Annotated[str, Field(pattern=r"^[0-9A-Za-z]{1,20}$")]
"""シリアル番号 of a 利用者証明用電子証明書."""
Day = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
"""A day, YYYY-MM-DD."""
_MEMBERS, _CHOICES, _LIST = 99, 20, 5_000_000


class Problem(Schema):
    """Why not: one sentence, or a list of what is wrong with the request. told: what the machine may show."""

    detail: str | list[dict[str, Any]]
    told: Told | None = None


class Arrival(Schema):
    """Somebody has put a card on a machine and entered the PIN."""

    reception: Word
    serial: Serial
    machine: Word
    company: Word


class Selection(Schema):
    """What the paper is to be. members: places on the menu, from 1; none = the person alone."""

    kind: Word
    members: Annotated[list[int], Field(max_length=_MEMBERS, default_factory=list)]
    choices: Annotated[
        dict[Word, bool | Annotated[str, Field(max_length=40)]], Field(max_length=_CHOICES, default_factory=dict)
    ]


class Payment(Schema):
    """What the shop has taken, yen."""

    amount: Annotated[int, Field(ge=0, le=100_000)]


class Result(Schema):
    """Whether the paper came out of the machine."""

    printed: bool


class DayList(Schema):
    """The centre's list of a day: CSV with 受付番号, 証明書, 事業者, 発行番号, 手数料, 印刷."""

    csv: Annotated[str, Field(max_length=_LIST)]


class Choice(Schema):
    """Something that may be chosen. values: what may be chosen instead of yes and no, none = a text (年度)."""

    identifier: str
    label: str
    default: bool | str
    values: list[str]


class Dish(Schema):
    """One kind on the menu. household: others may be on the paper. never_together: choices that refuse each other."""

    kind: str
    label: str
    fee: int
    household: bool
    never_together: list[list[str]]
    choices: list[Choice]


class Session(Schema):
    """A session. told, text: why there is no paper, for the machine's screen. members: names, by place from 1."""

    session: UUID
    state: State
    told: Told | None
    text: str
    menu: list[Dish]
    members: list[str]
    fee: int | None
    number: str
    deadline: datetime


class Kind(Schema):
    """One kind of the municipality, and whether it can be had at this moment."""

    kind: str
    label: str
    open: bool


class Difference(Schema):
    """One paper on which both sides do not agree."""

    reception: str
    number: str
    what: str
    ours: str
    theirs: str


class Compared(Schema):
    """What a comparison came to."""

    ours: int
    theirs: int
    settled: int
    differences: list[Difference]
