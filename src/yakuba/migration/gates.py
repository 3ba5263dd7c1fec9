"""Gates (関門): which of many questions any row of a block answers with yes, asked all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yakuba.migration.mapping.known import Look


def hits(frame: pl.DataFrame, gates: list[pl.Expr], looks: Mapping[str, Look]) -> list[pl.Series | pl.Expr | None]:
    """What to filter by to have the rows that pass each gate; None where no row does.

    Rules that share a gate hold the same object, which is computed once. A gate that looks at one column is asked
    about its distinct values, which are few in most columns; where they are known, only about those that are new.
    """
    if frame.is_empty():
        return [None] * len(gates)
    by_column: dict[str, dict[str, pl.Expr]] = {}
    for gate in gates:
        roots = set(gate.meta.root_names())
        by_column.setdefault(roots.pop() if len(roots) == 1 else "", {})[str(id(gate))] = gate
    found: dict[str, pl.Series | pl.Expr] = {}
    for column in by_column.keys() & looks.keys():
        found |= looks[column].rows(column, by_column.pop(column))
    # Lazy, because only a lazy query computes parts that several expressions have in common once.
    queries = [
        (frame.select(pl.col(column).unique()).lazy().select(_named(asked, any_row=True)))
        if column
        else frame.lazy().select(_named(asked, any_row=False))
        for column, asked in by_column.items()
    ]
    for column, answers in zip(by_column, pl.collect_all(queries), strict=True):
        for word, gate in by_column[column].items():
            if answers[word].any():
                found[word] = gate if column else answers[word]
    return [found.get(str(id(gate))) for gate in gates]


def _named(gates: Mapping[str, pl.Expr], *, any_row: bool) -> list[pl.Expr]:
    return [(gate.any() if any_row else gate).alias(word) for word, gate in gates.items()]
