"""Judge (判定): the findings of all rules together, answered by the decisions, and what they mean for every record."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.layouts.model import Output
from yakuba.migration.contracts import CORRECTIONS, FILE, FINDINGS, LINE, RECORD
from yakuba.migration.pipeline.dispose import dispositions, merge_identical, untaken
from yakuba.migration.pipeline.gather import Converted, GatheredTables, Rows
from yakuba.migration.pipeline.handback import with_ids
from yakuba.migration.pipeline.left_over import left_over
from yakuba.migration.ruling import check_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
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


def judge(
    prepared: Prepared,
    parts: Sequence[Sequence[ConvertedPart]],
    conversion: Conversion,
    own: Iterable[Path] | None = None,
) -> Judged:
    """Run the rules that need more than one row and decide where every record goes.

    Args:
        prepared: the project, ready to run. parts: its converted parts. conversion: rules and answers.
        own: files and folders of the program that may lie in the dump's folder; None = what the project leaves over
            is nobody's question (a check of single files).
    """
    tables = GatheredTables(
        tuple(
            Converted(plan, tuple(Rows(part.rows, part.batch) for part in files))
            for plan, files in zip(prepared.plans, parts, strict=True)
        )
    )
    by_cell = _read([part.findings for files in parts for part in files], FINDINGS)
    across = check_rows(tables, conversion.context, conversion.checks)
    alone = _unread(prepared.staged, conversion.superseded)
    unmapped = _unmapped(prepared)
    findings, merged = merge_identical(pl.concat([by_cell, _located(across, prepared.staged)]), tables)
    replaced = conversion.superseded
    no_table = pl.concat(
        [untaken(one, *_of_source(prepared, parts, one), replaced.get(one.source.name)) for one in prepared.staged]
    )
    left = pl.DataFrame(schema=FINDINGS) if own is None else left_over(prepared, own)
    findings = with_ids(pl.concat([unmapped, left, alone, findings, _no_table(no_table, prepared)]))
    findings = _with_columns(findings, prepared.plans)
    # An answered finding is asked no more; a record that cannot be carried over stays handed back all the same.
    kept = pl.col("id").is_in(list(conversion.decisions.kept))
    return Judged(
        findings=findings.filter(~kept),
        answered=findings.filter(kept).height,
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
    wanted = findings.select("source", RECORD).unique()
    near = _places(staged).filter(pl.col(RECORD).is_in(wanted[RECORD].implode()))
    places = near.join(wanted.lazy(), on=["source", RECORD], how="semi").collect(engine="streaming")
    return (
        findings.join(places, on=["source", RECORD], how="left", maintain_order="left")
        .with_columns(column=pl.lit(""))
        .select(list(FINDINGS))
    )


def _no_table(records: pl.DataFrame, prepared: Prepared) -> pl.DataFrame:
    """`no_table`: records that the conditions of all tables leave out; `value` = what the conditions looked at."""
    tables = [pl.DataFrame(schema=FINDINGS)]
    for (source,), left in records.group_by("source", maintain_order=True):
        staged = next(one for one in prepared.staged if one.source.name == source)
        asked = dict.fromkeys(name for plan in prepared.plans if plan.spec.source == source for name in plan.spec.where)
        shown = [pl.concat_str(pl.lit(f"{name}="), pl.col(name)) for name in asked]
        found = (
            pl.scan_parquet(list(staged.parts))
            .join(left.lazy().select(RECORD), on=RECORD, how="semi", maintain_order="left")
            .select(
                RECORD,
                FILE,
                LINE,
                source=pl.lit(source),
                code=pl.lit("no_table"),
                severity=pl.lit(str(Severity.STOP)),
                category=pl.lit("C14"),
                column=pl.lit("+".join(asked)),
                value=pl.concat_str(shown, separator="|"),
                proposal=pl.lit(None, dtype=pl.String),
                **{name: pl.lit("") for name in ("group", "item", "key")},
            )
        )
        tables.append(found.select(list(FINDINGS)).collect())
    return pl.concat(tables)


def _unread(staged: Sequence[Staged], superseded: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The records that intake could not read, as findings of severity stop; a note where a mended copy is replayed.

    `key` is a digest of the record's bytes: an answer to one is no answer to another.
    """
    tables = [pl.DataFrame(schema=FINDINGS)]
    for one in staged:
        mended = superseded.get(one.source.name, pl.DataFrame(schema={FILE: pl.UInt16, LINE: pl.UInt64}))
        unread = pl.read_parquet(one.rejects).join(
            mended.select(FILE, LINE, mended=pl.lit(value=True)), on=[FILE, LINE], how="left", maintain_order="left"
        )
        keys = [blake2b(raw, digest_size=8).hexdigest() for raw in unread["raw"]]
        empty = {name: pl.lit("") for name in ("group", "column", "item")}
        tables.append(
            unread.select(
                "code",
                pl.when("mended")
                .then(pl.lit(str(Severity.NOTE)))
                .otherwise(pl.lit(str(Severity.STOP)))
                .alias("severity"),
                pl.lit("C1").alias("category"),
                pl.lit(one.source.name).alias("source"),
                pl.lit(None, dtype=pl.UInt64).alias(RECORD),
                FILE,
                LINE,
                pl.Series("key", keys, dtype=pl.String),
                pl.col("detail").alias("value"),
                pl.lit(None, dtype=pl.String).alias("proposal"),
                **empty,
            ).select(list(FINDINGS))
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
