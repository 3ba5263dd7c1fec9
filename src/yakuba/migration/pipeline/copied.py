"""Copied columns (そのまま移した列): a source column that became an item unchanged has the digest of that item.

It was compared cell by cell with what was written, in the same order and with no row left out, so hashing the same
bytes a second time would say nothing new.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from yakuba.migration.pipeline.gaiji import batches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yakuba.migration.mapping.plan import TablePlan
    from yakuba.migration.pipeline.convert import Conversion
    from yakuba.migration.pipeline.judge import Judged
    from yakuba.migration.pipeline.prepare import Prepared
    from yakuba.migration.verification.comparison import Comparison
    from yakuba.migration.verification.digest import ColumnFacts


def copied(
    prepared: Prepared, judged: Judged, conversion: Conversion, comparisons: Sequence[Comparison]
) -> dict[str, dict[str, ColumnFacts]]:
    """Facts of source columns that a comparison has proven already: source → column → facts."""
    by_group = {comparison.group: comparison for comparison in comparisons}
    targets = [plan.target for plan in prepared.plans]
    known: dict[str, dict[str, ColumnFacts]] = {}
    for plan in prepared.plans:
        comparison = by_group[plan.target]
        records = prepared.staged_of(plan).records
        whole = comparison.proven and comparison.offered == comparison.loaded == records
        if whole and targets.count(plan.target) == 1:
            found = known.setdefault(plan.spec.source, {})
            facts = {one.name: one for one in comparison.columns}
            for column, item in _unchanged(plan, prepared, judged, conversion):
                found[column] = replace(facts[item], name=column, total="", unsummed=0)
    return known


def _unchanged(plan: TablePlan, prepared: Prepared, judged: Judged, conversion: Conversion) -> list[tuple[str, str]]:
    """Source column and item where neither step, correction nor character conversion touched a cell."""
    corrected = set(judged.corrections.filter(pl.col("group") == plan.target)["item"])
    clean = conversion.gaiji[plan.spec.source].clean
    parts = batches(prepared.staged_of(plan))
    return [
        (column.sources[0], column.item.name)
        for column in plan.columns
        if len(column.sources) == 1
        and not column.steps
        and column.item.name not in corrected
        and all(column.sources[0] in clean.get(part, ()) for part in parts)
    ]
