"""Convert (変換): staged blocks become standard items, corrected as declared and decided, and checked cell by cell.

For every table and every batch of staged parts three files are left: the rows, findings and corrections. The rows are
written last, so a part whose rows exist is done. Of the rows only what the conversion made is written; an item that is
a column of the source as it is lies in the staged part already (see `gather`).
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity, is_secret
from yakuba.migration.contracts import CORRECTIONS, FILE, FINDINGS, LINE, RECORD
from yakuba.migration.intake.ahead import ahead
from yakuba.migration.pipeline.gaiji import batches
from yakuba.migration.ruling import check_cells, correct, finding_keys
from yakuba.migration.whole import whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from concurrent.futures import Future
    from pathlib import Path

    from yakuba.kernel.progress import Progress
    from yakuba.migration.contracts import Staged
    from yakuba.migration.mapping.known import Look
    from yakuba.migration.mapping.plan import TablePlan
    from yakuba.migration.pipeline.decisions import Decisions
    from yakuba.migration.pipeline.gaiji import Batch, Gaiji
    from yakuba.migration.rules import Context
    from yakuba.migration.ruling import Rule


Failure = tuple[str, str, pl.Series]
"""Item, step and rows of the cells that a mapping step could not convert."""


@dataclass(frozen=True)
class Conversion:
    """Everything that converting needs to know besides the rows.

    Attributes:
        superseded: source → RECORD, FILE, LINE of the records whose mended copy is replayed.
    """

    context: Context
    checks: Mapping[str, Rule]
    fixes: Mapping[str, Rule]
    decisions: Decisions
    gaiji: Mapping[str, Gaiji]
    superseded: Mapping[str, pl.DataFrame]


@dataclass(frozen=True, slots=True)
class ConvertedPart:
    """Files of one table × batch, and the staged parts they were made from."""

    batch: Batch
    rows: Path
    findings: Path
    corrections: Path


def part_files(folder: Path, batch: Batch, number: int) -> ConvertedPart:
    """Names of the three files of a part."""
    return ConvertedPart(
        batch, *(folder / f"{kind}-{number:05d}.parquet" for kind in ("rows", "findings", "corrections"))
    )


def convert_table(
    plan: TablePlan, staged: Staged, folder: Path, conversion: Conversion, progress: Progress
) -> tuple[ConvertedPart, ...]:
    """Convert one table, a batch of staged parts at a time; batches that are done are left as they are.

    While a part is judged, the next one is read and mapped and the one before is written.
    """
    parts = [part_files(folder, batch, number) for number, batch in enumerate(batches(staged))]
    open_parts = [files for files in parts if not files.rows.exists()]
    for files in parts:
        if files.rows.exists():
            progress.advance(pl.scan_parquet(list(files.batch)).select(pl.len()).collect().item())
    if not plan.reserve:
        conversion = replace(
            conversion,
            checks=_asked_once(conversion.checks, plan, conversion.context),
            fixes=_asked_once(conversion.fixes, plan, conversion.context),
        )
    with ThreadPoolExecutor(1) as beside:
        written: Future[None] | None = None
        for files, height, staged_items, mapped in ahead(_mapped(plan, open_parts, conversion)):
            judged = _judge_part(plan, *mapped, conversion)
            if written:
                written.result()
            written = beside.submit(_write_part, files, staged_items, *judged)
            progress.advance(height)
        if written:
            written.result()
    return tuple(parts)


def _asked_once(rules: Mapping[str, Rule], plan: TablePlan, context: Context) -> dict[str, Rule]:
    """The rules that judge cells, asked about this group once and not at every part."""

    def answer(rule: Rule) -> Rule:
        known = tuple(rule.call(plan.group, context))
        return replace(rule, call=lambda *_: known)

    return {name: answer(rule) for name, rule in rules.items() if rule.verb != "rows"}


def _mapped(
    plan: TablePlan, parts: list[ConvertedPart], conversion: Conversion
) -> Iterator[tuple[ConvertedPart, int, list[str], tuple[pl.DataFrame, list[Failure], dict[str, Look]]]]:
    """Read, convert the characters of and map each part.

    Gives with it the number of its records, and the lineage and items that the staged parts hold as they are.
    """
    source = plan.spec.source
    for files in parts:
        block, looks = conversion.gaiji[source].block(files.batch)
        replaced = conversion.superseded.get(source)
        if replaced is None:
            clean = conversion.gaiji[source].clean[files.batch]
            as_staged = [] if plan.spec.where else [RECORD, LINE, *plan.copies(clean)]
            yield files, block.height, as_staged, plan.apply_known(block, looks)
        else:
            yield files, block.height, [], plan.apply_known(block.join(replaced, on=RECORD, how="anti"), {})


def _judge_part(
    plan: TablePlan, rows: pl.DataFrame, failures: list[Failure], looks: Mapping[str, Look], conversion: Conversion
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Rows, findings and corrections of a part."""
    if plan.reserve:
        return rows, pl.DataFrame(schema=FINDINGS), pl.DataFrame(schema=CORRECTIONS)
    rows, corrections = _corrected(plan, rows, looks, conversion)
    same = looks.keys() - set(corrections["item"])
    asked = (rows, plan.group, plan.target, plan.spec.source, conversion.context, conversion.checks)
    found = check_cells(*asked, looks={item: looks[item] for item in same})
    findings = pl.concat([found, _unconverted(plan, rows, failures, found, corrections)])
    return rows, findings, corrections


def _write_part(
    files: ConvertedPart, as_staged: list[str], rows: pl.DataFrame, findings: pl.DataFrame, corrections: pl.DataFrame
) -> None:
    _write(files.findings, findings)
    _write(files.corrections, corrections)
    _write(files.rows, rows.drop(set(as_staged) - set(corrections["item"])))


def _corrected(
    plan: TablePlan, rows: pl.DataFrame, looks: Mapping[str, Look], conversion: Conversion
) -> tuple[pl.DataFrame, pl.DataFrame]:
    asked = (rows, plan.group, plan.target, plan.spec.source, conversion.context, conversion.fixes)
    rows, declared = correct(*asked, looks=looks)
    rows, decided = conversion.decisions.apply(rows, plan.group, plan.target, plan.spec.source)
    return rows, pl.concat([declared, decided])


def _unconverted(
    plan: TablePlan,
    rows: pl.DataFrame,
    failures: list[Failure],
    found: pl.DataFrame,
    corrections: pl.DataFrame,
) -> pl.DataFrame:
    """Cells that a mapping step could not convert and that no rule has named or correction mended."""
    tables = [pl.DataFrame(schema=FINDINGS)]
    for item, word, mask in failures:
        code = "lookup_missing" if word == "lookup" else "unconverted"
        tables.append(
            rows.filter(mask).select(
                pl.lit(code).alias("code"),
                pl.lit(str(Severity.ERROR)).alias("severity"),
                pl.lit("C6" if word == "lookup" else "C3").alias("category"),
                pl.lit(plan.target).alias("group"),
                pl.lit(plan.spec.source).alias("source"),
                RECORD,
                FILE,
                LINE,
                pl.lit("").alias("column"),
                pl.lit(item).alias("item"),
                finding_keys(plan.group).alias("key"),
                (pl.col(item).str.replace_all("(?s).", "*") if is_secret(item) else pl.col(item)).alias("value"),
                pl.lit(None, dtype=pl.String).alias("proposal"),
            )
        )
    known = pl.concat([found.select(RECORD, "item"), corrections.select(RECORD, "item")])
    return pl.concat(tables).join(known, on=[RECORD, "item"], how="anti")


def _write(path: Path, frame: pl.DataFrame) -> None:
    with whole(path) as temporary:
        frame.write_parquet(temporary, compression="lz4", statistics=False)
