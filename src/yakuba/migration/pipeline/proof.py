"""Proof (証明): the written files are read again and held against the source, and the outcome is signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from yakuba.migration.contracts import RECORD
from yakuba.migration.pipeline.copied import copied
from yakuba.migration.pipeline.gaiji import batches, unresolved_of
from yakuba.migration.report import make_report
from yakuba.migration.verification.compare import compare_group
from yakuba.migration.verification.evidence import EvidenceBuilder, Run, seal, write_evidence
from yakuba.migration.verification.rule_set import rule_set
from yakuba.migration.verification.signing import signing_key
from yakuba.migration.verification.written import Written
from yakuba.migration.whole import whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from yakuba.kernel.progress import Progress
    from yakuba.migration.pipeline.convert import Conversion
    from yakuba.migration.pipeline.judge import Judged
    from yakuba.migration.pipeline.output import GroupOutput
    from yakuba.migration.pipeline.prepare import Prepared
    from yakuba.migration.pipeline.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proven: records of the dump and where they went, and whether every cell agreed."""

    records: int
    loaded: int
    merged: int
    rejected: int
    proven: bool


def prove(
    prepared: Prepared,
    workspace: Workspace,
    judged: Judged,
    groups: Sequence[GroupOutput],
    conversion: Conversion,
    key_home: Path | None,
    progress: Progress,
) -> Proof:
    """Compare every written group with the source, account for every record, make the report, sign everything.

    Raises:
        NotProvenError: the records of a source do not add up.
    """
    out = workspace.out
    for gaiji in conversion.gaiji.values():
        gaiji.unresolved.clear()
    progress.stage("読み直して突合 compare", sum(group.rows for group in groups), "rows")
    comparisons = []
    for group in groups:
        expected = _expected(group.target, prepared, conversion, progress)
        comparisons.append(compare_group(_written(out, group), expected, judged.corrections, judged.gone, base=out))
    with whole(out / "characters.csv") as path:
        unresolved = unresolved_of(list(conversion.gaiji.values()))
        unresolved.with_columns(pl.col("first").cast(pl.List(pl.String)).list.join(" ")).write_csv(
            path, include_bom=True
        )
    used = {plan.business for plan in prepared.plans if not plan.reserve}
    key = signing_key(key_home)
    run = Run(
        project=prepared.project,
        as_of=workspace.as_of,
        staged=prepared.staged,
        layouts=[layout for layout in prepared.standard.layouts if layout.business in used],
        rules=rule_set(),
        comparisons=comparisons,
        known=copied(prepared, judged, conversion, comparisons),
    )
    progress.stage("証拠と報告書 evidence and report")
    write_evidence(out, run, key)
    make_report(out)
    seal(out, key)
    result = EvidenceBuilder.read(out).of("result")[0]
    return Proof(**{name: result[name] for name in ("records", "loaded", "merged", "rejected", "proven")})


def _written(out: Path, group: GroupOutput) -> Written:
    business, _, _ = group.target.partition("/")
    parquet = group.path(out, "parquet") if group.parquet else None
    return Written.of_group(business, group.group, group.lineage, group.path(out, "csv"), parquet)


def _expected(target: str, prepared: Prepared, conversion: Conversion, progress: Progress) -> Iterator[pl.DataFrame]:
    """What the mapping alone gives for a group, block by block, from the staged source."""
    for plan in prepared.plans:
        if plan.target != target:
            continue
        staged = prepared.staged_of(plan)
        stepped = {column.sources[0] for column in plan.columns if column.steps and len(column.sources) == 1}
        for batch in batches(staged):
            block, looks = conversion.gaiji[plan.spec.source].block(batch, stepped)
            rows, _, _ = plan.apply_known(block, looks)
            yield rows.select(pl.lit(plan.spec.source).alias("source"), RECORD, *plan.items)
            progress.advance(rows.height)
