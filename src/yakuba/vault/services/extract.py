"""Extract (抜き出し): what one person's records were on a day. Only the parts that may hold them are decoded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.kernel.errors import UsageError
from yakuba.kernel.progress import SILENT
from yakuba.layouts.csv_text import csv_text, header
from yakuba.vault.services.folder import describe, new_folder, write_table
from yakuba.vault.services.reading import Wanted, open_generation
from yakuba.vault.services.restore import Restored, restore

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from yakuba.kernel.progress import Progress


def extract(
    place: str,
    number: int | None = None,
    *,
    identity: Path,
    out: Path,
    table: str = "",
    addressee: str = "",
    as_of: datetime | None = None,
    signer: str | None = None,
    upto: int | None = None,
    progress: Progress = SILENT,
) -> Restored:
    """Write one table, or the rows of one person, in the form of a restore.

    Args:
        table: "業務/グループ". addressee: 宛名番号; rows are taken that have it in any column of such numbers.
            With both, that person's rows of that table.

    Raises:
        UsageError: neither is given; or as for `restore`, whose other arguments and errors these are.
    """
    if not addressee:
        if not table:
            remedy = "--table か --addressee を指定してください give one of them"
            raise UsageError("何を抜き出すか指定がありません nothing to extract", remedy=remedy)
        return restore(place, number, identity=identity, out=out, tables=[table], as_of=as_of, signer=signer, upto=upto,
                       progress=progress)  # fmt: skip
    opened = open_generation(place, Wanted(number, as_of, signer, upto), identity)
    chosen = [opened.contents.table(name) for name in ([table] if table else opened.contents.names)]
    progress.stage("抜き出し extract", len(chosen), "tables")
    found = []
    with new_folder(out) as folder:
        for one in chosen:
            rows = one.about(addressee)
            if rows.height:
                write_table(folder, one, [header(one.columns), csv_text(rows, one.columns)])
                found.append((one, rows.height))
            progress.advance(1)
        describe(folder, opened, found, extract="addressee")
    counts = {one.name: rows for one, rows in found}
    generation = opened.generation
    return Restored(
        number=generation.number,
        as_of=generation.as_of,
        rows=sum(counts.values()),
        tables=counts,
        head=opened.chain.head,
        signer=str(opened.chain.entries[generation.number].fields["signer"]),
        warnings=opened.warnings,
    )
