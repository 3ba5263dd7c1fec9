"""Settings (証明書の設定) as values: who certifies from which day, how the paper looks, the words, what is issued."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from yakuba.certificates.record import Issuer, Look
from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True, slots=True)
class Certifier:
    """認証者: the mayor or the deputy (職務代理者), in office from a day to a day (ISO, "" = open)."""

    title: str
    name: str
    first: str = ""
    last: str = ""

    def on(self, day: date) -> bool:
        """Whether in office that day."""
        return (self.first or "0") <= day.isoformat() <= (self.last or "9999-12-31")


@dataclass(frozen=True, slots=True)
class Content:
    """What one row of `models.Setting` says.

    Attributes:
        municipality, prefecture: names as printed. certifiers: the first who is in office on a day certifies.
        statements: 認証文 by kind, "" or missing = the wording of the form. offered: kinds that are issued.
        verify: address of the verification page that the code on the paper leads to, "" = none.
        series: mark of a series of 発行番号 of its own (2026-B000123), "" = the ordinary one.
    """

    municipality: str
    prefecture: str
    certifiers: tuple[Certifier, ...]
    copy_guard: bool = True
    background: bool = False
    scramble: bool = False
    statements: Mapping[str, str] = field(default_factory=dict)
    offered: tuple[str, ...] = ()
    verify: str = ""
    series: str = ""

    def as_json(self) -> dict[str, Any]:
        """For the database."""
        said = asdict(self) | {"statements": dict(self.statements)}
        # What was approved before there were series is what it was.
        return said if self.series else {name: value for name, value in said.items() if name != "series"}

    @property
    def look(self) -> Look:
        """For the drawing."""
        return Look(copy_guard=self.copy_guard, background=self.background, scramble=self.scramble)

    def issuer(self, day: date, seal: bytes) -> Issuer:
        """Who certifies on a day.

        Raises:
            UsageError: nobody is in office.
        """
        found = next((one for one in self.certifiers if one.on(day)), None)
        if found is None:
            raise UsageError("認証者が設定されていません", remedy="証明書の設定で、職・氏名と期間を登録してください")
        return Issuer(
            municipality=self.municipality, name=found.name, title=found.title, prefecture=self.prefecture,
            seal=seal, statement={kind: text for kind, text in self.statements.items() if text},
        )  # fmt: skip


def content(said: Mapping[str, Any]) -> Content:
    """A row of the database as a value."""
    given = dict(said)
    certifiers = tuple(Certifier(**one) for one in given.pop("certifiers"))
    return Content(certifiers=certifiers, offered=tuple(given.pop("offered")), **given)


def checked(wanted: Content, seal: bytes, known: Mapping[str, object]) -> None:
    """Settings hold together.

    Raises:
        UsageError: they do not.
    """
    if not wanted.certifiers or not all(one.title.strip() and one.name.strip() for one in wanted.certifiers):
        raise UsageError(
            "認証者の職と氏名が空です", remedy="職と氏名を入力してください（氏名のない認証者は置けません）"
        )
    if unknown := [one for one in wanted.offered if one not in known]:
        raise UsageError(f"{'、'.join(unknown)}: この証明書はありません", remedy="一覧から選んでください")
    if not is_picture(seal):
        raise UsageError(
            "公印の画像が PNG でも SVG でもありません", remedy="25 mm 四方以内の PNG か SVG を選んでください"
        )


def is_picture(data: bytes) -> bool:
    """Whether bytes begin as a PNG or an SVG does; nothing at all is no picture but allowed (公印省略)."""
    return not data or data.startswith(b"\x89PNG\r\n") or b"<svg" in data[:1000]
