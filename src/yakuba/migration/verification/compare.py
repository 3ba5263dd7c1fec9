"""Comparison (突合): the written files, read again, against the source through the mapping, cell by cell.

Nothing of the writer is used: the files are parsed anew, the rows are found through the lineage, and only the
recorded corrections may make a cell differ from what the mapping gives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.migration.contracts import RECORD
from yakuba.migration.intake.ahead import ahead
from yakuba.migration.verification._cells import Cells
from yakuba.migration.verification._rows import Rows
from yakuba.migration.verification.comparison import NAMED, Comparison, ControlTotal, Misplaced
from yakuba.migration.verification.digest import ControlSum, decimal_text
from yakuba.migration.verification.overlay import KEY, Overlay
from yakuba.migration.verification.reread import CsvReread, ParquetReread
from yakuba.migration.verification.twin import Twin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from yakuba.migration.verification.digest import ColumnFacts
    from yakuba.migration.verification.written import Written


def compare_group(
    written: Written,
    expected: Iterable[pl.DataFrame],
    corrections: pl.DataFrame,
    dispositions: pl.DataFrame,
    *,
    base: Path,
) -> Comparison:
    """Compare one written group with what it must hold.

    Args:
        written: the files and items.
        expected: blocks of any size with the columns `source`, `#record` and items (String, never null; an item that
            is left out is "" everywhere): every row that the mapping gives for the group from the staged source,
            BEFORE cleansing, rejected and merged records included, in the order of writing.
        corrections: `contracts.CORRECTIONS`, in the order they were made (other groups' rows do no harm).
        dispositions: `contracts.REJECTED` (records that were rejected or merged).
        base: folder of the run; paths in the result are relative to it.

    Raises:
        NotProvenError: a file cannot be read at all.
    """
    work = _Work(written, corrections, dispositions)
    for block in ahead(iter(expected)):
        work.take(block)
    work.finish()
    return work.result(written, base)


def _parquet_facts(written: Written) -> tuple[ColumnFacts, ...]:
    reread = ParquetReread(written)
    for _ in reread:
        pass
    return reread.digest.facts()


class _Work:
    """The running state of one comparison."""

    def __init__(self, written: Written, corrections: pl.DataFrame, dispositions: pl.DataFrame) -> None:
        self.reread = CsvReread(written)
        self.overlay = Overlay(corrections, written.group)
        self.twin = Twin(written.parquet) if written.parquet else None
        # A category a row instead of a text: ten million rows must fit in memory.
        lineage = pl.scan_parquet(written.lineage).select(pl.col("source").cast(pl.Categorical), RECORD)
        self.rows = Rows(ahead(self._written()), lineage.collect(engine="streaming"))
        self.cells = Cells(written.csv.name, written.items)
        self.offered = self.merged = self.rejected = 0
        self._items = written.items
        held = dispositions.filter(pl.col(RECORD).is_not_null())
        self._held = held.select([*KEY, "disposition"]).unique(KEY, keep="first", maintain_order=True)
        numeric = [item for item in written.items if item in written.numeric]
        self._sums = {item: (ControlSum(), ControlSum(), ControlSum()) for item in numeric}

    def _written(self) -> Iterator[pl.DataFrame]:
        """Blocks of the CSV, each held against the Parquet on its way."""
        for block in self.reread.blocks():
            if self.twin:
                self.twin.compare(block)
            yield block

    def take(self, block: pl.DataFrame) -> None:
        """Compare the next expected rows; an item that is left out stays so unless a correction fills it."""
        there = {*block.columns, *self.overlay.items}
        items = [pl.col(item) if item in block else pl.lit("").alias(item) for item in self._items if item in there]
        block = block.select(*KEY, *items)
        self.offered += block.height
        kept = self._without_held(block)
        final = self.overlay.apply(kept)
        self._add(block, kept, final)
        for place in self.rows.places(final.select(KEY)):
            self.cells.compare(final, place)

    def _without_held(self, block: pl.DataFrame) -> pl.DataFrame:
        if self._held.is_empty():
            return block
        marked = block.select(KEY).join(self._held, on=KEY, how="left", maintain_order="left")["disposition"]
        self.merged += int((marked == "merged").sum())
        self.rejected += int(marked.is_not_null().sum()) - int((marked == "merged").sum())
        return block.filter(marked.is_null())

    def _add(self, block: pl.DataFrame, kept: pl.DataFrame, final: pl.DataFrame) -> None:
        """Control totals of the three stages; a stage that changed nothing is not summed again."""
        for item, (offered, before, after) in self._sums.items():
            if item not in block:
                continue
            added = offered.update(block[item])
            added = before.add(added) if kept.height == block.height else before.update(kept[item])
            if final is kept:
                after.add(added)
            else:
                after.update(final[item])

    def finish(self) -> None:
        """Look at what is left over on the written side."""
        self.rows.finish()

    def _twins(self, written: Written) -> tuple[tuple[ColumnFacts, ...], bool]:
        """Facts of the Parquet, and whether they are those of the CSV; only a differing one is digested by itself."""
        if self.twin is None:
            return (), True
        expected = self.reread.twin_facts()
        facts = expected if self.twin.finish() else _parquet_facts(written)
        return facts, facts == expected

    def result(self, written: Written, base: Path) -> Comparison:
        lost = self.overlay.unfounded.iter_rows()
        unfounded = tuple(Misplaced("correction", source, record, item=item) for source, record, item in lost)
        files = {"csv": written.csv, "parquet": written.parquet, "lineage": written.lineage}
        columns = self.reread.digest.facts()
        twin_columns, twins = self._twins(written)
        return Comparison(
            group=written.group,
            files={form: path.relative_to(base).as_posix() for form, path in files.items() if path is not None},
            offered=self.offered,
            loaded=self.rows.found,
            merged=self.merged,
            rejected=self.rejected,
            cells=self.cells.compared,
            corrected=self.overlay.cells,
            differing=self.cells.differing,
            differences=tuple(self.cells.named),
            misplaced=self.rows.misplaced + len(unfounded),
            misplacements=(*self.rows.named, *unfounded[: max(0, NAMED - len(self.rows.named))]),
            columns=columns,
            totals=tuple(self._total(facts.name, facts.total) for facts in columns if facts.name in self._sums),
            twin_columns=twin_columns,
            twins=twins,
        )

    def _total(self, item: str, written: str) -> ControlTotal:
        offered, before, after = (part.total for part in self._sums[item])
        corrected, held = after - before, offered - before
        texts = tuple(decimal_text(value) for value in (offered, corrected, held))
        balances = decimal_text(offered + corrected - held) == written
        return ControlTotal(item, texts[0], texts[1], written, texts[2], balances)
