"""Disposition (行の行き先): every record is loaded, merged into an identical one, or handed back. Nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.contracts import FILE, LINE, RECORD, REJECTED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from yakuba.migration.contracts import Staged
    from yakuba.migration.mapping.plan import TablePlan
    from yakuba.migration.pipeline.decisions import Decisions
    from yakuba.migration.pipeline.gather import Converted, GatheredTables

_HIT = {"source": pl.String(), RECORD: pl.UInt64(), "reason": pl.String()}


def merge_identical(findings: pl.DataFrame, tables: GatheredTables) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows with the same key that are the same in every item are one row: the first is kept.

    Args:
        findings: all findings; those of `key_duplicate` on identical rows become a `row_merged` note.

    Returns:
        the findings, and the merged records: source, RECORD, into (the kept record).
    """
    merged = [pl.DataFrame(schema={"source": pl.String(), RECORD: pl.UInt64(), "into": pl.UInt64()})]
    for name, group in tables.groups.items():
        doubled = findings.filter((pl.col("code") == "key_duplicate") & (pl.col("group") == name))
        if doubled.is_empty():
            continue
        keys = [item.name for item in group.keys]
        items = [item.name for item in group.items]
        rows = (
            tables.scan(name, items)
            .join(doubled.lazy().select("source", RECORD).unique(), on=["source", RECORD], how="semi")
            .sort("source", RECORD)
            .with_columns(kinds=pl.struct(items).n_unique().over([*keys, "source"]), into=pl.col(RECORD).first())
            .with_columns(into=pl.col(RECORD).first().over([*keys, "source"]))
            .filter(pl.col("kinds") == 1, pl.len().over([*keys, "source"]) > 1)
            .with_columns(others=pl.len().over(keys))
            .filter(pl.col("others") == pl.len().over([*keys, "source"]))
            .select("source", RECORD, "into")
            .collect()
        )
        merged.append(rows)
    identical = pl.concat(merged)
    findings = _as_notes(findings, identical)
    return findings, identical.filter(pl.col(RECORD) != pl.col("into"))


def _as_notes(findings: pl.DataFrame, identical: pl.DataFrame) -> pl.DataFrame:
    if identical.is_empty():
        return findings
    mine = findings.with_row_index("#n").join(
        identical.select("source", RECORD, "into"), on=["source", RECORD], how="left", maintain_order="left"
    )
    note = (pl.col("code") == "key_duplicate") & pl.col("into").is_not_null()
    return (
        mine.filter(~(note & (pl.col(RECORD) == pl.col("into"))))
        .with_columns(
            pl.when(note).then(pl.lit("row_merged")).otherwise("code").alias("code"),
            pl.when(note).then(pl.lit(str(Severity.NOTE))).otherwise("severity").alias("severity"),
        )
        .select(findings.columns)
    )


def untaken(
    staged: Staged, plans: Sequence[TablePlan], rows: Sequence[Sequence[Path]], replaced: pl.DataFrame | None
) -> pl.DataFrame:
    """Records of a source that no table takes (`no_table`); empty where a table takes them all.

    Args:
        plans: the tables of this source. rows: the converted rows of each.
        replaced: records whose mended copy is replayed; no table takes them, and that is right.
    """
    proper = [(plan, files) for plan, files in zip(plans, rows, strict=True) if not plan.reserve]
    if not staged.parts or not proper or any(not plan.spec.where for plan, _ in proper):
        return pl.DataFrame(schema=_HIT)
    taken = pl.concat([pl.scan_parquet(list(files)).select(RECORD) for _, files in proper])
    known = taken if replaced is None else pl.concat([taken, replaced.lazy().select(RECORD)])
    return (
        pl.scan_parquet(list(staged.parts))
        .select(RECORD)
        .join(known, on=RECORD, how="anti")
        .select(pl.lit(staged.source.name).alias("source"), RECORD, pl.lit("no_table").alias("reason"))
        .collect()
    )


def dispositions(
    staged: Sequence[Staged],
    findings: pl.DataFrame,
    merged: pl.DataFrame,
    untaken_records: pl.DataFrame,
    decisions: Decisions,
    superseded: Mapping[str, pl.DataFrame],
) -> pl.DataFrame:
    """Records that are not loaded (contracts.REJECTED), sorted by source and record within each kind.

    A record is one thing: when one of its rows cannot be carried over, none of its rows is. Records that intake
    could not read have no number; they are found by file and line.
    """
    stopped = findings.filter(
        (pl.col("severity") == str(Severity.STOP)) | pl.col("id").is_in(list(decisions.handed_back))
    ).select("source", RECORD, reason="code")
    rejected = (
        pl.concat([stopped, untaken_records])
        .unique(["source", RECORD], keep="first", maintain_order=True)
        .with_columns(disposition=pl.lit("rejected"), into=pl.lit(None, dtype=pl.UInt64))
    )
    folded = merged.join(rejected, on=["source", RECORD], how="anti").select(
        "source",
        RECORD,
        pl.lit("row_merged").alias("reason"),
        pl.lit("merged").alias("disposition"),
        "into",
    )
    gone = pl.concat([rejected.select(folded.columns), folded])
    unread = [_unread(one) for one in staged]
    replayed = [_replayed(name, records) for name, records in superseded.items()]
    if gone.is_empty():
        return pl.concat([pl.DataFrame(schema=REJECTED), *replayed, *unread])
    places = pl.concat(
        [
            pl.scan_parquet(list(source.parts)).select(pl.lit(source.source.name).alias("source"), RECORD, FILE, LINE)
            for source in staged
            if source.parts
        ]
    )
    read = (
        places.join(gone.lazy(), on=["source", RECORD], how="inner")
        .select(list(REJECTED))
        .sort("source", RECORD)
        .collect(engine="streaming")
    )
    return pl.concat([read, *replayed, *unread])


def _replayed(source: str, records: pl.DataFrame) -> pl.DataFrame:
    """Readable records whose mended copy is loaded in their place; an unreadable one stays handed back."""
    return records.filter(pl.col(RECORD).is_not_null()).select(
        pl.lit(source).alias("source"),
        RECORD,
        FILE,
        LINE,
        pl.lit("merged").alias("disposition"),
        pl.lit("replayed").alias("reason"),
        pl.lit(None, dtype=pl.UInt64).alias("into"),
    )


def _unread(staged: Staged) -> pl.DataFrame:
    return pl.read_parquet(staged.rejects).select(
        pl.lit(staged.source.name).alias("source"),
        pl.lit(None, dtype=pl.UInt64).alias(RECORD),
        FILE,
        LINE,
        pl.lit("rejected").alias("disposition"),
        pl.col("code").alias("reason"),
        pl.lit(None, dtype=pl.UInt64).alias("into"),
    )


def loaded(table: Converted, gone: pl.DataFrame) -> pl.LazyFrame:
    """The rows of a table that are loaded, in record order."""
    mine = gone.filter(pl.col("source") == table.plan.spec.source)[RECORD]
    rows = table.scan()
    return rows.filter(~pl.col(RECORD).is_in(mine.implode())) if mine.len() else rows
