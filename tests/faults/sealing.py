"""連携AP: a feed in the watched folder becomes a generation of the outbox, and is in one of the two at every moment."""

from __future__ import annotations

import io
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

from tests.faults.work import Work
from tests.link.feeds import Days, Desk, bags, files, make_desk, make_dump, put, run

from yakuba.kernel.errors import CannotContinueError
from yakuba.link.place import Place
from yakuba.link.refusing import refusals
from yakuba.vault.services.verify import verify

if TYPE_CHECKING:
    from tests.faults.town import Town


class Sealing(Work):
    """The second full feed of a town."""

    days = (0, 1)

    def prepare(self, town: Town) -> None:
        """A link whose outbox has a day; the next day's feed has arrived."""
        town.disk.mkdir(parents=True)
        town.fixed.mkdir(parents=True)
        first = Days.of(make_dump(town.fixed / "dump"))
        desk, second = make_desk(town.disk / "link"), first.moved()
        desk.feed(first)
        put(desk.inbox, second.name(), files(second.tables))
        self._feeds = (first, second)

    def run(self, town: Town) -> None:
        """One look by the link, as cron has it done."""
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()) as said:
            code = run("link", "once", str(_desk(town).place.folder))
        if code:
            words, _, remedy = said.getvalue().rpartition("\n")[0].rpartition("→")
            raise CannotContinueError(words.strip(), remedy=remedy.strip())

    def unharmed(self, town: Town) -> None:
        """The outbox is proven and gives what was fed; a feed that is not in it lies where it came or was claimed."""
        desk = _desk(town)
        outbox = desk.place.folder / "outbox"
        verdict = verify(str(outbox), identity=desk.place.folder / "keys")
        assert verdict.proven, [str(one) for one in verdict.findings]
        assert refusals(desk.place) == []
        there = [one.as_of for one in town.chain(str(outbox)).kept]
        fed = [one.moment for one in self._feeds]
        assert there in (fed[:1], fed), "the outbox has other days than were fed, or one twice"
        with tempfile.TemporaryDirectory(dir=town.fixed) as out:
            assert desk.restored(Path(out, "out")) == bags(self._feeds[len(there) - 1])
        assert len(there) == len(fed) or _lies(desk, files(self._feeds[1].tables)), "the feed is lost"

    def done(self, town: Town) -> bool:
        """Whether the outbox has it, and nothing else does."""
        desk = _desk(town)
        chain = town.chain(str(desk.place.folder / "outbox"))
        left = [*desk.inbox.iterdir(), *desk.place.claimed.iterdir(), *desk.place.work.iterdir()]
        return chain.generation().as_of == self._feeds[1].moment and not left


def _desk(town: Town) -> Desk:
    return Desk(Place(town.disk / "link"))


def _lies(desk: Desk, content: dict[str, bytes]) -> bool:
    """Whether some folder holds the whole feed."""
    roots = [*desk.inbox.iterdir(), *desk.place.claimed.glob("*/original/*")]
    return any(all((root / name).is_file() and (root / name).read_bytes() == data for name, data in content.items())
               for root in roots)  # fmt: skip
