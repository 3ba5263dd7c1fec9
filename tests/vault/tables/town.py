"""A town's tables as lists of rows, written as a feed by Python's own csv, and backed up into objects: the oracle."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from yakuba.vault.tables.contents import Contents
from yakuba.vault.tables.feed import open_feed
from yakuba.vault.tables.state import State
from yakuba.vault.tables.writing import Written, write_delta, write_full

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from yakuba.vault.tables.feed import Feed

AS_OF = datetime(2026, 11, 21, tzinfo=UTC)
ALIASES = ("001_juminkihondaicho", "tsushorireki")
SEALS = ("x02_inkantoroku", "inkantorokusho")
PAYMENTS = ("x17_jidoteate", "shiharaijoho")
LEFT, NOTES = ("yobi", "left"), ("yobi", "notes")
KEYS = {ALIASES: ("宛名番号", "通称履歴番号"), SEALS: ("印鑑登録証番号",), PAYMENTS: ("認定番号", "支払年月日")}
NAMES = {
    ALIASES: "住民基本台帳/通称履歴",
    SEALS: "印鑑登録/印鑑登録証",
    PAYMENTS: "児童手当/支払情報",
    LEFT: "予備/left",
    NOTES: "予備/notes",
}


@dataclass
class Table:
    """Columns and rows."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]] = field(default_factory=list)


Town = dict[tuple[str, str], Table]


def write(folder: Path, town: Mapping[tuple[str, str], Table], below: str = "data", end: str = "\n") -> Path:
    """A feed's folder, quoted as Python's csv does it by itself; it forgets a lone carriage return."""
    for (business, stem), table in town.items():
        path = folder / below / business / f"{stem}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator=end)
            writer.writerow(table.columns)
            careful = csv.writer(stream, lineterminator=end, quoting=csv.QUOTE_ALL)
            for row in table.rows:
                (careful if "\r" in "".join(row) else writer).writerow(row)
    return folder


def feed(folder: Path) -> Feed:
    return open_feed(folder, "kihon", as_of=AS_OF, municipality="990019")


class File:
    """An object's content that was never sealed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.asked = 0

    def read(self, start: int, length: int) -> bytes:
        self.asked += length
        with self._path.open("rb") as stream:
            stream.seek(start)
            return stream.read(length)


class Vault:
    """Objects and chain of a vault without seals."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.state = folder, folder / "state"
        self.generations: list[tuple[int, str]] = []
        self.written: list[Written] = []
        self.number = 0
        self.pending: tuple[tuple[int, str], Written]

    def backup(self, given: Path, *, full: bool = False, keep: bool = True) -> Written:
        """A generation; `keep` False: the power went before the state was written."""
        number = len(self.generations)
        state = State(self.state).opened("vault", self.generations)
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{self.number or number}.object"
        made = None if full else write_delta(feed(given), state, path)
        made = made or write_full(feed(given), state, path)
        name = f"{number:064x}"
        self.pending = ((number, name), made)
        if keep:
            state.keep(made.change, number, name)
        self.generations.append((number, name))
        self.written.append(made)
        return made

    def line(self, number: int) -> list[File]:
        """Objects from the last full one to a generation."""
        first = max(place for place in range(number + 1) if self.written[place].kind == "full")
        return [File(one.path) for one in self.written[first : number + 1]]

    def contents(self, number: int) -> Contents:
        return Contents(self.line(number))

    def restored(self, number: int) -> dict[str, tuple[tuple[str, ...], Counter[tuple[str, ...]]]]:
        """Columns and rows of every table, read by Python's csv."""
        return {table.name: read(b"".join(table.csv()), len(table.columns)) for table in self.contents(number)}


def read(data: bytes, width: int) -> tuple[tuple[str, ...], Counter[tuple[str, ...]]]:
    """Header, and the rows with how often they occur. A blank line is a row when there is but one column."""
    first, *rows = (tuple(row) for row in csv.reader(io.StringIO(data.decode(), newline="")))
    return first, Counter(row if row or width > 1 else ("",) for row in rows)


def expected(town: Town) -> dict[str, tuple[tuple[str, ...], Counter[tuple[str, ...]]]]:
    return {NAMES[place]: (table.columns, Counter(table.rows)) for place, table in town.items()}


def upserted(town: Town, changed: Town, deleted: Mapping[tuple[str, str], Sequence[tuple[str, ...]]]) -> Town:
    """What a differential feed makes of a town."""
    after = dict(town)
    for place in {*changed, *deleted}:
        if place not in KEYS:
            after[place] = changed[place]
            continue
        table = town[place]
        where = [table.columns.index(key) for key in KEYS[place]]
        new = changed[place].rows if place in changed else []
        gone = {tuple(row[at] for at in where) for row in new} | set(deleted.get(place, ()))
        kept = [row for row in table.rows if tuple(row[at] for at in where) not in gone]
        after[place] = Table(table.columns, [*kept, *new])
    return after
