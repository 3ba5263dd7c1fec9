"""Judge (判定): the findings of all rules together, answered by the decisions, and what they mean for every record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.layouts.model import Output
from yakuba.migration.contracts import CORRECTIONS, FILE, FINDINGS, LINE, RECORD
from yakuba.migration.pipeline.dispose import dispositions, merge_identical, untaken
from yakuba.migration.pipeline.gather import Converted, GatheredTables
from yakuba.migration.pipeline.handback import with_ids
from yakuba.migration.ruling import check_rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from yakuba.migration.contracts import Staged
    from yakuba.migration.mapping.plan import TablePlan
    from yakuba.migration.pipeline.convert import Conversion, ConvertedPart
    from yakuba.migration.pipeline.prepare import Prepared


@dataclass(frozen=True)
class Judged:
    """What the rules and the answers came to.

    Attributes:
        findings: contracts.FINDINGS + "id"; those that a person answered with そのまま are not in it.
        answered: how many those were.
        corrections: contracts.CORRECTIONS of the whole run.
        gone: contracts.REJECTED: records that are not loaded.
        tables: all converted tables.
    """

    findings: pl.DataFrame
    answered: int
    corrections: pl.DataFrame
    gone: pl.DataFrame
    tables: GatheredTables


def judge(prepared: Prepared, parts: Sequence[Sequence[ConvertedPart]], conversion: Conversion) -> Judged:
    """Run the rules that need more than one row and decide where every record goes."""
    tables = GatheredTables(
        tuple(
            Converted(plan, tuple(part.rows for part in files))
            for plan, files in zip(prepared.plans, parts, strict=True)
        )
    )
    by_cell = _read([part.findings for files in parts for part in files], FINDINGS)
    across = check_rows(tables, conversion.context, conversion.checks)
    alone = _unread(prepared.staged)
    unmapped = _unmapped(prepared)
    findings, merged = merge_identical(pl.concat([by_cell, _located(across, prepared.staged)]), tables)
    replaced = conversion.superseded
    no_table = pl.concat(
        [untaken(one, *_of_source(prepared, parts, one), replaced.get(one.source.name)) for one in prepared.staged]
    )
    findings = with_ids(pl.concat([unmapped, alone, findings, _no_table(no_table, prepared.staged)]))
    findings = _with_columns(findings, prepared.plans)
    kept = pl.col("id").is_in(list(conversion.decisions.kept))
    answered = findings.filter(kept).height
    findings = findings.filter(~kept)
    return Judged(
        findings=findings,
        answered=answered,
        corrections=_read([part.corrections for files in parts for part in files], CORRECTIONS),
        gone=dispositions(prepared.staged, findings, merged, no_table, conversion.decisions, replaced),
        tables=tables,
    )


def _read(paths: Sequence[Path], schema: dict[str, pl.DataType]) -> pl.DataFrame:
    return pl.concat([pl.DataFrame(schema=schema), *(pl.read_parquet(path) for path in paths)])


def _of_source(
    prepared: Prepared, parts: Sequence[Sequence[ConvertedPart]], staged: Staged
) -> tuple[list[TablePlan], list[list[Path]]]:
    mine = [
        (plan, [part.rows for part in files])
        for plan, files in zip(prepared.plans, parts, strict=True)
        if plan.spec.source == staged.source.name
    ]
    return [plan for plan, _ in mine], [rows for _, rows in mine]


def _places(staged: Sequence[Staged]) -> pl.LazyFrame:
    return pl.concat(
        [
            pl.LazyFrame(schema={"source": pl.String, RECORD: pl.UInt64, FILE: pl.UInt16, LINE: pl.UInt64}),
            *(
                pl.scan_parquet(list(one.parts)).select(pl.lit(one.source.name).alias("source"), RECORD, FILE, LINE)
                for one in staged
                if one.parts
            ),
        ]
    )


def _located(findings: pl.DataFrame, staged: Sequence[Staged]) -> pl.DataFrame:
    """Findings of the rules over rows with the file and line of their record."""
    if findings.is_empty():
        return pl.DataFrame(schema=FINDINGS)
    wanted = findings.lazy().select("source", RECORD).unique()
    places = _places(staged).join(wanted, on=["source", RECORD], how="semi").collect(engine="streaming")
    return (
        findings.join(places, on=["source", RECORD], how="left", maintain_order="left")
        .with_columns(column=pl.lit(""))
        .select(list(FINDINGS))
    )


def _no_table(records: pl.DataFrame, staged: Sequence[Staged]) -> pl.DataFrame:
    """`no_table`: records that the conditions of all tables leave out."""
    if records.is_empty():
        return pl.DataFrame(schema=FINDINGS)
    texts = dict.fromkeys(("group", "item", "key", "value"), "")
    found = records.select("source", RECORD).with_columns(
        code=pl.lit("no_table"),
        severity=pl.lit(str(Severity.STOP)),
        category=pl.lit("C14"),
        proposal=pl.lit(None, dtype=pl.String),
        **{name: pl.lit(text) for name, text in texts.items()},
    )
    return _located(found, staged)


def _unread(staged: Sequence[Staged]) -> pl.DataFrame:
    """The records that intake could not read, as findings of severity stop."""
    tables = [pl.DataFrame(schema=FINDINGS)]
    for one in staged:
        empty = {name: pl.lit("") for name in ("group", "column", "item", "key")}
        tables.append(
            pl.read_parquet(one.rejects)
            .select(
                "code",
                pl.lit(str(Severity.STOP)).alias("severity"),
                pl.lit("C1").alias("category"),
                pl.lit(one.source.name).alias("source"),
                pl.lit(None, dtype=pl.UInt64).alias(RECORD),
                FILE,
                LINE,
                pl.col("detail").alias("value"),
                pl.lit(None, dtype=pl.String).alias("proposal"),
                **empty,
            )
            .select(list(FINDINGS))
        )
    return pl.concat(tables)


def _unmapped(prepared: Prepared) -> pl.DataFrame:
    """`item_unmapped`: a required item that the project fills from nowhere; one finding a table, not one a row."""
    rows = [
        {"code": "item_unmapped", "severity": str(Severity.ERROR), "category": "C4", "group": plan.target}
        | {"source": plan.spec.source, RECORD: None, FILE: None, LINE: 0, "column": "", "item": item.name}
        | {"key": "", "value": "", "proposal": None}
        for plan in prepared.plans
        for item in plan.group.items
        if item.output is Output.REQUIRED and item.name not in plan.items
    ]
    return pl.DataFrame(rows, schema=FINDINGS)


def _with_columns(findings: pl.DataFrame, plans: Sequence[TablePlan]) -> pl.DataFrame:
    """Findings with the source columns that their item is made from."""
    made = [
        (plan.target, plan.spec.source, column.item.name, "+".join(column.sources))
        for plan in plans
        for column in plan.columns
    ]
    names = pl.DataFrame(made, schema=["group", "source", "item", "made"], orient="row").unique(
        ["group", "source", "item"], keep="first"
    )
    joined = findings.join(names, on=["group", "source", "item"], how="left", maintain_order="left")
    return joined.with_columns(pl.coalesce("made", "column").alias("column")).drop("made")
