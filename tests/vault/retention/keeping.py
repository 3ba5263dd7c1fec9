"""A real small vault: some days of a town's feed backed up by the service, and what each day must restore to."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tests.vault.tables.town import ALIASES, KEYS, NAMES, NOTES, SEALS, Table, Town, expected, read, write

from yakuba.vault.chain import Chain, read_chain
from yakuba.vault.services.backup import backup
from yakuba.vault.services.initialise import initialise
from yakuba.vault.services.restore import restore
from yakuba.vault.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.vault.generation import Generation

STANDARD = "kihon"


def town_of(day: int) -> Town:
    """Some people; on every day one comes, one goes, one changes, and a note is the same twice."""
    aliases = [(f"{number:015}", "1", f"名前{number}", "") for number in range(day, day + 20)]
    columns = (*KEYS[ALIASES], "通称", "備考")
    seals = [(f"{number}", f"{day // 2}") for number in range(5)]
    return {
        ALIASES: Table(columns, aliases),
        SEALS: Table((*KEYS[SEALS], "印影"), seals),
        NOTES: Table(("memo",), [("同じ",), ("同じ",), (f"日 {day}",)]),
    }


@dataclass
class Kept:
    """A vault at `place`, its keys, and what every generation must give back, by number."""

    folder: Path
    place: str
    begin: datetime
    days: int = 0
    should: dict[int, object] = field(default_factory=dict)

    @property
    def keys(self) -> Path:
        return self.folder / "keys"

    def made(self) -> Kept:
        initialise(self.place, "990019", self.keys, now=self.begin)
        return self

    def at(self, days: int | None = None) -> datetime:
        return self.begin + timedelta(days=self.days if days is None else days)

    def day(self, *, full: bool = False, retain_days: int = 0, keys: Path | None = None) -> Generation:
        """The next day's backup."""
        self.days += 1
        feed = self.folder / "feed"
        shutil.rmtree(feed, ignore_errors=True)
        town = town_of(self.days)
        made = backup(
            self.place, write(feed, town), keys=keys or self.keys, state=self.folder / "state", standard=STANDARD,
            as_of=self.at(), now=self.at(), full=full, retain_days=retain_days,
        )  # fmt: skip
        self.should[made.number] = expected(town)
        return made

    def chain(self) -> Chain:
        return read_chain(open_store(self.place))

    def gives(self, number: int, identity: Path | None = None) -> bool:
        """Whether a generation restores to what was sent that day."""
        out = self.folder / "out"
        shutil.rmtree(out, ignore_errors=True)
        restore(self.place, number, identity=identity or self.keys, out=out)
        found = {}
        for place, name in NAMES.items():
            file = out / "data" / place[0] / f"{place[1]}.csv"
            if file.exists():
                found[name] = read(file.read_bytes(), len(town_of(1)[place].columns))
        return found == self.should[number]

    def all_given(self, identity: Path | None = None) -> bool:
        """The same for every generation that is kept; there is at least one."""
        kept = self.chain().kept
        return bool(kept) and all(self.gives(one.number, identity) for one in kept)


def town_at(folder: Path, place: str | None = None, begin: datetime | None = None) -> Kept:
    """An empty vault. Days are in the past, so that the store's true clock ends what they retain."""
    return Kept(folder, place or str(folder / "vault"), begin or datetime.now(UTC) - timedelta(days=200)).made()
