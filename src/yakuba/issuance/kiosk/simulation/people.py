"""The people who stand at the machines: what the simulator knows of them beside their cards."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from yakuba.issuance.kiosk.simulation.reading import plain
from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

COLUMNS = ("団体コード", "シリアル番号", "宛名番号", "世帯番号", "氏名")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a card."""

    town: str
    serial: str
    addressee: str
    household: str
    name: str


class Directory:
    """Everybody, found by what a check needs."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.people = tuple(people)
        if not self.people:
            raise UsageError("カードを持つ人がいません nobody has a card", remedy="yakuba kiosk trial で作ってください")

    @cached_property
    def households(self) -> dict[tuple[str, str], frozenset[str]]:
        """Names of everybody in a household of a town."""
        found = defaultdict(set)
        for one in self.people:
            found[one.town, one.household].add(one.name)
        return {key: frozenset(names) for key, names in found.items()}

    @cached_property
    def _names(self) -> dict[int, frozenset[str]]:
        """Every name there is as it is read from a paper, by its length."""
        found = defaultdict(set)
        for name in {plain(one.name) for one in self.people} - {""}:
            found[len(name)].add(name)
        return {length: frozenset(names) for length, names in found.items()}

    def in_text(self, read: str) -> frozenset[str]:
        """Names of anybody at all that stand in a text without blanks."""
        return frozenset(
            part
            for length, names in self._names.items()
            for start in range(len(read) - length + 1)
            if (part := read[start : start + length]) in names
        )

    @cached_property
    def towns(self) -> tuple[str, ...]:
        """団体コード of everybody's municipality."""
        return tuple(sorted({one.town for one in self.people}))


def read_people(path: Path) -> Directory:
    """The list that `yakuba kiosk trial` writes.

    Raises:
        UsageError: it is none.
    """
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream)
        if missing := [name for name in COLUMNS if name not in (rows.fieldnames or ())]:
            raise UsageError(
                f"{path}: 列「{'、'.join(missing)}」がありません", remedy="yakuba kiosk trial で作ってください"
            )
        return Directory(Person(*(row[name] or "" for name in COLUMNS)) for row in rows)


def write_people(path: Path, people: Iterable[Person]) -> None:
    """The list for `read_people`."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        writer.writerows([one.town, one.serial, one.addressee, one.household, one.name] for one in people)
