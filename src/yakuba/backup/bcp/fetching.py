"""Fetching (世代の取出し): which generation of a vault, and its tables as a load takes them, the counter's first."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from yakuba.kernel.errors import UsageError
from yakuba.kernel.progress import SILENT
from yakuba.kernel.town_time import JAPAN
from yakuba.vault.chain import read_chain
from yakuba.vault.services.restore import restore
from yakuba.vault.store import open_store
from yakuba.vault.tables.pictures import BUSINESS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from yakuba.kernel.progress import Progress
    from yakuba.vault.chain import Chain
    from yakuba.vault.generation import Generation
    from yakuba.vault.services.restore import Restored

FIRST = ("住民基本台帳", "住登外者宛名番号管理", "住登外管理", "印鑑登録", BUSINESS)
"""Businesses that the counter needs before all others: whom there is, their seals and the imprints of these."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a generation comes from.

    Attributes:
        place: of the vault. identity: file of the key that opens it. signer: fingerprint that must have signed, None
            takes any. municipality: whose vault it must be.
    """

    place: str
    identity: Path
    municipality: str
    signer: str | None = None

    def chain(self) -> Chain:
        """The vault's chain, verified.

        Raises:
            UsageError: no vault there, or another municipality's. NotProvenError: the chain does not verify.
        """
        found = read_chain(open_store(self.place), signer=self.signer)
        if found.municipality != self.municipality:
            raise UsageError(
                f"団体 {found.municipality} の保管庫です the vault of another municipality than {self.municipality}",
                remedy="--municipality と --vault を確かめてください",
            )
        return found


def chosen(chain: Chain, *, as_of: date | None = None, number: int | None = None) -> Generation:
    """The newest generation whose data are not younger than the end of a day (日本時間); or the one of a number.

    Raises:
        UsageError: there is none.
    """
    if number is not None or as_of is None:
        return chain.generation(number)
    end = datetime.combine(as_of + timedelta(days=1), time(), JAPAN).astimezone(UTC)
    fitting = [one for one in chain.kept if one.as_of < end]
    if not fitting:
        raise UsageError(
            f"{as_of} までの世代がありません no generation that old",
            remedy="yakuba vault list で世代を確かめてください",
        )
    return max(fitting, key=lambda one: (one.as_of, one.number))


def parted(generation: Generation) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of the tables ("業務/グループ") that the counter needs first, and of the others."""
    first = tuple(name for name in generation.health if name.partition("/")[0] in FIRST)
    return first, tuple(name for name in generation.health if name not in first)


def fetch(source: Source, number: int, out: Path, tables: Sequence[str] = (), progress: Progress = SILENT) -> Restored:
    """Restore some tables of a generation into a new folder that only its owner can read; () = all.

    Raises:
        NotProvenError: something in the vault is not what was written. CannotContinueError: key, place or disk.
    """
    if out.exists():
        shutil.rmtree(out)
    out.mkdir(parents=True, mode=0o700)
    return restore(
        source.place, number, identity=source.identity, out=out, tables=tables, signer=source.signer, progress=progress
    )
