"""A town hall with its vault: small towns, backed up by the real services, and read back by Python's csv."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.vault.tables.town import ALIASES, NAMES, NOTES, SEALS, Table, Town, expected, read, write

from yakuba.vault.services.backup import backup
from yakuba.vault.services.initialise import initialise
from yakuba.vault.services.restore import restore

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.vault.generation import Generation

Rows = dict[str, tuple[tuple[str, ...], Counter[tuple[str, ...]]]]

NAME = "𠮷田　つばさ"
"""In every small town: a name that must not be seen in a vault."""
FIRST = datetime(2025, 11, 1, 3, tzinfo=UTC)


def small_town(day: int = 0, people: int = 6) -> Town:
    """A town of a few people; each day one alias changes, one seal goes and one comes."""
    aliases = [(f"{1000 + at}", "1", f"{NAME}{at}" if at != day else f"改　{day}") for at in range(people)]
    seals = [(f"A{at}", f"{1000 + at}") for at in range(day, day + people)]
    return {
        ALIASES: Table(("宛名番号", "通称履歴番号", "通称"), aliases),
        SEALS: Table(("印鑑登録証番号", "宛名番号"), seals),
        NOTES: Table(("memo",), [("同じ",), ("同じ",), (f"{day}日目",)]),
    }


def folder_rows(folder: Path, town: Town) -> Rows:
    """What lies in a restored folder, by table."""
    found = {}
    for business, stem in town:
        path = folder / "data" / business / f"{stem}.csv"
        if path.exists():
            found[NAMES[business, stem]] = read(path.read_bytes(), len(town[business, stem].columns))
    return found


@dataclass
class Hall:
    """Below `folder`: vault/, keys/, state/, feeds."""

    folder: Path
    municipality: str = "990019"
    towns: dict[int, Town] = field(default_factory=dict)

    @property
    def place(self) -> str:
        return str(self.folder / "vault")

    @property
    def keys(self) -> Path:
        return self.folder / "keys"

    def opened(self) -> Hall:
        initialise(self.place, self.municipality, self.keys, now=FIRST)
        return self

    def feed(self, town: Town) -> Path:
        return write(self.folder / f"feed-{len(list(self.folder.glob('feed-*')))}", town)

    def backup(self, town: Town, day: int | None = None, **options: Any) -> Generation:
        """Back a town up, `day` days after the first, or one more than there were."""
        at = FIRST + timedelta(days=len(self.towns) + 1 if day is None else day)
        given: dict[str, Any] = {
            "keys": self.keys, "state": self.folder / "state", "standard": "kihon", "as_of": at, "now": at, **options,
        }  # fmt: skip
        made = backup(self.place, self.feed(town), **given)
        self.towns[made.number] = town
        return made

    def days(self, count: int) -> Hall:
        for day in range(count):
            self.backup(small_town(day))
        return self

    def restored(self, number: int | None = None, place: str = "", **options: Any) -> Rows:
        out = self.folder / f"restored-{len(list(self.folder.glob('restored-*')))}"
        made = restore(place or self.place, number, identity=self.keys, out=out, **options)
        return folder_rows(out, self.towns[made.number])

    def expected(self, number: int) -> Rows:
        return expected(self.towns[number])
