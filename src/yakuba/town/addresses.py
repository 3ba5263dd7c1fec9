"""Addresses of a town that cannot exist (見本県見本郡見本町) and of places elsewhere, for moves in and out."""

from __future__ import annotations

from csv import DictReader
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.kernel.discover import catalog_root
from yakuba.town._draw import Weighted, between, table

if TYPE_CHECKING:
    from random import Random

PREFECTURE = "見本県"
TOWN = "見本郡見本町"
_BUILDINGS = (
    "コーポ見本",
    "見本荘",
    "例示ハイツ",
    "サンプルマンション",
    "レジデンス例示",
    "見本町営住宅",
    "ひな形アパート",
)
_FULL = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True, slots=True)
class Address:
    """An address in the town: code and text of the 町字, lot or block text, building text, postal code."""

    code: str
    area: str
    lot: str
    building: str
    postal: str

    @property
    def whole(self) -> str:
        """One line from the prefecture on, as taxes and seals print it."""
        return f"{PREFECTURE}{TOWN}{self.area}{self.lot}{'　' if self.building else ''}{self.building}"


@dataclass(frozen=True, slots=True)
class Outside:
    """An address in a real municipality with an invented 町字."""

    municipality: str
    prefecture: str
    city: str
    area: str
    lot: str


class AddressBook:
    """All addresses of one town, read once."""

    def __init__(self) -> None:
        self.towns = table("places", "towns.csv")
        weights = [3.0 if row["表記"] == "住居表示" else 1.0 for row in self.towns]
        self._towns = Weighted(self.towns, weights)
        self._areas = [row["町字"] for row in table("places", "outside.csv")]
        newest = max((catalog_root() / "municipalities").glob("*.csv"))
        with newest.open(encoding="utf-8", newline="") as file:
            rows = list(DictReader(file))
        self._cities = [row for row in rows if row["種別"] == "市"]

    def dictionary(self) -> list[tuple[str, str, str]]:
        """The town's address dictionary (住所辞書): 町字コード, 町字, 郵便番号."""
        return [(row["町字コード"], row["町字"], row["郵便番号"]) for row in self.towns]

    def draw(self, rng: Random, *, flat: bool) -> Address:
        """An address; `flat` gives it a building and a room (方書)."""
        row = self._towns.draw(rng)
        number = between(rng, 1, 28 if row["表記"] == "住居表示" else 1400)
        branch = between(rng, 1, 16)
        match row["表記"]:
            case "住居表示":
                lot = f"{number}番{branch}号"
            case "地番":
                lot = f"{number}番地{branch}" if branch % 3 else f"{number}番地"
            case _:
                lot = f"{number}番地"
        building = ""
        if flat:
            name = _BUILDINGS[between(rng, 0, len(_BUILDINGS) - 1)]
            building = f"{name}　{between(rng, 1, 4)}{between(rng, 1, 12):02d}号室"
        return Address(row["町字コード"], row["町字"], _full(lot), _full(building), row["郵便番号"])

    def outside(self, rng: Random) -> Outside:
        """An address elsewhere in Japan."""
        row = self._cities[between(rng, 0, len(self._cities) - 1)]
        area = self._areas[between(rng, 0, len(self._areas) - 1)]
        lot = _full(f"{between(rng, 1, 60)}番{between(rng, 1, 20)}号")
        return Outside(row["団体コード"], row["都道府県"], row["団体名"], area, lot)


def _full(text: str) -> str:
    return text.translate(_FULL)
