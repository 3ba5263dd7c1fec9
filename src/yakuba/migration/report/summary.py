"""Summary (要約): reads a run folder back into what its report says, so that a report can be made again."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import polars as pl

from yakuba.kernel.finding import Severity, masked
from yakuba.migration.contracts import FILE, LINE, RECORD
from yakuba.migration.report.model import (
    Change,
    Character,
    Correction,
    Department,
    Destinations,
    Example,
    HandedBack,
    Summary,
    Topic,
    Where,
)
from yakuba.migration.report.words import OFFICE, Departments, advice, short, title
from yakuba.migration.verification.evidence import EvidenceBuilder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

EXAMPLES = 3
_HEAVY = [str(Severity.STOP), str(Severity.ERROR)]
_ORDER = {str(severity): rank for rank, severity in enumerate(Severity)}
_KEY = ["source", RECORD]


def summarise(out: Path) -> Summary:
    """Read a run folder.

    Raises:
        CannotContinueError: the folder has no evidence yet.
    """
    evidence = EvidenceBuilder.read(out)
    (project,), (result,), (signer,) = (evidence.of(kind) for kind in ("project", "result", "signer"))
    accounts = evidence.of("account")
    findings = located(out, evidence)
    corrections = pl.read_parquet(out / "corrections.parquet")
    gone = pl.read_parquet(out / "dispositions.parquet")
    left = [(one["source"], column, why) for one in evidence.of("source") for column, why in one["left_behind"].items()]
    return Summary(
        name=project["name"],
        municipality=project["municipality"],
        as_of=project["as_of"],
        layout=project["layout"],
        proven=result["proven"],
        fingerprint=signer["fingerprint"],
        destinations=_destinations(result, findings, corrections, gone),
        departments=tuple(_departments(findings)),
        corrections=tuple(_corrections(corrections)),
        handed_back=tuple(_handed_back(gone, accounts)),
        characters=tuple(_characters(out / "characters.csv")),
        notes=findings.filter(pl.col("severity") == str(Severity.NOTE)).height,
        layouts=tuple(evidence.of("layout")),
        files=tuple(file for account in accounts for file in account["files"]),
        groups=tuple(evidence.of("group")),
        left_behind=tuple(left),
        result=result,
    )


def located(out: Path, evidence: EvidenceBuilder) -> pl.DataFrame:
    """Findings of a run with `place` ("JUKI.csv 12行") and `department`, heaviest first."""
    departments = Departments(out / "project.toml")
    findings = pl.read_parquet(out / "findings.parquet")
    named = findings.with_columns(place_of(_paths(evidence.of("account"))))
    owners = [
        (group, source, departments.of_group(group) if group else departments.of_source(source))
        for group, source in named.select("group", "source").unique().iter_rows()
    ]
    owned = pl.DataFrame(owners, schema=["group", "source", "department"], orient="row")
    joined = named.join(owned.cast(pl.String), on=["group", "source"], how="left", maintain_order="left")
    rank = pl.col("severity").replace_strict(_ORDER, return_dtype=pl.UInt8)
    return joined.with_columns(rank.alias("rank")).sort("rank", "group", "code", "item", maintain_order=True)


def _paths(accounts: list[dict[str, Any]]) -> dict[str, str]:
    """Path of each file by source and index ("juki/0")."""
    return {f"{one['source']}/{at}": str(file["path"]) for one in accounts for at, file in enumerate(one["files"])}


def place_of(paths: dict[str, str]) -> pl.Expr:
    """File and line of a row that has `source`, `#file` and `#line`; "" when it is about no single row."""
    file = pl.concat_str("source", pl.lit("/"), FILE).replace_strict(paths, default=pl.col("source"))
    text = pl.concat_str(file, pl.lit(" "), LINE, pl.lit("行"))
    return pl.when(pl.col(FILE).is_not_null() & (pl.col(LINE) > 0)).then(text).otherwise(pl.lit("")).alias("place")


def _destinations(
    result: dict[str, Any], findings: pl.DataFrame, corrections: pl.DataFrame, gone: pl.DataFrame
) -> Destinations:
    asked = findings.filter(pl.col("severity").is_in(_HEAVY)).select(_KEY).drop_nulls().unique()
    waiting = asked.join(gone, on=_KEY, how="anti")
    changed = corrections.select(_KEY).unique().join(gone, on=_KEY, how="anti").join(waiting, on=_KEY, how="anti")
    return Destinations(
        records=result["records"],
        as_is=result["loaded"] - waiting.height - changed.height,
        corrected=changed.height,
        waiting=waiting.height,
        merged=result["merged"],
        rejected=result["rejected"],
    )


def _departments(findings: pl.DataFrame) -> list[Department]:
    loud = findings.filter(pl.col("severity") != str(Severity.NOTE))
    kinds = ["department", "severity", "code", "group", "item"]
    wheres = loud.group_by(kinds, maintain_order=True).agg(
        pl.len().alias("count"), pl.struct("place", "key", "value", "proposal").head(EXAMPLES).alias("examples")
    )
    ordered = wheres.sort("count", descending=True, maintain_order=True)
    found: dict[str, list[Topic]] = {}
    for (name, severity, code), part in ordered.group_by(["department", "severity", "code"], maintain_order=True):
        found.setdefault(str(name), []).append(_topic(str(code), Severity(str(severity)), part))
    departments = [_department(name, topics) for name, topics in found.items()]
    return sorted(departments, key=lambda one: (one.name == OFFICE, -one.decisions, -one.warnings, one.name))


def _topic(code: str, severity: Severity, part: pl.DataFrame) -> Topic:
    """One topic from its items: examples are taken from the first items in turn."""
    rows = part.select("group", "item", "count", "examples").rows()
    wheres = tuple(Where(group or "", item or "", count) for group, item, count, _ in rows)
    taken = [(one, group) for turn in range(EXAMPLES) for group, _, _, some in rows for one in some[turn : turn + 1]]
    examples = tuple(_example(one, readable=bool(group)) for one, group in taken[:EXAMPLES])
    return Topic(code, title(code), advice(code), severity, sum(where.count for where in wheres), wheres, examples)


def _example(one: dict[str, str | None], *, readable: bool) -> Example:
    """One example; a record that could not be read has only its place."""
    if not readable:
        return Example(one["place"] or "", "", "", "")
    return Example(one["place"] or "", one["key"] or "", short(one["value"]) or "（空）", short(one["proposal"]))


def _department(name: str, topics: list[Topic]) -> Department:
    heavy = sum(topic.count for topic in topics if topic.severity in {Severity.STOP, Severity.ERROR})
    ordered = sorted(topics, key=lambda one: (_ORDER[str(one.severity)], -one.count, one.code))
    return Department(name, tuple(ordered), heavy, sum(topic.count for topic in topics) - heavy)


def _corrections(corrections: pl.DataFrame) -> list[Correction]:
    kinds = corrections.group_by("rule", "item", "before", "after", maintain_order=True).len()
    out = []
    for (rule,), part in kinds.group_by(["rule"], maintain_order=True):
        top = part.sort("len", descending=True, maintain_order=True).unique("item", keep="first", maintain_order=True)
        top = pl.concat([top, part.sort("len", descending=True, maintain_order=True)]).unique(maintain_order=True)
        changes = tuple(
            Change(item, short(masked(item, before)), short(masked(item, after)), count)
            for _, item, before, after, count in top.head(EXAMPLES).iter_rows()
        )
        out.append(Correction(str(rule), title(str(rule)), int(part["len"].sum()), part["item"].n_unique(), changes))
    return sorted(out, key=lambda one: (-one.cells, one.code))


def _handed_back(gone: pl.DataFrame, accounts: list[dict[str, Any]]) -> Iterable[HandedBack]:
    rejected = gone.filter(pl.col("disposition") == "rejected").with_columns(place_of(_paths(accounts)))
    reasons = rejected.group_by("reason", maintain_order=True).agg(pl.len(), pl.col("place").head(EXAMPLES))
    for code, count, places in reasons.sort("len", descending=True, maintain_order=True).iter_rows():
        yield HandedBack(code, title(code), advice(code), count, tuple(places))


def _characters(path: Path) -> list[Character]:
    """Unresolved characters, over all columns together; the file has one row per column."""
    found: dict[str, list[tuple[int, str]]] = {}
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            found.setdefault(row["character"], []).append((int(row["count"]), f"{row['source']} {row['column']}"))
    characters = [
        Character(codes, sum(count for count, _ in rows), tuple(where for _, where in sorted(rows, reverse=True)))
        for codes, rows in found.items()
    ]
    return sorted(characters, key=lambda one: (-one.count, one.codes))
