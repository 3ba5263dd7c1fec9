"""A cheap question before a dear one: most cells never reach the second."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from yakuba.migration.rules import Cells, Fix


@dataclass(frozen=True, slots=True)
class Gated(Cells):
    """Cells whose `bad` is evaluated only on rows that pass `gate`.

    Attributes:
        gate: true wherever `bad` could be true (a gate that is false on a bad cell hides it). Rules that share a
            gate on an item share its cost.
    """

    gate: pl.Expr = field(kw_only=True, default_factory=lambda: pl.lit(value=True))


@dataclass(frozen=True, slots=True)
class GatedFix(Fix):
    """A correction whose `applies` is asked only in blocks where some row passes `gate`; see `Gated`."""

    gate: pl.Expr = field(kw_only=True, default_factory=lambda: pl.lit(value=True))
