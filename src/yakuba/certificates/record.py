"""What a certificate is made of: the record of its people, who issues it, how it looks, what was ordered."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Record:
    """The committed data of the people on the paper, by official item name, exactly as the layout writes them.

    Attributes:
        people: one row of 住民情報 (or of the group the kind names) per person, in legal order.
        household: what belongs to the household as a whole; `世帯員数` is the number of its live members.
        tables: rows of other groups by group name (個人番号管理, 旧氏履歴, 統合記載欄, 賦課情報 …). A row with 宛名番号
            belongs to that person; one without belongs to everybody on the paper.
        images: pictures by item name (印影), PNG or SVG.
    """

    people: tuple[Mapping[str, str], ...]
    household: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    tables: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)
    images: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who certifies (認証者) on a day: the mayor or the deputy in office.

    Attributes:
        municipality: name of the 団体. prefecture: printed before the title, always.
        title: 職名, e.g. 見本町長 or 見本町長職務代理者見本町副町長. name: never empty.
        seal: 公印 as PNG or SVG, black, at most 25 mm square; empty prints （公印省略）.
        statement: 認証文 by kind, or by `kind.variant`; what is not there is taken from the kind.
    """

    municipality: str
    name: str
    title: str
    prefecture: str
    seal: bytes = b""
    statement: Mapping[str, str] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class Look:
    """What is printed besides the content.

    Attributes:
        copy_guard: けん制文字: 「複写」 comes out on a photocopy.
        background: light ornament behind the content.
        scramble: a picture of dots on the back of every sheet; our own, not the one of the 証明書交付センター.
    """

    copy_guard: bool = False
    background: bool = False
    scramble: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """One request for one paper.

    Attributes:
        request: unique name of the request (UUID). municipality: 団体コード.
        kind: identifier of the kind. subject: 宛名番号 of the person it is about.
        members: 宛名番号 of everybody on the paper, in the order of `Record.people`.
        choices: what the requester chose; what is not there has the kind's default.
        number: 発行番号. issued_on: 発行年月日. preview: watermarked, without seal, number and code.
    """

    request: str
    municipality: str
    kind: str
    subject: str
    members: tuple[str, ...]
    choices: Mapping[str, bool | str]
    number: str
    issued_on: date
    preview: bool = False
