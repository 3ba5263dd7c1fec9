"""Reading (世代を開く): which generation is meant, opened; what restore and extract have in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from yakuba.kernel.errors import NotProvenError
from yakuba.vault.chain import read_chain
from yakuba.vault.clock import APART
from yakuba.vault.format.entry import REMEDY
from yakuba.vault.format.times import stamp
from yakuba.vault.keys import open_identity
from yakuba.vault.sealed import open_layers
from yakuba.vault.store import open_store
from yakuba.vault.tables.contents import Contents

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.vault.chain import Chain
    from yakuba.vault.generation import Generation


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which generation: of a `number`, or the newest with data not after `as_of`; the newest of all for neither.

    Attributes:
        signer: fingerprint of a key that must have written to the vault. upto: last entry to read, see `read_chain`.
    """

    number: int | None = None
    as_of: datetime | None = None
    signer: str | None = None
    upto: int | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """An opened generation. `warnings` are what a person should know before trusting it."""

    chain: Chain
    generation: Generation
    contents: Contents
    warnings: tuple[str, ...]


def open_generation(place: str, wanted: Wanted, identity: Path) -> Opened:
    """Open a generation; its tables are read when they are asked for.

    Raises:
        UsageError: no vault, no such generation. NotProvenError: it does not verify, or the identity does not fit.
        CannotContinueError: the store or the identity's file cannot be read.
    """
    store, key = open_store(place), open_identity(identity)
    chain = read_chain(store, signer=wanted.signer, upto=wanted.upto)
    found = chain.generation(wanted.number)
    if wanted.number is None and wanted.as_of is not None:
        found = chain.generation_at(wanted.as_of)
    contents = Contents(open_layers(store, chain, found.number, key))
    inside = (contents.municipality, stamp(contents.as_of), contents.standard)
    if inside != (chain.municipality, stamp(found.as_of), found.standard):
        problem = f"世代 generation {found.number}: 中身が記入と合いません its content is of another 団体 or moment"
        raise NotProvenError(problem, remedy=REMEDY)
    return Opened(chain, found, contents, _warnings(found))


def _warnings(generation: Generation) -> tuple[str, ...]:
    if max(generation.as_of, generation.written_at) <= datetime.now(UTC) + APART:
        return ()
    later = f"世代 generation {generation.number}: 日時が未来です（{stamp(generation.written_at)}） dated in the future"
    return (f"{later}。この機械か送った機械の時計を確かめてください check the clocks",)
