"""Decisions (判断): what a person answered to the findings, in a CSV that the next run obeys.

Columns: 指摘ID, 規則, 重要度, 表, キー, 項目, 値, 提案, ファイル, 行, 判断, 新しい値, 判断者, 判断日, 理由.
判断 is one of

    採用        take the proposed value (提案)
    値          take 新しい値
    そのまま     the value is right as it is: the finding is answered; a record that is 停止 stays handed back
    差し戻し     hand the record back; it is not loaded

A decision is tied to rule, table, key, item and value, not to a line number, so it holds through all rehearsals
as long as the old system says the same.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.errors import UsageError
from yakuba.kernel.finding import is_secret
from yakuba.migration.contracts import CORRECTIONS, FILE, LINE, RECORD
from yakuba.migration.ruling import finding_keys

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.layouts.model import Group

COLUMNS = {
    "id": "指摘ID",
    "code": "規則",
    "severity": "重要度",
    "group": "表",
    "key": "キー",
    "item": "項目",
    "value": "値",
    "proposal": "提案",
    "file": "ファイル",
    "line": "行",
    "verdict": "判断",
    "new": "新しい値",
    "who": "判断者",
    "when": "判断日",
    "why": "理由",
}
"""Our name → heading, in order."""

TAKE, VALUE, KEEP, HAND_BACK = "採用", "値", "そのまま", "差し戻し"
LONGEST = 2**30
"""Characters of one cell: a finding shows its value whole, and Python's own limit of 131,072 is too low for remarks."""
VERDICTS = (TAKE, VALUE, KEEP, HAND_BACK)


@dataclass(frozen=True)
class Decisions:
    """All answers of the decisions file.

    Attributes:
        values: group, key, item, value, new: cells that get a new value.
        kept: ids of findings that are answered with そのまま.
        handed_back: ids of findings whose record is handed back.
    """

    values: pl.DataFrame
    kept: frozenset[str]
    handed_back: frozenset[str]

    def apply(self, rows: pl.DataFrame, group: Group, target: str, source: str) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Put decided values into the rows of one table.

        Returns:
            the rows, and the corrections (contracts.CORRECTIONS) with rule "decision".
        """
        mine = self.values.filter(pl.col("group") == target)
        records = [pl.DataFrame(schema=CORRECTIONS)]
        for (item,), answers in mine.group_by(["item"], maintain_order=True):
            if item not in rows.columns:
                continue
            on = ["key"] if is_secret(str(item)) else ["key", "value"]
            new = (
                rows.select(finding_keys(group).alias("key"), pl.col(str(item)).alias("value"))
                .join(answers.select(*on, "new"), on=on, how="left", maintain_order="left")
                .get_column("new")
            )
            changed = rows.select(
                pl.lit("decision").alias("rule"),
                pl.lit(target).alias("group"),
                pl.lit(source).alias("source"),
                RECORD,
                FILE,
                LINE,
                pl.lit(item).alias("item"),
                pl.col(str(item)).alias("before"),
                new.alias("after"),
            ).filter(pl.col("after").is_not_null() & (pl.col("after") != pl.col("before")))
            records.append(changed)
            rows = rows.with_columns(new.fill_null(rows[str(item)]).alias(str(item)))
        return rows, pl.concat(records)


def read_decisions(path: Path | None) -> Decisions:
    """Read the decisions file; no path or no file means that nothing is decided yet.

    Raises:
        UsageError: a heading is missing, a 判断 is not one of the four, or a value is not given. Names the line.
    """
    if path is None or not path.exists():
        return Decisions(_no_values(), frozenset(), frozenset())
    csv.field_size_limit(LONGEST)
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            missing = set(COLUMNS.values()) - set(reader.fieldnames or ())
            if missing:
                raise UsageError(f"{path}:1: {', '.join(sorted(missing))} missing", remedy="keep the headings")
            answers = [
                _answer(path, reader.line_num, {name: row[head] or "" for name, head in COLUMNS.items()})
                for row in reader
                if row[COLUMNS["verdict"]]
            ]
    except (UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path}: {error}", remedy="save it as CSV in UTF-8") from error
    given = [(row["group"], row["key"], row["item"], row["value"], row["new"]) for row in answers if row["new"]]
    values = pl.DataFrame(given, schema=_no_values().schema, orient="row") if given else _no_values()
    return Decisions(
        values=values.unique(["group", "key", "item", "value"], keep="last", maintain_order=True),
        kept=frozenset(row["id"] for row in answers if row["verdict"] == KEEP),
        handed_back=frozenset(row["id"] for row in answers if row["verdict"] == HAND_BACK),
    )


def _no_values() -> pl.DataFrame:
    return pl.DataFrame(schema=dict.fromkeys(("group", "key", "item", "value", "new"), pl.String()))


def _answer(path: Path, line: int, row: dict[str, str]) -> dict[str, str]:
    verdict = row["verdict"] = row["verdict"].strip()
    if verdict not in VERDICTS:
        raise UsageError(f"{path}:{line}: 判断 = {verdict!r}", remedy=f"choose from {'・'.join(VERDICTS)}")
    if verdict == TAKE:
        row["new"] = row["proposal"]
    elif verdict != VALUE:
        row["new"] = ""
    if verdict in {TAKE, VALUE} and not row["new"]:
        raise UsageError(f"{path}:{line}: 判断 {verdict} without a value", remedy="fill 新しい値")
    return row
