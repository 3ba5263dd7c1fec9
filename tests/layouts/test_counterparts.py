"""Counterparts: every pair names an item of each family's newest resident table. Oracle: the catalog folders."""

from __future__ import annotations

from yakuba.layouts.counterparts import counterparts
from yakuba.layouts.read import standard


def _items(family: str, group: str) -> set[str]:
    return {
        name for layout in standard(family).layouts if group in layout.by_name for name in layout.by_name[group].by_name
    }


def test_both_names_of_a_pair_exist_and_no_name_stands_twice() -> None:
    pairs = counterparts()
    assert len(pairs) > 50
    ours, theirs = (set(names) for names in zip(*pairs, strict=True))
    assert ours <= _items("kihon", "住民情報")
    assert theirs <= _items("chukan", "住民票情報")
    assert len(ours) == len(pairs)
