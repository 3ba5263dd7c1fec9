"""The works on a vault that are broken off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.faults.feeds import day_of, restored, rows
from tests.faults.work import Work

from yakuba.backup.copying import copy, differences
from yakuba.vault.format.names import OBJECTS
from yakuba.vault.services.policy import Policy
from yakuba.vault.services.prune import prune
from yakuba.vault.services.restore import restore
from yakuba.vault.store import open_store

if TYPE_CHECKING:
    from tests.faults.town import Town


NEXT = 9
"""Day of the feed that `Backup` takes: later than any other."""


class Backup(Work):
    """A delta on two generations."""

    days = (0, 1)

    def prepare(self, town: Town) -> None:
        """A full one and a delta."""
        town.begin()
        town.back_up(0)
        town.back_up(1)

    def run(self, town: Town) -> None:
        """The next feed."""
        town.back_up(NEXT)

    def done(self, town: Town) -> bool:
        """Whether the newest generation is of that day."""
        return day_of(town.chain().generation().as_of) == NEXT


class Prune(Work):
    """Old generations go, and the objects that a compacted one has replaced."""

    days = (2, 3)

    def prepare(self, town: Town) -> None:
        """A full one and two deltas, long ago; the last one compacted; a delta on that, now."""
        town.begin()
        for day in (0, 1, 2):
            town.back_up(day, long_ago=True)
        town.compact()
        town.back_up(3)

    def run(self, town: Town) -> None:
        """Keep the newest two."""
        policy = Policy(newest=len(self.days), daily=0, weekly=0, monthly=0, yearly=0)
        prune(town.vault, policy, keys=town.keys)

    def done(self, town: Town) -> bool:
        """Whether the two are left, and nothing lies there that they do not need."""
        needed = {layer.name for one in town.days for layer in town.chain().layers(one)}
        return tuple(town.days.values()) == self.days and set(open_store(town.vault).names(OBJECTS)) == needed


class Compaction(Work):
    """A delta gets a full object."""

    days = (0, 1, 2)

    def prepare(self, town: Town) -> None:
        """A full one and two deltas."""
        town.begin()
        for day in self.days:
            town.back_up(day)

    def run(self, town: Town) -> None:
        """The newest one; nobody does it twice."""
        if not self.done(town):
            town.compact()

    def done(self, town: Town) -> bool:
        """Whether the newest needs no other."""
        chain = town.chain()
        return len(chain.layers(chain.generation().number)) == 1


class Replication(Work):
    """A second centre gets what the first has."""

    days = (0, 1, 2)

    def prepare(self, town: Town) -> None:
        """Three generations, of which the second place has one."""
        town.begin()
        town.back_up(0)
        self.run(town)
        town.back_up(1)
        town.back_up(2)

    def run(self, town: Town) -> None:
        """Copy."""
        copy(open_store(town.vault), open_store(town.second), town.chain())

    def unharmed(self, town: Town) -> None:
        """Both places; the second may be behind."""
        super().unharmed(town)
        assert 0 in town.prove(town.second)

    def done(self, town: Town) -> bool:
        """Whether both are alike."""
        chain = town.chain()
        return not differences(open_store(town.vault), open_store(town.second), chain, gone=chain.ledger.gone)


class Restoration(Work):
    """The newest generation is written to a folder."""

    days = (0, 1)

    def prepare(self, town: Town) -> None:
        """A full one and a delta."""
        town.begin()
        town.back_up(0)
        town.back_up(1)

    def run(self, town: Town) -> None:
        """Into a new folder; nobody does it twice."""
        if not self.done(town):
            restore(town.vault, identity=town.keys, out=town.out)

    def unharmed(self, town: Town) -> None:
        """Whatever lies under the name of the folder is whole."""
        super().unharmed(town)
        assert not town.out.exists() or restored(town.out) == rows(1), (
            "half of a restored folder looks like a whole one"
        )

    def done(self, town: Town) -> bool:
        """Whether it is there."""
        return town.out.exists()
