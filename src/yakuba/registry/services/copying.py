"""COPY: blocks of a written table → records, with what the projection needs put aside on the way.

PostgreSQL copies into no table behind a wall (row security). So every block is copied into a table that only this
transaction sees and is gone with it, and goes from there through the wall like any other row.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import polars as pl
from django.db import connection, transaction

from yakuba.kernel.errors import CannotContinueError, NotProvenError
from yakuba.migration.verification.reread import CsvReread
from yakuba.registry.projection import LEDGER, ROW
from yakuba.registry.services.run_folder import role_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from yakuba.registry.services.run_folder import RunTable

_SPECIAL = r'["\\\n\r\t]'
_IN_ARRAY = {"\\": "\\\\\\\\", '"': '\\\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
"""What a cell's letters become inside an array literal that stands in COPY's text format."""
_IN_TEXT = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_NUL = "\x00"
_RECORD_COLUMNS = ("ledger", "row", "municipality", "addressee", "cells", "added")


def copy_records(table: RunTable, ledger: int, municipality: str) -> tuple[int, pl.DataFrame]:
    """Put all rows of a written table into the registry.

    Returns:
        rows written; the columns that play roles, named by role, with `ROW` and `LEDGER` (empty without roles).

    Raises:
        NotProvenError: the file was changed after it was verified. CannotContinueError: a cell holds U+0000.
    """
    reread = CsvReread(table.written)
    aside: list[pl.DataFrame] = []
    chosen = role_columns(table)
    count = 0
    with _door("registry_record", _RECORD_COLUMNS) as through:
        for block in reread.blocks():
            through(_record_lines(block, table, ledger, municipality, count))
            if chosen:
                aside.append(_aside(block, chosen, ledger, count))
            count += block.height
    if [facts.as_dict() for facts in reread.digest.facts()] != list(table.signed):
        raise NotProvenError(
            f"{table.csv}: 検証の後に書き換えられています changed after it was verified",
            remedy="最初からやり直してください",
        )
    return count, pl.concat(aside) if aside else pl.DataFrame()


def copy_frame(table: str, frame: pl.DataFrame) -> None:
    """Put rows into a table; columns are named as its columns, texts hold no letter that COPY would misread."""
    with _door(table, frame.columns) as through:
        for part in frame.iter_slices(50_000):
            texts = (_escaped(name) for name, kind in part.schema.items() if kind == pl.String)
            through(_lines(part.with_columns(texts)))


@contextmanager
def _door(table: str, columns: Iterable[str]) -> Iterator[Callable[[bytes], None]]:
    """A way through the wall for lines of COPY."""
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        like = f"SELECT {names} FROM {table}"  # noqa: S608 - our own names
        cursor.execute(f"CREATE TEMPORARY TABLE arriving ON COMMIT DROP AS {like} WITH NO DATA")

        def through(lines: bytes) -> None:
            with transaction.atomic(), cursor.copy(f"COPY arriving ({names}) FROM STDIN") as copy:
                copy.write(lines)
            cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM arriving")  # noqa: S608 - our own names
            cursor.execute("TRUNCATE arriving")

        yield through
        cursor.execute("DROP TABLE arriving")


def _escaped(name: str) -> pl.Expr:
    return pl.col(name).str.replace_many(_IN_TEXT)


def _lines(frame: pl.DataFrame) -> bytes:
    """Text of COPY: tabs between columns, a mark where there is nothing."""
    text: Any = frame.write_csv(include_header=False, separator="\t", quote_style="never", null_value="\\N")
    return bytes(text, "utf-8")


def _record_lines(block: pl.DataFrame, table: RunTable, ledger: int, municipality: str, start: int) -> bytes:
    cells = list(_cells(block, table))
    addressee = _addressee(block, table.addressee_column)
    frame = block.select(
        pl.lit(ledger),
        pl.int_range(start, start + pl.len(), dtype=pl.Int64).alias("row"),
        pl.lit(municipality).alias("municipality"),
        addressee.alias("addressee"),
        ("{" + pl.concat_str(cells, separator=",") + "}").alias("cells"),
        pl.lit("f").alias("added"),
    )
    return _lines(frame)


def _addressee(block: pl.DataFrame, column: str) -> pl.Expr:
    if column not in block.columns:
        return pl.lit(None, pl.String)
    return pl.when(pl.col(column) != "").then(pl.col(column).str.replace_many(_IN_TEXT))


def _cells(block: pl.DataFrame, table: RunTable) -> Iterator[pl.Expr]:
    """Cells as elements of an array literal; a run of items that are empty in the whole block is one constant."""
    special = _special(block, table)
    empty = 0
    for name in table.columns:
        if name not in block.columns:
            empty += 1
            continue
        if empty:
            yield pl.lit(",".join(["NULL"] * empty))
            empty = 0
        value = pl.col(name).str.replace_many(_IN_ARRAY) if name in special else pl.col(name)
        yield pl.when(pl.col(name) == "").then(pl.lit("NULL")).otherwise('"' + value + '"')
    if empty:
        yield pl.lit(",".join(["NULL"] * empty))


def _special(block: pl.DataFrame, table: RunTable) -> set[str]:
    """Columns with letters that an array literal or COPY would misread."""
    found = block.select(pl.all().str.contains(_SPECIAL).any()).row(0) if block.width else ()
    nul = block.select(pl.all().str.contains(_NUL, literal=True).any()).row(0) if block.width else ()
    for name, there in zip(block.columns, nul, strict=True):
        if there:
            raise CannotContinueError(
                f"{table.csv}: 項目「{name}」に制御文字 U+0000 があります a cell holds U+0000, which no database keeps",
                remedy="移行の補正規則で取り除き、移行をやり直してください",
            )
    return {name for name, there in zip(block.columns, found, strict=True) if there}


def _aside(block: pl.DataFrame, chosen: dict[str, str], ledger: int, start: int) -> pl.DataFrame:
    """The columns that play roles."""
    names = (
        (pl.col(item) if item in block.columns else pl.lit("", pl.String)).alias(role) for role, item in chosen.items()
    )
    return block.select(
        pl.int_range(start, start + pl.len(), dtype=pl.Int64).alias(ROW), pl.lit(ledger, pl.Int64).alias(LEDGER), *names
    )
