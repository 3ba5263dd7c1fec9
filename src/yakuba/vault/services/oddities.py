"""Oddities (不審な点) of a chain that holds: dates that cannot be, an older state put back, files of nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.kernel.problem import Problem
from yakuba.vault.clock import APART
from yakuba.vault.format.names import ENTRIES, OBJECTS, entry_name, entry_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from yakuba.vault.chain import Chain
    from yakuba.vault.store import Store

NOTES = frozenset({"orphan", "stray", "time_backwards"})
"""Codes of findings that make nothing unproven: worth a look."""


def rolled_back(chain: Chain, head: str | None) -> Iterator[Problem]:
    """Whether the chain lacks an entry that somebody knows of."""
    if head is not None and head not in {entry.digest for entry in chain.entries}:
        ja = "控えの先頭がありません。古い状態に戻されています。第二の写しと比べてください"
        en = "the head that you know is not in it: it was put back to an older state; compare it with the second copy"
        yield Problem("rolled_back", ENTRIES, "", ja, en)


def odd_times(chain: Chain, now: datetime) -> Iterator[Problem]:
    """Entries dated in the future, or before the one before them."""
    generations = chain.ledger.generations
    for before, entry in zip((None, *chain.entries), chain.entries, strict=False):
        name, latest = entry_name(entry.number), entry.written_at
        if entry.number in generations:
            latest = max(latest, generations[entry.number].as_of)
        if latest > now + APART:
            ja = "日時が未来です。送った機械かこの機械の時計を直してください"
            yield Problem("future", name, "", ja, "dated in the future; set the writer's clock, or this machine's")
        if before is not None and entry.written_at < before.written_at - APART:
            ja = "前の記入より古い日時です。送った機械の時計を確かめてください"
            yield Problem("time_backwards", name, "", ja, "dated before the entry before it; check the writer's clock")


def strays(store: Store, chain: Chain) -> Iterator[Problem]:
    """Files that no entry names."""
    there = {one.name for one in chain.objects} | chain.ledger.gone
    for name in store.names(OBJECTS):
        if name not in there:
            ja = "どの記入にもない封印物です。途中で止まった控えの残りで、害はありません（prune が片付けます）"
            en = "no entry names it: left by an interrupted backup, harmless; prune clears it"
            yield Problem("orphan", name, "", ja, en)
    for name in store.names(ENTRIES):
        if entry_number(name) is None:
            ja = "保管庫のファイルではありません。どけてください"
            yield Problem("stray", name, "", ja, "is no file of a vault; take it away")
