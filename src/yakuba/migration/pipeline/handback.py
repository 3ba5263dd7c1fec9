"""Hand back (差し戻し): what is not loaded leaves verbatim with its reason; what is doubtful leaves as questions."""

from __future__ import annotations

import csv
import shutil
from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity, finding_id
from yakuba.migration.contracts import FILE, LINE, RECORD, REPLAY
from yakuba.migration.pipeline.decisions import COLUMNS
from yakuba.migration.whole import whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from yakuba.migration.contracts import Staged
    from yakuba.migration.mapping.plan import TablePlan

RAW = "#raw"
"""Column of the bytes of a record that could not be read."""
LONG_LINES = "long-lines"
"""Folder in which intake keeps lines that are too long to be a record, each in a file."""


def with_ids(findings: pl.DataFrame) -> pl.DataFrame:
    """Findings with their stable id (kernel.finding.finding_id of rule, table or source, key, item, shown value)."""
    place = pl.when(pl.col("group") == "").then("source").otherwise("group")
    parts = findings.select("code", place, "key", "item", "value").iter_rows()
    return findings.with_columns(pl.Series("id", [finding_id(*row) for row in parts], dtype=pl.String))


def file_names(staged: Sequence[Staged]) -> pl.DataFrame:
    """source, FILE → path of the file in the dump."""
    rows = [(one.source.name, index, facts.path) for one in staged for index, facts in enumerate(one.files)]
    return pl.DataFrame(rows, schema={"source": pl.String, FILE: pl.UInt16, "path": pl.String}, orient="row")


def write_findings(out: Path, findings: pl.DataFrame, staged: Sequence[Staged]) -> None:
    """findings.parquet for machines, findings.csv for people."""
    with whole(out / "findings.parquet") as path:
        findings.write_parquet(path, compression="zstd")
    people = findings.join(file_names(staged), on=["source", FILE], how="left", maintain_order="left").select(
        "id", "severity", "category", "code", "group", "path", LINE, "column", "item", "key", "value", "proposal"
    )
    with whole(out / "findings.csv") as path:
        people.rename({LINE: "line", "path": "file"}).write_csv(path, include_bom=True)


def write_mapping(out: Path, plans: Sequence[TablePlan]) -> None:
    """mapping.csv (データ項目対応表): what every item is made from, and whether there is a way back, or why not."""
    with whole(out / "mapping.csv") as path, path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["表", "項目", "移行元", "列", "手順", "逆変換"])
        for plan in plans:
            for column in plan.columns:
                way_back = column.inverse()
                writer.writerow(
                    [
                        plan.target,
                        column.item.name,
                        plan.spec.source,
                        "+".join(column.sources),
                        " → ".join(word for word, _ in column.steps),
                        f"不可 {way_back}" if isinstance(way_back, str) else "可",
                    ]
                )


def write_decisions(out: Path, findings: pl.DataFrame, staged: Sequence[Staged]) -> int:
    """The questions of this run as a decisions file to fill in; returns how many there are."""
    weights = {str(severity): severity.japanese for severity in Severity}
    asked = findings.filter(pl.col("severity").is_in([str(Severity.STOP), str(Severity.ERROR)])).join(
        file_names(staged), on=["source", FILE], how="left", maintain_order="left"
    )
    renamed = asked.with_columns(pl.col("severity").replace(weights), verdict=pl.lit("")).rename(
        {LINE: "line", "path": "file"}
    )
    blank = [pl.lit("").alias(name) for name in ("new", "who", "when", "why")]
    with whole(out / "decisions.csv") as path:
        renamed.with_columns(blank).select(pl.col(name).alias(head) for name, head in COLUMNS.items()).write_csv(
            path, include_bom=True
        )
    return asked.height


def write_rejected(out: Path, staged: Staged, gone: pl.DataFrame) -> None:
    """Rejected records of one source, verbatim, with their reasons.

    `rejected/<source>.parquet` has them all (`#raw` = the bytes of a record that could not be read);
    `rejected/<source>.csv` is the form to mend and replay: the readable ones as they are, the others with empty
    columns to be filled in from their bytes, which lie one after the other in `rejected/<source>.unread.dat`. Of a
    line that is too long to be a record these are the first bytes; the whole of it is in `rejected/long-lines/`.
    """
    mine = gone.filter((pl.col("source") == staged.source.name) & (pl.col("disposition") == "rejected"))
    if mine.is_empty():
        return
    folder = out / "rejected"
    unread = pl.read_parquet(staged.rejects).select(
        FILE, LINE, pl.col("code").alias("reason"), pl.col("raw").alias(RAW)
    )
    rows = _read_rejects(staged, mine)
    all_rows = pl.concat([rows, unread], how="diagonal")
    with whole(folder / f"{staged.source.name}.parquet") as path:
        all_rows.write_parquet(path, compression="zstd")
    names = [facts.path for facts in staged.files]
    form = all_rows.select(FILE, LINE, "reason", *staged.columns).sort(FILE, LINE, maintain_order=True)
    with whole(folder / f"{staged.source.name}.csv") as path, path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([*REPLAY, *staged.columns])
        writer.writerows([names[file], line, *rest] for file, line, *rest in form.iter_rows())
    if unread.height:
        with whole(folder / f"{staged.source.name}.unread.dat") as path:
            path.write_bytes(b"".join(unread[RAW]))
    for line in sorted((staged.rejects.parent / LONG_LINES).glob("*.bin")):
        with whole(folder / LONG_LINES / line.name) as path:
            _same_file(line, path)


def _same_file(old: Path, new: Path) -> None:
    """A second name for a file that may be gigabytes; a copy where the disk has no second names."""
    new.unlink(missing_ok=True)
    try:
        new.hardlink_to(old)
    except OSError:
        shutil.copyfile(old, new)


def _read_rejects(staged: Staged, mine: pl.DataFrame) -> pl.DataFrame:
    held = mine.filter(pl.col(RECORD).is_not_null()).select(RECORD, "reason")
    if not staged.parts:
        known = {FILE: pl.UInt16(), LINE: pl.UInt64(), "reason": pl.String()}
        return pl.DataFrame(schema={**known, **dict.fromkeys(staged.columns, pl.String())})
    return (
        pl.scan_parquet(list(staged.parts))
        .join(held.lazy(), on=RECORD, how="inner", maintain_order="left")
        .select(FILE, LINE, "reason", *staged.columns)
        .collect()
    )
