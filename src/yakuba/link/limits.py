"""Limits (限度): what a feed may change before a person is asked.

An emptied table or a wholly changed one could be sealed as readily as any other, and good copies would give way to it
one after the other until nobody finds the last good one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from yakuba.link.refusal import Ground, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from yakuba.link.settings import Settings


class Outcome(Protocol):
    """What a feed comes to, as the vault counts it before it commits."""

    @property
    def kind(self) -> str:
        """Delta, or full where the vault does not know what changed."""

    @property
    def rows(self) -> Mapping[str, int]:
        """Rows after it, by "業務/グループ"."""

    @property
    def changed(self) -> Mapping[str, tuple[int, int]]:
        """Rows that came and rows that went, by table, where any did."""


def beyond(made: Outcome, before: Mapping[str, int], settings: Settings) -> Iterator[Ground]:
    """Every table that is beyond its limit.

    Args:
        before: rows of the last good copy, by "業務/グループ"; of a delta the vault itself knows.
    """
    known = dict(before)
    if made.kind == "delta":
        known |= {name: rows - came + went for name, rows in made.rows.items() for came, went in [_moved(made, name)]}
    for name, count in known.items():
        if not count:
            continue
        after, bounds = made.rows.get(name), settings.bounds(name)
        moved = max(_moved(made, name)) if made.kind == "delta" else 0
        if after is None:
            yield Ground(Reason.MISSING, name, f"前回 {count:,} 件")
        elif not after or count - after > max(bounds.free_rows, count * bounds.less_percent / 100):
            yield Ground(Reason.SHRUNK, name, f"{count:,} 件 → {after:,} 件")
        elif moved > max(bounds.free_rows, count * bounds.changed_percent / 100):
            yield Ground(Reason.CHANGED, name, f"{count:,} 件 → {after:,} 件、うち {moved:,} 件が変わりました")


def _moved(made: Outcome, name: str) -> tuple[int, int]:
    return made.changed.get(name, (0, 0))
