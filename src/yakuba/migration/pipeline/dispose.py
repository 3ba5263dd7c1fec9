"""Disposition (行の行き先): every record is loaded, merged into an identical one, or handed back. Nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.contracts import FILE, LINE, RECORD, REJECTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from yakuba.migration.contracts import Staged
    from yakuba.migration.mapping.plan import TablePlan
    from yakuba.migration.pipeline.decisions import Decisions
    from yakuba.migration.pipeline.gather import Converted, GatheredTables

_HIT = {"source": pl.String(), RECORD: pl.UInt64(), "reason": pl.String()}


_PAIR = {"group": pl.String(), "source": pl.String(), RECORD: pl.UInt64(), "into": pl.UInt64()}


def merge_identical(findings: pl.DataFrame, tables: GatheredTables) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Records of one source that say the same in every table as the first record of their key are that record.

    Args:
        findings: all findings. Those of `key_duplicate` on merged records become a `row_merged` note; where a key is
            still there twice, the first record stays with an error and the others are stopped.

    Returns:
        the findings, and the merged records: source, RECORD, into (the kept record).
    """
    merged = [pl.DataFrame(schema=_PAIR)]
    for name, group in tables.groups.items():
        doubled = findings.filter(
            pl.col("code") == "key_duplicate", pl.col("group") == name, pl.col("severity") != str(Severity.STOP)
        )
        if doubled.is_empty():
            continue
        keys = [item.name for item in group.keys]
        items = [item.name for item in group.items]
        together = [*keys, "source"]
        rows = (
            tables.scan(name, items)
            .filter(pl.col(RECORD).is_in(doubled[RECORD].unique().implode()))
            .join(doubled.lazy().select("source", RECORD).unique(), on=["source", RECORD], how="semi")
            .sort("source", RECORD)
            .with_columns(into=pl.col(RECORD).first().over(keys), home=pl.col("source").first().over(keys))
            .filter(
                pl.col("source") == pl.col("home"),
                pl.struct(items).n_unique().over(together) == 1,
                pl.col(RECORD).n_unique().over(together) == pl.len().over(together),
            )
            .select(pl.lit(name).alias("group"), "source", RECORD, "into")
            .collect()
        )
        merged.append(_agreeing(rows, tables).filter(pl.col(RECORD) != pl.col("into")))
    pairs = pl.concat(merged)
    gone = pairs.select("source", RECORD, "into").unique(["source", RECORD], keep="first", maintain_order=True)
    return _weighed(findings, pairs), gone


def _agreeing(pairs: pl.DataFrame, tables: GatheredTables) -> pl.DataFrame:
    """Those that say the same in all other tables, reserve area included: a merged record leaves nothing of its own."""
    for table in tables.converted:
        mine = pairs.filter(pl.col("source") == table.plan.spec.source).select(RECORD, "into")
        if mine.is_empty():
            continue
        items = list(table.plan.items)
        wanted = pl.col(RECORD).is_in(mine[RECORD].implode())
        rows = table.scan().filter(wanted).join(mine.lazy(), on=RECORD, how="inner")
        rows = rows.select("into", RECORD, said=pl.struct(items))
        apart = (
            rows.group_by("into")
            .agg(pl.col("said").n_unique(), rows=pl.len())
            .join(mine.lazy().group_by("into").agg(records=pl.len()), on="into")
            .filter((pl.col("said") > 1) | (pl.col("rows") != pl.col("records")))
            .select(pl.lit(table.plan.spec.source).alias("source"), "into")
            .collect()
        )
        pairs = pairs.join(apart, on=["source", "into"], how="anti", maintain_order="left")
    return pairs


def _weighed(findings: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Findings of `key_duplicate` weighed by what became of the records; all others as they are, order kept."""
    about = pl.col("code") == "key_duplicate"
    if not findings.select(about.any()).item():
        return findings
    numbered = findings.with_row_index("#n")
    key = ["group", "key"]
    doubled = (
        numbered.filter(about)
        .sort("source", RECORD, maintain_order=True)
        .join(pairs, on=["group", "source", RECORD], how="left", maintain_order="left")
        .with_columns(first=pl.struct(key).is_first_distinct(), merged=pl.col("into").is_not_null())
        .with_columns(left=(~pl.col("first") & ~pl.col("merged")).sum().over(key))
        .filter(~pl.col("first") | (pl.col("left") > 0))
        .with_columns(
            code=pl.when("merged").then(pl.lit("row_merged")).otherwise("code"),
            severity=pl.when("merged")
            .then(pl.lit(str(Severity.NOTE)))
            .when("first")
            .then(pl.lit(str(Severity.ERROR)))
            .otherwise(pl.lit(str(Severity.STOP))),
        )
    )
    kept = pl.concat([numbered.filter(~about), doubled.select(numbered.columns)])
    return kept.sort("#n").drop("#n")


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
        pl.col(RECORD).is_not_null(),
        (pl.col("severity") == str(Severity.STOP)) | pl.col("id").is_in(list(decisions.handed_back)),
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


def loaded_blocks(table: Converted, gone: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The same rows, part by part."""
    mine = gone.filter(pl.col("source") == table.plan.spec.source)[RECORD]
    for place in range(len(table.parts)):
        rows = table.block(place)
        yield rows.filter(~pl.col(RECORD).is_in(mine.implode())) if mine.len() else rows
