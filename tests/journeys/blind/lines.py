"""C1 and C2 of whole records: broken lines, moved cells, dates that contradict each other; and the list of kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.journeys.blind.cells import dead, japanese
from tests.journeys.blind.planter import IN, KG, KK, KO, J

if TYPE_CHECKING:
    from tests.journeys.blind.dump import Row
    from tests.journeys.blind.planter import Planter

Result = tuple["Iterable[Row]", "Iterable[Row]"] | None
"""Records that are wrong, records that no longer fit; None when the town had nothing to spoil."""

Plant = Callable[["Planter"], Result]


@dataclass
class Room:
    """A set of kinds of defect that are more than one cell: category, name and planter of each."""

    kinds: list[tuple[str, str, Plant]] = field(default_factory=list)

    def kind(self, category: str, name: str) -> Callable[[Plant], Plant]:
        """Enter a kind of defect."""

        def enter(plant: Plant) -> Plant:
            self.kinds.append((category, name, plant))
            return plant

        return enter

    def change(
        self,
        category: str,
        name: str,
        group: str,
        values: dict[str, str],
        fits: Callable[[Row], bool] = lambda _: True,
        *,
        wide: bool = False,
    ) -> None:
        """A kind that puts values of the standard's form into one record; `wide`: its person's records suffer too."""

        @self.kind(category, name)
        def _(planter: Planter) -> Result:
            row = planter.pick(group, fits)
            if row is None:
                return None
            before = dict(row.cells)
            for item, value in values.items():
                row.put(item, value)
            assert row.cells != before, name
            return [row], [*planter.person(row), *planter.family(row)] if wide else ()


FIRST = Room()
kind, change = FIRST.kind, FIRST.change


def broken_line(name: str, spoil: Callable[[bytes, Row], bytes], group: str) -> None:
    """A kind that spoils the line itself."""

    @kind("C1", name)
    def _(planter: Planter) -> Result:
        row = planter.need(group, lambda one: one.get("最新フラグ") == "1")
        related = [*planter.person(row), *planter.family(row)]
        row.damage = spoil(row.source.pack(row.source.line(list(row.cells.values()))), row)
        return [row], related


def _cut(line: bytes, row: Row) -> bytes:
    return line[: 200 * len(row.source.pack("x"))] + row.source.pack("\r\n")


def _one_more(line: bytes, row: Row) -> bytes:
    return line.removesuffix(row.source.pack("\r\n")) + row.source.pack(',"0"\r\n')


def _one_less(line: bytes, row: Row) -> bytes:
    return line[: line.rindex(row.source.pack(","))] + row.source.pack("\r\n")


def _two_in_one(line: bytes, row: Row) -> bytes:
    return line.removesuffix(row.source.pack("\r\n")) + line


def _no_character(line: bytes, row: Row) -> bytes:
    name = row.source.pack(row.cell("氏名"))
    bad = b"\x00\xd8A\x00" if row.source.encoding == "utf-16" else b"\x81\x20"
    return line.replace(name, bad + name[len(bad) :], 1)


broken_line("line cut off", _cut, J)
broken_line("line with a cell too many", _one_more, KO)
broken_line("line with a cell too few", _one_less, KK)
broken_line("line without its line end: two records in one", _two_in_one, KG)
broken_line("bytes that are no character", _no_character, J)


@kind("C1", "name and kana columns swapped")
def _(planter: Planter) -> Result:
    row = planter.need(J, japanese)
    name, kana = row.cell("氏名"), row.cell("氏名_フリガナ")
    row.write("氏名", kana)
    row.write("氏名_フリガナ", name)
    return [row], [*planter.person(row), *planter.family(row)]


@kind("C1", "cells moved by one column")
def _(planter: Planter) -> Result:
    row = planter.need(IN)
    columns = row.source.columns
    values = [row.cells[column] for column in columns]
    at = columns.index(row.source.spec("登録方法")["from"])
    row.cells.update(zip(columns, [*values[:at], "", *values[at:-1]], strict=True))
    return [row], planter.person(row)


change("C2", "dead before birth", J, {"消除の異動年月日": "1890-01-01", "異動年月日": "1890-01-01"}, dead, wide=True)
