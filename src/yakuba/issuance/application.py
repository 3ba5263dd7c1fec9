"""Applications (請求): who asks for which paper about whom, and what the clerk has made sure of."""

from __future__ import annotations

import csv
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID


class Channel(StrEnum):
    """Which way a paper goes to the person (交付の経路)."""

    COUNTER = "counter"
    KIOSK = "kiosk"
    BATCH = "batch"

    @property
    def label(self) -> str:
        """Its word on screens."""
        return {"counter": "窓口", "kiosk": "コンビニ交付", "batch": "一括作成"}[self.value]


class Role(StrEnum):
    """What the requester is to the person on the paper (請求者の区分)."""

    SELF = "self"
    HOUSEHOLD = "household"
    AGENT = "agent"
    THIRD = "third"
    OFFICIAL = "official"

    @property
    def label(self) -> str:
        """Its word on screens."""
        return _ROLES[self.value]


_ROLES = {
    "self": "本人",
    "household": "同一世帯の人・家族",
    "agent": "代理人",
    "third": "第三者",
    "official": "国・地方公共団体（公用）",
}


@dataclass(frozen=True, slots=True)
class Requester:
    """Who asks, and how the clerk knows (請求者と本人確認の記録).

    Attributes:
        role: see `Role`. name, address: of somebody who is not on the paper. documents: codes of `documents()`.
        mandate: 委任状 was seen. purpose: 使用目的 or the office's ground. evidence: papers that show a third
            party's interest. card: 印鑑登録証番号. exemption: code of `exemptions()`, "" = the fee is due.
    """

    role: str = Role.SELF.value
    name: str = ""
    address: str = ""
    documents: tuple[str, ...] = ()
    mandate: bool = False
    purpose: str = ""
    evidence: str = ""
    card: str = ""
    exemption: str = ""

    def as_json(self) -> dict[str, object]:
        """For the ledger."""
        return asdict(self) | {"documents": list(self.documents)}


@dataclass(frozen=True, slots=True)
class Application:
    """One paper that is asked for.

    Attributes:
        kind: identifier of the certificate. subject: 宛名番号. members: on the paper, () = the kind's own default.
        choices: as the kind's certificate.toml names them.
    """

    kind: str
    subject: str
    requester: Requester
    members: tuple[str, ...] = ()
    choices: Mapping[str, bool | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a paper is not given (交付できない理由), or what to take care of.

    Attributes:
        code: name of the rule, also of its file. text: what is the matter. remedy: what to do.
        warning: it does not forbid the issue.
    """

    code: str
    text: str
    remedy: str
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Issued:
    """A paper that may leave.

    Attributes:
        number: 発行番号. pdf: the bytes, checked. entry: id in the ledger. fee: yen. pages: sheets.
        repeated: the request had been answered before; this is the same issue again.
    """

    number: str
    pdf: bytes
    entry: int
    fee: int
    pages: int
    issued_on: date
    request: UUID
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A paper that proves who somebody is. points: 2 = one such paper is enough, 1 = two are needed."""

    code: str
    label: str
    points: int


ENOUGH = 2
"""Points of identity papers that are needed (1点で足りるもの, 2点必要なもの)."""


@cache
def documents() -> dict[str, Document]:
    """本人確認書類 by code."""
    return {row["code"]: Document(row["code"], row["label"], int(row["points"])) for row in _rows("documents")}


@cache
def exemptions() -> dict[str, str]:
    """Reasons for no fee (免除の理由): label by code."""
    return {row["code"]: row["label"] for row in _rows("exemptions")}


def _rows(name: str) -> list[dict[str, str]]:
    text = files("yakuba.issuance").joinpath(f"data/{name}.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))
