"""Accounting (件数): every record of the dump is loaded, merged or rejected, and the program can say which.

It is not only numbers that are compared: the set of records of a source must be the disjoint union of the records
that the lineage names and of those that have a disposition.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from yakuba.kernel.errors import NotProvenError
from yakuba.migration.contracts import FILE, LINE, RECORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from yakuba.migration.contracts import Staged

PLACE = [FILE, LINE]
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class FileAccount:
    """Where the records of one input file went. `records` = `loaded` + `merged` + `rejected`.

    `unread` of the rejected ones could not even be read; `first` and `last` are the numbers (`#record`) of the
    readable ones, 0 when there are none.
    """

    path: str
    records: int
    loaded: int
    merged: int
    rejected: int
    unread: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Account:
    """Where the records of one source went: its files, and their sum."""

    source: str
    files: tuple[FileAccount, ...]

    def total(self, field: str) -> int:
        """Sum of one field over the files ("records", "loaded", "merged", "rejected", "unread")."""
        return sum(int(getattr(file, field)) for file in self.files)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for the evidence."""
        sums = {field: self.total(field) for field in ("records", "loaded", "merged", "rejected", "unread")}
        return {"source": self.source, "files": [asdict(file) for file in self.files], **sums}


def loaded_records(lineages: Iterable[pl.DataFrame], source: str) -> pl.Series:
    """Distinct records of a source that at least one written row comes from."""
    parts = [frame.filter(pl.col("source") == source)[RECORD].cast(pl.UInt64) for frame in lineages]
    numbers = pl.concat(parts) if parts else pl.Series(RECORD, [], dtype=pl.UInt64)
    return numbers if _rising(numbers) else numbers.unique()


def _rising(numbers: pl.Series) -> bool:
    """Whether every number is greater than the one before: then they are distinct, and no table of them is needed."""
    return not (numbers.shift(1) >= numbers).any()


def kept_rejects(out: Path, source: str) -> int:
    """Records of a source that OUT/rejected keeps verbatim, with their reasons; 0 when it keeps none."""
    path = out / "rejected" / f"{source}.parquet"
    return int(pl.scan_parquet(path).select(pl.len()).collect().item()) if path.is_file() else 0


def account(staged: Staged, lineages: Sequence[pl.DataFrame], dispositions: pl.DataFrame) -> Account:
    """Account for every record of one source.

    Args:
        staged: what intake left of the source.
        lineages: `source` and `#record` of all written rows, one frame per group.
        dispositions: `contracts.REJECTED`, unreadable records included (found by file and line).

    Raises:
        NotProvenError: a record has no destination, two, or one that nobody read; the message names the first ones.
    """
    name = staged.source.name
    mine = dispositions.filter(pl.col("source") == name)
    unread = pl.read_parquet(staged.rejects, columns=PLACE)
    read = _numbers(staged)
    refused = mine.join(unread, on=PLACE, how="semi")
    held = mine.join(unread, on=PLACE, how="anti")
    if refused.height != unread.height or (refused["disposition"] != "rejected").any():
        raise NotProvenError(f"{name}: {unread.height} unreadable records, but {refused.height} are handed back")
    loaded = loaded_records(lineages, name)
    _partition(name, read, loaded, held)
    marked = read.with_columns(
        loaded=~pl.col(RECORD).is_in(held[RECORD].implode()),
        merged=pl.col(RECORD).is_in(held.filter(pl.col("disposition") == "merged")[RECORD].implode()),
    )
    return Account(name, tuple(_per_file(staged, marked, unread)))


def _numbers(staged: Staged) -> pl.DataFrame:
    parts = [pl.read_parquet(part, columns=[RECORD, FILE]) for part in staged.parts]
    empty = pl.DataFrame(schema={RECORD: pl.UInt64(), FILE: pl.UInt16()})
    return pl.concat([empty, *parts])


def _partition(name: str, read: pl.DataFrame, loaded: pl.Series, held: pl.DataFrame) -> None:
    """Whether the records read are the disjoint union of those loaded and those held back."""
    places = pl.concat([loaded.to_frame(RECORD), held.select(RECORD)])
    if _rising(read[RECORD]) and places[RECORD].sort().equals(read[RECORD]):
        return
    twice = places.filter(pl.col(RECORD).is_duplicated())[RECORD].unique()
    lost = read.join(places, on=RECORD, how="anti")[RECORD]
    unknown = places.join(read, on=RECORD, how="anti", nulls_equal=True)[RECORD]
    found = (("without destination", lost), ("with two destinations", twice), ("that nobody read", unknown))
    wrong = [f"{some.len()} records {what} ({_some(some)})" for what, some in found if some.len()]
    if wrong or read[RECORD].n_unique() != read.height:
        raise NotProvenError(f"{name}: {'; '.join(wrong) or 'record numbers are not unique'}")


def _some(records: pl.Series) -> str:
    shown = ", ".join(str(number) for number in records.sort().head(_SHOWN))
    return shown + (", …" if records.len() > _SHOWN else "")


def _per_file(staged: Staged, marked: pl.DataFrame, unread: pl.DataFrame) -> Iterable[FileAccount]:
    for index, facts in enumerate(staged.files):
        rows = marked.filter(pl.col(FILE) == index)
        refused = unread.filter(pl.col(FILE) == index).height
        if facts.records != rows.height + refused:
            raise NotProvenError(f"{facts.path}: {facts.records} records counted, {rows.height + refused} found")
        loaded, merged = int(rows["loaded"].sum()), int(rows["merged"].sum())
        ends = (int(rows[RECORD].min()), int(rows[RECORD].max())) if rows.height else (0, 0)  # type: ignore[arg-type]
        rejected = rows.height - loaded - merged + refused
        yield FileAccount(facts.path, facts.records, loaded, merged, rejected, refused, *ends)
