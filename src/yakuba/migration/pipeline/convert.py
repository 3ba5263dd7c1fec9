"""Convert (変換): staged blocks become standard items, corrected as declared and decided, and checked cell by cell.

For every table and every staged part three files are left: the rows, the findings, the corrections. The rows are
written last, so a part whose rows exist is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity, is_secret
from yakuba.migration.contracts import CORRECTIONS, FILE, FINDINGS, LINE, RECORD
from yakuba.migration.pipeline.workspace import whole
from yakuba.migration.ruling import check_cells, correct, finding_keys

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from yakuba.kernel.progress import Progress
    from yakuba.migration.contracts import Staged
    from yakuba.migration.mapping.plan import TablePlan
    from yakuba.migration.pipeline.decisions import Decisions
    from yakuba.migration.pipeline.gaiji import Gaiji
    from yakuba.migration.rules import Context
    from yakuba.migration.ruling import Rule


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
    """Files of one table × part."""

    rows: Path
    findings: Path
    corrections: Path


def part_files(folder: Path, number: int) -> ConvertedPart:
    """Names of the three files of a part."""
    return ConvertedPart(*(folder / f"{kind}-{number:05d}.parquet" for kind in ("rows", "findings", "corrections")))


def convert_table(
    plan: TablePlan, staged: Staged, folder: Path, conversion: Conversion, progress: Progress
) -> tuple[ConvertedPart, ...]:
    """Convert all parts of one table; parts that are done are left as they are."""
    done = []
    for number, part in enumerate(staged.parts):
        files = part_files(folder, number)
        if not files.rows.exists():
            block = conversion.gaiji[staged.source.name].block(pl.read_parquet(part))
            replaced = conversion.superseded.get(staged.source.name)
            current = block if replaced is None else block.join(replaced, on=RECORD, how="anti")
            _convert_part(plan, current, files, conversion)
            progress.advance(block.height)
        else:
            progress.advance(pl.scan_parquet(part).select(pl.len()).collect().item())
        done.append(files)
    return tuple(done)


def _convert_part(plan: TablePlan, block: pl.DataFrame, files: ConvertedPart, conversion: Conversion) -> None:
    rows, failures = plan.apply(block)
    findings: list[pl.DataFrame] = []
    corrections = pl.DataFrame(schema=CORRECTIONS)
    if not plan.reserve:
        rows, corrections = _corrected(plan, rows, conversion)
        found = check_cells(rows, plan.group, plan.target, plan.spec.source, conversion.context, conversion.checks)
        findings += [found, _unconverted(plan, rows, failures, found, corrections)]
    _write(files.findings, pl.concat(findings) if findings else pl.DataFrame(schema=FINDINGS))
    _write(files.corrections, corrections)
    _write(files.rows, rows)


def _corrected(plan: TablePlan, rows: pl.DataFrame, conversion: Conversion) -> tuple[pl.DataFrame, pl.DataFrame]:
    rows, declared = correct(rows, plan.group, plan.target, plan.spec.source, conversion.context, conversion.fixes)
    rows, decided = conversion.decisions.apply(rows, plan.group, plan.target, plan.spec.source)
    return rows, pl.concat([declared, decided])


def _unconverted(
    plan: TablePlan,
    rows: pl.DataFrame,
    failures: list[tuple[str, str, pl.Series]],
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
