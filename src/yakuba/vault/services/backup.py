"""Back up (控えを取る): a feed becomes the next generation: the object first, then the entry, which is the commit."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from yakuba.kernel.progress import SILENT
from yakuba.vault.appending import append
from yakuba.vault.clock import writing_time
from yakuba.vault.format.times import stamp
from yakuba.vault.keys import open_signer
from yakuba.vault.memory import remember
from yakuba.vault.rounding import rounded
from yakuba.vault.scratch import scratch
from yakuba.vault.sealed import store_sealed
from yakuba.vault.services.before import chain_to_continue, doubting, in_order
from yakuba.vault.services.keeping import keep_below
from yakuba.vault.store import open_store
from yakuba.vault.tables import pictures
from yakuba.vault.tables.feed import open_feed
from yakuba.vault.tables.state import State
from yakuba.vault.tables.writing import write_delta, write_full

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path
    from typing import Any

    from yakuba.kernel.progress import Progress
    from yakuba.vault.chain import Chain
    from yakuba.vault.generation import Generation
    from yakuba.vault.tables.feed import Feed
    from yakuba.vault.tables.writing import Written

RETAIN_DAYS = 35
"""Five weeks: what was damaged unnoticed over a month's end can still be had."""
FULL_EVERY = 90
"""Deltas on one full generation, at most, as long as the feed is whole: one bad byte in it costs them all."""


def backup(
    place: str,
    feed: Path,
    *,
    keys: Path,
    state: Path,
    standard: str,
    as_of: datetime,
    full: bool = False,
    difference: bool | None = None,
    images: Path | None = None,
    retain_days: int = RETAIN_DAYS,
    signer: str | None = None,
    now: datetime | None = None,
    judge: Callable[[Written], None] | None = None,
    progress: Progress = SILENT,
) -> Generation:
    """Take a feed as the next generation of a vault. Needs no key that opens anything.

    Args:
        feed: see `tables.feed`. standard: selector of the layouts that it follows.
        keys: folder with `signer.key`. state: folder of the writer's own. as_of: moment of the data.
        full: by itself, not by its changes. retain_days: how long no store may delete it.
        difference: what the feed is; None = as it says, and when it says nothing and has lost much, that is asked.
        images: folder of the pictures that the tables name; None = `images/` in the feed, if there is one.
        signer: fingerprint of a key that must have written to the vault; None = what this machine remembers from its
            last backup, or its own key.
        now: moment to write down, when it is not this one (for trials).
        judge: asked before anything is stored, with what the generation comes to against the last one (by itself, where
            nothing is known of that); what it raises ends the backup.

    Raises:
        UsageError: the feed is none, or its moment is before the newest generation's or yet to come.
        CannotContinueError: another writer was first, the disk is full, a clock is wrong, the key may not write.
        NotProvenError: the vault is damaged, older than it was, or another one. In every case it is as it was before.
    """
    key, store = open_signer(keys), open_store(place)
    with scratch(state) as work:
        chain = chain_to_continue(store, state, keys, signer)
        moment = now or writing_time(store)
        in_order(chain, as_of, moment)
        shown = images or (feed / pictures.FOLDER)
        given = open_feed(
            feed, standard, as_of=as_of, municipality=chain.municipality, difference=difference,
            images=pictures.gathered(shown, work / "images.csv") if images or shown.is_dir() else None,
        )  # fmt: skip
        known = State(state).opened(chain.vault, generations_of(chain))
        due = full or _full_is_due(chain, given)
        asked = judge if given.stated or full else doubting(known.basis, judge)
        written = _written(given, known, work / "content", progress, asked, full=due)
        progress.stage("封印 seal")
        until = moment + timedelta(days=retain_days)
        below = keep_below(store, chain, until) if written.kind == "delta" else {}
        fields = {**_said(chain, given, written), **below, **store_sealed(store, chain, written.path, until)}

        def ready(after: Chain) -> None:
            # Before the entry: if the power goes between, the state is one too many and counts for nothing; the other
            # way round it would be one too few, and a differential feed had nothing to stand on.
            known.keep(written.change, len(after.entries) - 1, after.head)

        chain = append(store, chain, written.kind, fields, key, moment, ready)
        remember(state, chain)
        known.tidy(generations_of(chain))
    return chain.generation()


def generations_of(chain: Chain) -> Sequence[tuple[int, str]]:
    """Number and digest of the entries that are generations, as the writer's state knows them."""
    return [(one.number, one.digest) for one in chain.generations]


def _full_is_due(chain: Chain, feed: Feed) -> bool:
    """Whether a delta would stand on nothing, or on too much. A differential feed has no choice."""
    written = chain.generations
    if feed.differential or not written:
        return False
    return written[-1].pruned or sum(one.base == written[-1].base for one in written) > FULL_EVERY


def _written(
    feed: Feed, state: State, out: Path, progress: Progress, judge: Callable[[Written], None] | None, *, full: bool
) -> Written:
    """The content; where a full one is due, a judge still gets to see what has changed."""
    made = None if full and judge is None else write_delta(feed, state, out, progress)
    if made is not None and judge is not None:
        judge(made)
    if made is not None and not full:
        return made
    out.unlink(missing_ok=True)
    whole = write_full(feed, state, out, progress)
    if made is None and judge is not None:
        judge(whole)
    return whole


def _said(chain: Chain, feed: Feed, written: Written) -> dict[str, Any]:
    """What the entry says in the clear."""
    number, before = len(chain.entries), chain.generations
    stands = written.kind == "full"
    return {
        "as_of": stamp(feed.as_of),
        "standard": feed.standard,
        "base": number if stands else before[-1].base,
        "parent": number if stands else before[-1].number,
        "health": {name: rounded(rows) for name, rows in written.rows.items()},
    }
