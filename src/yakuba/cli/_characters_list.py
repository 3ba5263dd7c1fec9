"""What `yakuba characters convert` writes: the converted table, and the list that people read and fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from pathlib import Path

CONVERTED, LIST = "converted.csv", "characters.csv"
_STATES = {"decided": "決定", "ambiguous": "複数候補", "undecided": "未決定"}
_KINDS = {
    "pua": "外字（対応表にない）",
    "juki_unmapped": "住基ネット統一文字にない",
    "koseki_unmapped": "戸籍統一文字にない",
    "aj1_ivs": "Adobe-Japan1の異体字（対応不明）",
    "unknown_ivs": "登録のない異体字の並び",
    "replacement": "読めなかった文字",
    "geta": "げた（〓）",
    "control": "制御文字",
    "unassigned": "割り当てのない符号",
    "outside_source": "変換元の文字集合にない",
    "several": "候補が複数、または法令の根拠がない",
    "no_target": "変換先に候補がない",
}


def write(table: pl.DataFrame, listed: pl.DataFrame, out: Path) -> None:
    """Both files, none of them before both are whole.

    The list has a mark by which spreadsheets know that it is UTF-8, and three columns to fill in.
    """
    out.mkdir(parents=True, exist_ok=True)
    parts = {out / f"{name}.part": out / name for name in (LIST, CONVERTED)}
    for_list, for_table = parts
    table.write_csv(for_table)
    listed.select(
        pl.col("column").alias("列"),
        pl.col("text").alias("文字"),
        pl.col("character").alias("符号"),
        pl.col("state").replace(_STATES).alias("状態"),
        pl.col("result").alias("変換後"),
        pl.col("candidates").list.join(" ").alias("候補"),
        pl.col("ground").alias("根拠"),
        pl.col("kind").replace(_KINDS).alias("決まらない理由"),
        pl.col("count").alias("件数"),
        pl.col("rows").list.eval((pl.element() + 1).cast(pl.String)).list.join(" ").alias("行"),
        *(pl.lit("").alias(name) for name in ("決定", "決定者", "決定日")),
    ).write_csv(for_list, include_bom=True)
    for part, whole in parts.items():
        part.replace(whole)
