"""COPY: blocks of a written table → records, with what the projection needs put aside on the way.

PostgreSQL copies into no table behind a wall (row security). So every block is copied into a table that only this
transaction sees and is gone with it, and goes from there through the wall like any other row.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl
from django.db import connection, transaction

from yakuba.kernel.errors import CannotContinueError, NotProvenError
from yakuba.migration.intake.ahead import ahead
from yakuba.registry.projection import LEDGER, ROW
from yakuba.registry.services.run_folder import role_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from yakuba.registry.services.run_folder import RunTable

_SPECIAL = re.compile(rb"[\\\n\r\t]")
_IN_TEXT = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
"""Letters that COPY's text format writes in another way."""
_SEPARATORS = range(0x1F, 0xD800)
"""What may stand between two cells: the first letter that is in no cell of the block."""
_SLICE = 50_000


@dataclass(frozen=True, slots=True)
class Copied:
    """What a written table brought, as it was proven: rows, and cells that are not empty."""

    rows: int
    filled: int


def copy_records(
    table: RunTable, ledger: int, municipality: str, take: Callable[[pl.DataFrame], object] | None = None
) -> Copied:
    """Put all rows of a written table into the registry.

    Args:
        take: is given the columns that play roles, block by block, named by role, with `ROW` and `LEDGER`.

    Raises:
        NotProvenError: the file was changed after it was verified. CannotContinueError: a cell holds U+0000.
    """
    reading = table.proof.reading(f"{table.business}/{table.title}", table.columns, table.csv)
    count = 0
    with _records_door(ledger, municipality, single=len(table.columns) == 1) as through:
        # The next block is put into lines while the database takes this one.
        for lines, separator, block in ahead(_prepared(reading.blocks(), table)):
            through(lines, separator)
            if take and table.roles:
                take(_aside(block, role_columns(table), ledger, count))
            count += block.height
    if count != table.rows or not reading.holds():
        raise NotProvenError(
            f"{table.csv}: 検証の後に書き換えられています changed after it was verified",
            remedy="最初からやり直してください",
        )
    return Copied(count, reading.filled())


def copy_people(people: pl.DataFrame, municipality: str) -> None:
    """Put projected people into the registry, and what search finds them by."""
    rows = people.with_columns(municipality=pl.lit(municipality), version=pl.lit(1))
    copy_frame("registry_resident", rows.drop("grams"))
    copy_frame("registry_searchentry", rows.select("municipality", "addressee", "grams"))


def copy_frame(table: str, frame: pl.DataFrame) -> None:
    """Put rows into a table; columns are named as its columns, texts hold no letter that COPY would misread."""
    names = ", ".join(f'"{name}"' for name in frame.columns)
    like = f"AS SELECT {names} FROM {table} WITH NO DATA"  # noqa: S608 - our own names
    with _door(like, f"INSERT INTO {table} ({names}) SELECT {names} FROM arriving") as through:  # noqa: S608
        for part in frame.iter_slices(_SLICE):
            texts = (_escaped(name) for name, kind in part.schema.items() if kind == pl.String)
            through(_lines(part.with_columns(texts)), ())


@contextmanager
def _records_door(ledger: int, municipality: str, *, single: bool) -> Iterator[Callable[[bytes, str], None]]:
    """A way in for records: place, 宛名番号 and all cells of each in one line, parted by a letter that no cell has."""
    cells = "ARRAY[nullif(line, '')]" if single else "string_to_array(line, %s::text, '')"
    insert = (
        "INSERT INTO registry_record (ledger, row, municipality, addressee, cells, added)"  # noqa: S608 - our own names
        f" SELECT %s, row, %s, addressee, {cells}, false FROM arriving"
    )
    with _door("(row bigint, addressee text, line text)", insert) as through:
        yield lambda lines, separator: through(lines, (ledger, municipality, *([] if single else [separator])))


@contextmanager
def _door(shape: str, insert: str) -> Iterator[Callable[[bytes, Sequence[str | int]], None]]:
    """A way through the wall for lines of COPY: a table `arriving` of that shape, emptied by that statement."""
    with connection.cursor() as cursor:
        on_commit = "ON COMMIT DROP "
        definition = f"{on_commit}{shape}" if shape.startswith("AS") else f"{shape} {on_commit}"
        cursor.execute(f"CREATE TEMPORARY TABLE arriving {definition}")

        def through(lines: bytes, values: Sequence[str | int]) -> None:
            with transaction.atomic(), cursor.copy("COPY arriving FROM STDIN") as copy:
                copy.write(lines)
            cursor.execute(insert, values)
            cursor.execute("TRUNCATE arriving")

        yield through
        cursor.execute("DROP TABLE arriving")


def _escaped(name: str) -> pl.Expr:
    return pl.col(name).str.replace_many(_IN_TEXT)


def _lines(frame: pl.DataFrame) -> bytes:
    """Text of COPY: tabs between columns, a mark where there is nothing."""
    text: Any = frame.write_csv(include_header=False, separator="\t", quote_style="never", null_value="\\N")
    return bytes(text, "utf-8")


def _prepared(blocks: Iterator[pl.DataFrame], table: RunTable) -> Iterator[tuple[bytes, str, pl.DataFrame]]:
    """Blocks as lines for the door of records, with the letter between cells, and as they were."""
    start = 0
    for block in blocks:
        texts = _texts(block, table)
        separator = _separator(texts)
        special = {name for name, text in texts.items() if _SPECIAL.search(text)}
        yield _record_lines(block, table, separator, special, start), separator, block
        start += block.height


def _separator(texts: Mapping[str, bytes]) -> str:
    letters = (chr(code) for code in _SEPARATORS if chr(code) not in _IN_TEXT)
    return next(letter for letter in letters if all(letter.encode() not in text for text in texts.values()))


def _texts(block: pl.DataFrame, table: RunTable) -> dict[str, bytes]:
    """All cells of each column as one text.

    Raises:
        CannotContinueError: there is U+0000 in one.
    """
    joined = block.select(pl.all().str.join("").cast(pl.Binary)).row(0) if block.width else ()
    texts: dict[str, bytes] = dict(zip(block.columns, joined, strict=True))
    for name, text in texts.items():
        if b"\x00" in text:
            raise CannotContinueError(
                f"{table.csv}: 項目「{name}」に制御文字 U+0000 があります a cell holds U+0000, which no database keeps",
                remedy="移行の補正規則で取り除き、移行をやり直してください",
            )
    return texts


def _record_lines(block: pl.DataFrame, table: RunTable, separator: str, special: set[str], start: int) -> bytes:
    escaped = block.with_columns(_escaped(name) for name in special)
    addressee = pl.lit(None, pl.String)
    if table.addressee_column in block.columns:
        addressee = pl.when(pl.col(table.addressee_column) != "").then(table.addressee_column)
    frame = escaped.select(
        pl.int_range(start, start + pl.len(), dtype=pl.Int64).alias("row"),
        addressee.alias("addressee"),
        pl.concat_str(list(_cells(set(block.columns), table.columns, separator)), separator=separator).alias("line"),
    )
    return _lines(frame)


def _cells(there: set[str], columns: Sequence[str], separator: str) -> Iterator[pl.Expr]:
    """Cells of a line; a run of items that are empty in the whole block is one constant."""
    empty = 0
    for name in columns:
        if name not in there:
            empty += 1
            continue
        if empty:
            yield pl.lit(separator * (empty - 1))
            empty = 0
        yield pl.col(name)
    if empty:
        yield pl.lit(separator * (empty - 1))


def _aside(block: pl.DataFrame, chosen: dict[str, str], ledger: int, start: int) -> pl.DataFrame:
    """The columns that play roles."""
    names = (
        (pl.col(item) if item in block.columns else pl.lit("", pl.String)).alias(role) for role, item in chosen.items()
    )
    return block.select(
        pl.int_range(start, start + pl.len(), dtype=pl.Int64).alias(ROW), pl.lit(ledger, pl.Int64).alias(LEDGER), *names
    )
