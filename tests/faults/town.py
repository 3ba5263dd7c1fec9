"""One small town with its vault: made, broken, and asked whether anything is lost or wrong."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tests.faults.feeds import MUNICIPALITY, STANDARD, as_of, day_of, restored, rows, write_feed

from yakuba.vault.chain import read_chain
from yakuba.vault.services.backup import backup
from yakuba.vault.services.compact import compact
from yakuba.vault.services.initialise import initialise
from yakuba.vault.services.restore import restore
from yakuba.vault.services.verify import verify
from yakuba.vault.store import open_store

if TYPE_CHECKING:
    from yakuba.kernel.errors import CannotContinueError
    from yakuba.vault.chain import Chain
    from yakuba.vault.generation import Generation

_LONG_AGO = timedelta(days=60)


@dataclass(frozen=True)
class Town:
    """Folders of one town.

    Attributes:
        fixed: keys and feeds, which nothing breaks. disk: what power and kills may break: vault, state, second centre.
        remote: where the vault is, when it is not on the disk.
    """

    fixed: Path
    disk: Path
    remote: str = ""

    @property
    def keys(self) -> Path:
        """Signing key and identity."""
        return self.fixed / "keys"

    @property
    def vault(self) -> str:
        """Where the vault is."""
        return self.remote or str(self.disk / "vault")

    @property
    def second(self) -> str:
        """Where its copy is."""
        return str(self.disk / "second")

    @property
    def out(self) -> Path:
        """Where a generation is restored to."""
        return self.disk / "out"

    @property
    def days(self) -> dict[int, int]:
        """Day by number of the generations that can be restored."""
        return {one.number: day_of(one.as_of) for one in self.chain().kept}

    def moved(self, disk: Path) -> Town:
        """The same town with another disk."""
        return Town(self.fixed, disk, self.remote)

    def begin(self, municipality: str = MUNICIPALITY) -> None:
        """An empty vault; its keys are made where there are none yet."""
        self.disk.mkdir(parents=True)
        initialise(self.vault, municipality, self.keys)

    def back_up(self, day: int, *, full: bool = False, long_ago: bool = False) -> Generation:
        """Take a day's feed.

        Args:
            long_ago: written so long ago that its retention has ended.
        """
        feed = self.fixed / f"day-{day}"
        if not feed.is_dir():
            write_feed(feed, day)
        now = datetime.now(UTC) - _LONG_AGO + timedelta(hours=day) if long_ago else None
        return backup(
            self.vault, feed, keys=self.keys, state=self.disk / "state", standard=STANDARD, as_of=as_of(day),
            full=full, retain_days=7, now=now,
        )  # fmt: skip

    def compact(self) -> None:
        """The newest generation as one object."""
        compact(self.vault, identity=self.keys, keys=self.keys, work=self.disk / "state")

    def chain(self, place: str = "") -> Chain:
        """The chain, verified."""
        return read_chain(open_store(place or self.vault))

    def copy(self, into: Path) -> Town:
        """With a copy of the disk, to be broken."""
        shutil.copytree(self.disk, into)
        return self.moved(into)

    def restored_rows(self, number: int | None, place: str = "") -> tuple[int, dict[str, object]]:
        """Day and rows of what restore gives out."""
        with tempfile.TemporaryDirectory(dir=self.fixed) as folder:
            out = Path(folder, "out")
            made = restore(place or self.vault, number, identity=self.keys, out=out)
            return day_of(made.as_of), dict(restored(out))

    def prove(self, place: str = "") -> list[int]:
        """Nothing is wrong: verify finds nothing, and the oldest and the newest restored are what the town had.

        Returns:
            Days that can be restored, in order.
        """
        verdict = verify(place or self.vault, identity=self.keys)
        assert verdict.proven, [str(one) for one in verdict.findings]
        kept = self.chain(place).kept
        for one in kept[:1] + kept[1:][-1:]:
            day, found = self.restored_rows(one.number, place)
            assert (day, found) == (day_of(one.as_of), rows(day)), f"generation {one.number} is not what the town had"
        return [day_of(one.as_of) for one in kept]


def says_what_to_do(error: CannotContinueError, where: str) -> None:
    """A failure that does not is one more failure."""
    assert error.remedy, f"{where}: {error} does not say what to do"
