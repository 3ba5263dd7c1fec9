"""Counterparts (項目名の対応): items of both families that mean the same and are named differently."""

from __future__ import annotations

import csv
from functools import cache

from yakuba.kernel.discover import catalog_root


@cache
def counterparts() -> tuple[tuple[str, str], ...]:
    """Pairs of official item names, of 基本データリスト and of 中間標準レイアウト, in the order of the table."""
    path = catalog_root() / "counterparts" / "kihon_chukan.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return tuple((row["基本データリスト"], row["中間標準レイアウト"]) for row in csv.DictReader(stream))
