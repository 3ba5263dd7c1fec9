"""Choosing records to spoil so that no two defects meet: a defect owns the people that it touches."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from random import Random

    from tests.journeys.blind.dump import Dump, Row

J = "住民基本台帳/住民情報"
NO = "住民基本台帳/個人番号管理"
SI = "住民基本台帳/支援措置"
HEI = "住民基本台帳/支援措置併支援者"
TS = "住民基本台帳/通称履歴"
KU = "住民基本台帳/旧氏履歴"
IN = "印鑑登録/印鑑登録原票"
IS = "印鑑登録/印鑑登録証"
TX = "個人住民税/賦課情報"
SY = "個人住民税/所得情報"
KW = "個人住民税/期割情報"
TK = "個人住民税/特別徴収義務者"
CH = "収滞納管理/調定情報"
SH = "収滞納管理/収納情報"
KO = "国民健康保険/資格情報"
KK = "後期高齢者医療/資格情報"
KG = "介護保険/資格情報"
NE = "国民年金/資格情報"
JT = "児童手当/受給者情報"
JC = "児童手当/児童情報"
JG = "住登外者宛名番号管理/住登外者宛名基本情報"
KJ = "軽自動車税/車両台帳"
KZ = "軽自動車税/賦課情報"

_OWNER = ("宛名番号", "納税義務者_宛名番号", "児童_宛名番号", "併支援者_宛名番号", "世帯主_宛名番号")
_LINKS = (*_OWNER, "世帯番号", "認定番号", "標識番号", "通知書番号", "印鑑登録番号", "法人番号")


@dataclass(frozen=True)
class Defect:
    """What was planted where.

    Attributes:
        kind: its name. category: C1–C14 of the field's list of bad data.
        rows: the records that are wrong (or that show that one is missing): one of them must be spoken of.
        related: records that are not spoilt themselves but no longer fit: speaking of them is no false alarm.
        word: for a defect of a whole file: the column or file that must be named.
    """

    kind: str
    category: str
    rows: tuple[Row, ...]
    related: tuple[Row, ...] = ()
    word: str = ""


@dataclass
class Planter:
    """Hands out records of people whom no other defect has touched."""

    dump: Dump
    random: Random
    defects: list[Defect] = field(default_factory=list)
    _claimed: set[str] = field(default_factory=set)
    _parent: dict[str, str] = field(default_factory=dict)
    _of: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        """Tie everything together that shares a person, a household, a bill or a vehicle."""
        for row in self.dump.every():
            names = [f"{link}:{row.cell(link)}" for link in _LINKS if row.has(link) and row.cell(link)]
            names = ["宛名番号:" + name.split(":")[1] if "宛名番号" in name else name for name in names]
            for name in names[1:]:
                self._parent[self._root(name)] = self._root(names[0])
            for name in set(names):
                self._of[name].append(row)

    def _root(self, name: str) -> str:
        while self._parent.setdefault(name, name) != name:
            name = self._parent[name]
        return name

    def _cluster(self, row: Row) -> str:
        for link in _LINKS:
            if row.has(link) and row.cell(link):
                return self._root(("宛名番号:" if "宛名番号" in link else f"{link}:") + row.cell(link))
        return ""

    def pick(self, group: str, fits: Callable[[Row], bool] = lambda _: True) -> Row | None:
        """A record nobody has touched yet; None when there is none."""
        rows = self.dump.rows(group)
        self.random.shuffle(rows)
        for row in rows:
            if self._cluster(row) not in self._claimed and fits(row):
                self._claimed.add(self._cluster(row))
                return row
        return None

    def need(self, group: str, fits: Callable[[Row], bool] = lambda _: True) -> Row:
        """A record nobody has touched yet; there must be one."""
        row = self.pick(group, fits)
        assert row is not None, group
        return row

    def named(self, link: str, value: str, group: str = "") -> list[Row]:
        """Records that name a person (宛名番号), household, bill …; of one group when given."""
        rows = [row for row in self._of[f"{link}:{value}"] if not row.gone]
        return [row for row in rows if not group or row.source is self.dump.sources[group]]

    def person(self, row: Row, group: str = "") -> list[Row]:
        """All records that name the person of a record."""
        number = next(row.cell(link) for link in _OWNER if row.has(link))
        return self.named("宛名番号", number, group)

    def current(self, row: Row) -> Row | None:
        """The register's current row of the record's person."""
        return next((one for one in self.person(row, J) if one.get("最新フラグ") == "1"), None)

    def household(self, row: Row) -> list[Row]:
        """The current live rows of the record's household."""
        members = self.named("世帯番号", row.cell("世帯番号"), J)
        return [one for one in members if one.get("最新フラグ") == "1" and one.get("住民状態") == "1"]

    def family(self, row: Row) -> list[Row]:
        """Everything that names somebody of the record's household."""
        members = self.household(row) if row.has("続柄表記") else []
        return [other for member in members for other in self.person(member)]

    def leads(self, row: Row) -> bool:
        """Whether the record is of the head of a household with others in it."""
        return row.get("続柄表記") == "世帯主" and len(self.household(row)) > 1

    def money(self, row: Row) -> list[Row]:
        """All tax and collection records of the record's person."""
        sources = [self.dump.sources[group] for group in (TX, SY, KW, CH, SH, KZ, KJ)]
        return [other for other in self.person(row) if other.source in sources]

    def chain(self, row: Row) -> list[Row]:
        """The records whose sums must agree with a record: a wrong sum cannot tell which part is wrong."""
        if row.has("認定番号"):
            return self.named("認定番号", row.cell("認定番号"))
        if not row.has("年度"):
            return [row]
        bill = [other for other in self.money(row) if other.has("年度")]
        return [row, *(other for other in bill if other.get("年度") == row.get("年度"))]

    def note(self, kind: str, category: str, rows: Iterable[Row], related: Iterable[Row] = (), word: str = "") -> None:
        """Record a defect."""
        self.defects.append(Defect(kind, category, tuple(rows), tuple(related), word))
