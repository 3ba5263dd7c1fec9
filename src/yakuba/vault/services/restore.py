"""Restore (復元): a generation as the folder of standard-layout CSV that it was taken of. Needs no database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.kernel.progress import SILENT
from yakuba.vault.services.folder import describe, new_folder, write_attachments, write_table
from yakuba.vault.services.reading import Wanted, open_generation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from yakuba.kernel.progress import Progress


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore wrote.

    Attributes:
        number: of the generation. as_of: moment of its data. rows: written. tables: rows by "業務/グループ".
        head: digest of the newest entry, to compare with the sender's. signer: fingerprint of who signed it.
        warnings: what to look at, for a person.
    """

    number: int
    as_of: datetime
    rows: int
    tables: Mapping[str, int]
    head: str
    signer: str
    warnings: tuple[str, ...]


def restore(
    place: str,
    number: int | None = None,
    *,
    identity: Path,
    out: Path,
    tables: Sequence[str] = (),
    as_of: datetime | None = None,
    signer: str | None = None,
    upto: int | None = None,
    progress: Progress = SILENT,
) -> Restored:
    """Write a generation to a new folder, every table counted and digested again; whole, or nothing.

    Args:
        number, as_of, signer, upto: see `Wanted`. identity: file with the secret, or the folder of keys that has it.
        tables: "業務/グループ" of those to write; all when empty.

    Raises:
        UsageError: the folder is not empty; no such vault, generation or table.
        NotProvenError: it does not verify. CannotContinueError: the disk is full, or the store cannot be read.
    """
    opened = open_generation(place, Wanted(number, as_of, signer, upto), identity)
    chosen = [opened.contents.table(name) for name in dict.fromkeys(tables or opened.contents.names)]
    progress.stage("復元 restore", len(chosen), "tables")
    with new_folder(out) as folder:
        for table in chosen:
            write_table(folder, table, table.csv())
            progress.advance(1)
        if not tables:
            write_attachments(folder, opened.contents.attachments())
        describe(folder, opened, [(table, table.digest.rows) for table in chosen])
    found, rows = opened.generation, {table.name: table.digest.rows for table in chosen}
    return Restored(
        number=found.number,
        as_of=found.as_of,
        rows=sum(rows.values()),
        tables=rows,
        head=opened.chain.head,
        signer=str(opened.chain.entries[found.number].fields["signer"]),
        warnings=opened.warnings,
    )
