"""Compare (比較): two run folders of the same town, finding by finding: what is new, what is gone, what stays."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from yakuba.kernel.errors import UsageError
from yakuba.kernel.finding import Severity
from yakuba.migration.report.words import title
from yakuba.migration.verification.evidence import EvidenceBuilder

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class RuleDifference:
    """Findings of one rule in an older and a newer run, told apart by their stable ids."""

    code: str
    title: str
    old: int
    new: int
    gone: int
    fresh: int
    staying: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A newer run against an older one. Notes (参考) do not count.

    Attributes:
        old_name, new_name: names of the run folders.
        old, new, gone, fresh, staying: findings over all rules.
        rules: those that found anything in either run; most findings now first.
        counts: (what, older, newer) of records, destinations and corrected cells.
    """

    old_name: str
    new_name: str
    old: int
    new: int
    gone: int
    fresh: int
    staying: int
    rules: tuple[RuleDifference, ...]
    counts: tuple[tuple[str, int, int], ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return asdict(self)


def compare_runs(older: Path, newer: Path) -> Difference:
    """Compare two finished runs.

    Raises:
        UsageError: a folder is no finished run.
    """
    left, right = (_findings(out).rename({"len": side}) for out, side in ((older, "left"), (newer, "right")))
    both = left.join(right, on=["code", "id"], how="full", coalesce=True)
    was, now = (pl.col(side).fill_null(0).cast(pl.Int64) for side in ("left", "right"))
    rules = both.group_by("code").agg(
        was.sum().alias("old"),
        now.sum().alias("new"),
        (was - now).clip(lower_bound=0).sum().alias("gone"),
        (now - was).clip(lower_bound=0).sum().alias("fresh"),
        pl.min_horizontal(was, now).sum().alias("staying"),
    )
    ordered = rules.sort(["new", "old", "code"], descending=[True, True, False])
    found = tuple(RuleDifference(row[0], title(row[0]), *row[1:]) for row in ordered.iter_rows())
    return Difference(
        old_name=older.resolve().name,
        new_name=newer.resolve().name,
        old=sum(one.old for one in found),
        new=sum(one.new for one in found),
        gone=sum(one.gone for one in found),
        fresh=sum(one.fresh for one in found),
        staying=sum(one.staying for one in found),
        rules=found,
        counts=tuple(_counts(older, newer)),
    )


def _findings(out: Path) -> pl.DataFrame:
    """Code, id and number (`len`) of the findings of a run."""
    path = out / "findings.parquet"
    if not path.is_file():
        raise UsageError(f"{out}: no findings.parquet", remedy="give the folder of a finished run")
    table = pl.read_parquet(path, columns=["code", "id", "severity"])
    return table.filter(pl.col("severity") != str(Severity.NOTE)).group_by("code", "id").len()


_COUNTS = {"records": "入力した行", "loaded": "移した行", "merged": "まとめた行", "rejected": "差し戻した行"}


def _counts(older: Path, newer: Path) -> list[tuple[str, int, int]]:
    results = [EvidenceBuilder.read(out).of("result")[0] for out in (older, newer)]
    cells = [pl.scan_parquet(out / "corrections.parquet").select(pl.len()).collect().item() for out in (older, newer)]
    counts = [(name, int(results[0][field]), int(results[1][field])) for field, name in _COUNTS.items()]
    return [*counts, ("直した値", int(cells[0]), int(cells[1]))]
