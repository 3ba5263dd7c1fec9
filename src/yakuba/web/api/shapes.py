"""Shapes of the answers (応答の形). They are promised: names are only added within /api/v1."""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003 - pydantic reads the types when the program runs
from typing import Annotated, Any

from ninja import Field, Schema

Number = Annotated[str, Field(pattern=r"^[0-9]{1,15}$")]
"""宛名番号 or 世帯番号."""
Text = Annotated[str, Field(pattern=r"^[^\x00]*$", max_length=200)]
"""Anything that can be typed; PostgreSQL knows no NUL."""


class Problem(Schema):
    """Why not: one sentence, with what to do; or a list of what is wrong with the request."""

    detail: str | list[dict[str, Any]]


class Me(Schema):
    """Who asks, and what they may do today."""

    login: str
    name: str
    municipality: str
    municipality_name: str
    group: int | None
    department: str
    actions: list[str]


class Value(Schema):
    """One item. raw: as the layout writes it; text: as people read it; both "" where empty or not handed out.

    masked: you may not see it. withheld: you may, if you say why (`reason`).
    """

    name: str
    identifier: str
    raw: str
    text: str
    masked: bool
    withheld: bool


class Section(Schema):
    """Items that belong together."""

    title: str
    values: list[Value]


class Warning(Schema):  # noqa: A001 - the word of the field
    """支援措置, 抑止, 転出予定. level: error or alert."""

    kind: str
    level: str
    title: str
    detail: str


class Change(Schema):
    """One history row (異動) and what it changed."""

    number: str
    reason: str
    day: str
    processed: str
    before: list[Value]
    after: list[Value]


class Resident(Schema):
    """A person as of a day. sealed: 支援措置 or 抑止 asks for a reason, none was given: only warnings."""

    addressee: str
    household: str
    name: str
    kana: str
    outsider: bool
    removed: bool
    foreign: bool
    sealed: bool
    version: int
    as_of: date | None
    newest: bool
    warnings: list[Warning]
    sections: list[Section]
    history: list[Change]


class Brief(Schema):
    """One line of results."""

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


class Understood(Schema):
    """What was typed is taken for."""

    kind: str
    value: str
    advice: str


class Results(Schema):
    """One page of a search. total: at least so many where `exact` is false."""

    query: Understood
    items: list[Brief]
    page: int
    size: int
    total: int
    exact: bool
    more: bool


class Member(Schema):
    """One member of a household."""

    addressee: str
    name: str
    kana: str
    relation: str
    sex: str
    birth: str
    foreign: bool
    removed: bool
    protected: bool
    blocked: str
    leaving: str


class Household(Schema):
    """A household; members in the legal order. beyond: whose history does not reach the day asked for."""

    number: str
    head: str
    address: str
    members: list[Member]
    former: list[Member]
    as_of: date | None
    beyond: list[Member]


class Tab(Schema):
    """Records of one person in one group of one business; the newest 200, newest last."""

    business: str
    identifier: str
    title: str
    group: str
    rows: list[list[Value]]
    count: int


class Counts(Schema):
    """A municipality in numbers."""

    code: str
    name: str
    as_of: date
    at: datetime
    population: int
    male: int
    female: int
    foreign: int
    households: int
    mixed: int
    removed: int
    outsiders: int
    pyramid: list[dict[str, int]]
    months: dict[str, dict[str, int]]


class Job(Schema):
    """Long work. state: queued, running, done, failed, cancelled."""

    id: int
    kind: str
    title: str
    state: str
    login: str
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    stage: str
    done: int
    total: int | None
    unit: str
    message: str


class JobOrder(Schema):
    """A job to start: kind load, export, migrate; arguments as the kind says (docs/ja/api.md)."""

    kind: Text
    arguments: dict[str, Any] = Field(default_factory=dict)
