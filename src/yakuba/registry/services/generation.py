"""A restored generation (世代) as a load sees it: its files are held against the digests that the vault has proven.

While a file is copied into the registry, the digest of its rows is reckoned anew and compared with the one that came,
sealed, out of the vault. generation.json itself is not signed: it counts only where it was written just now.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from yakuba.kernel.canonical import canonical
from yakuba.kernel.errors import CannotContinueError
from yakuba.kernel.town_time import JAPAN
from yakuba.migration.verification.reread import CsvReread
from yakuba.migration.verification.written import Written
from yakuba.registry.roles import table_of
from yakuba.registry.services.run_folder import (
    MAPPING,
    RESERVE,
    RESERVE_LAYOUT,
    RunFolder,
    RunTable,
    addressee_column,
    source_columns,
)
from yakuba.vault.tables.digest import TableDigest, row_digests
from yakuba.vault.tables.parse import rendered

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import polars as pl

    from yakuba.registry.services.proofs import Reading

FILE = "generation.json"


@dataclass(frozen=True, slots=True)
class Digested:
    """What the vault says of a table. See `proofs.Proof`.

    Attributes:
        salt: of the digests. digest: number of rows, and the sum of their digests.
    """

    salt: str
    digest: TableDigest

    def reading(self, name: str, columns: tuple[str, ...], path: Path) -> Reading:
        """See `Proof`."""
        return _DigestedReading(CsvReread(Written(name, columns, path, path)), columns, self)


@dataclass(slots=True)
class _DigestedReading:
    """A reading whose rows are digested as the vault does it."""

    reread: CsvReread
    columns: tuple[str, ...]
    proven: Digested
    found: TableDigest = field(default_factory=TableDigest)

    def blocks(self) -> Iterator[pl.DataFrame]:
        for block in self.reread.blocks():
            texts = rendered(block, self.columns)
            self.found = self.found.plus(TableDigest.of(row_digests(texts, self.proven.salt)))
            yield block

    def holds(self) -> bool:
        return self.found == self.proven.digest

    def filled(self) -> int:
        return sum(facts.filled for facts in self.reread.digest.facts())


def generation(folder: Path) -> RunFolder:
    """The tables that were restored into a folder just now, by `vault.services.restore`.

    Raises:
        CannotContinueError: it is no such folder.
    """
    try:
        said = json.loads((folder / FILE).read_text("utf-8"))
        return _folder(folder, said)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CannotContinueError(
            f"{folder}: 復元した世代のフォルダではありません no restored generation",
            remedy="yakuba vault restore からやり直してください",
        ) from error


def _folder(folder: Path, said: dict[str, Any]) -> RunFolder:
    tables = tuple(_table(folder, one, str(said["salt"])) for one in said["tables"])
    names = [f"{table.business}/{table.title}" for table in tables]
    # The counter's tables and the rest are loads of their own, each to be taken in once.
    head = sha256(canonical([said["vault"], said["generation"], said["entry"], names])).hexdigest()
    return RunFolder(
        head=head,
        signer=str(said["signer"]),
        municipality=str(said["municipality"]),
        standard=str(said["standard"]),
        as_of=datetime.fromisoformat(said["as_of"]).astimezone(JAPAN).date(),
        tables=tables,
    )


def _table(folder: Path, said: dict[str, Any], salt: str) -> RunTable:
    business, _, title = str(said["name"]).partition("/")
    path = folder / said["file"]
    with path.open(encoding="utf-8", newline="") as stream:
        columns = tuple(next(csv.reader(stream)))
    reserve = business == RESERVE
    rows = int(said["sent"])
    return RunTable(
        layout=RESERVE_LAYOUT if reserve else str(said["layout"]),
        group=path.name.removesuffix(".csv"),
        business=business,
        title=title,
        folder=path.parent.name,
        csv=path,
        columns=columns,
        rows=rows,
        proof=Digested(salt, TableDigest.parse(rows, said["digest"])),
        roles="" if reserve else table_of(business, title),
        addressee_column=_unmapped(folder).get(title, "") if reserve else addressee_column(columns),
    )


def _unmapped(folder: Path) -> dict[str, str]:
    """As for a run folder; a generation that came from an export has no mapping, and then nobody knows."""
    return source_columns(folder) if (folder / MAPPING).is_file() else {}
