"""Verify (検証): everything in a vault is read again; with an identity it is opened and counted again, too."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from yakuba.kernel.errors import NotProvenError
from yakuba.kernel.problem import Problem
from yakuba.kernel.progress import SILENT
from yakuba.vault.chain import chain_of, raw_entries
from yakuba.vault.format.names import ENTRIES, entry_name
from yakuba.vault.keys import open_identity
from yakuba.vault.services.objects import changed, opening
from yakuba.vault.services.oddities import NOTES, odd_times, rolled_back, strays
from yakuba.vault.store import open_store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from yakuba.kernel.progress import Progress
    from yakuba.vault.chain import Chain
    from yakuba.vault.store import Store


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found.

    Attributes:
        findings: what is not as it was written; see `NOTES`. generations: that can be restored. objects, bytes: read.
        rows: of the newest generation, counted again; 0 without an identity. opened: whether it was opened.
        head: digest of the newest entry. signers: fingerprints of the keys that wrote.
    """

    findings: tuple[Problem, ...]
    generations: int = 0
    objects: int = 0
    bytes: int = 0
    rows: int = 0
    opened: bool = False
    head: str = ""
    signers: tuple[str, ...] = field(default=())

    @property
    def proven(self) -> bool:
        """Whether everything holds."""
        return all(one.code in NOTES for one in self.findings)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return {**asdict(self), "proven": self.proven}


def verify(
    place: str,
    *,
    identity: Path | None = None,
    signer: str | None = None,
    expect_head: str | None = None,
    progress: Progress = SILENT,
) -> Verdict:
    """Read a vault whole.

    Args:
        identity: opens it: every seal, every row. None: signatures, links, digests of the stored bytes alone.
        signer: fingerprint of a key that must have written. expect_head: digest of an entry that must be in the chain,
            from a receipt or another copy: a vault that was put back to an older state lacks it.

    Raises:
        UsageError: there is no vault. CannotContinueError: the store or the identity cannot be read.
    """
    store = open_store(place)
    key = open_identity(identity) if identity is not None else None
    chain, findings = _chain(store, signer)
    if chain is None:
        return Verdict(tuple(findings))
    findings += rolled_back(chain, expect_head)
    findings += odd_times(chain, min(datetime.now(UTC), store.now()))
    findings += strays(store, chain)
    bad = list(changed(store, chain, progress))
    rows, unopened = opening(store, chain, key, {one.file for one in bad}, progress) if key else (0, [])
    return Verdict(
        findings=(*findings, *bad, *unopened),
        generations=len(chain.kept),
        objects=len(chain.objects),
        bytes=sum(one.size for one in chain.objects),
        rows=rows,
        opened=key is not None,
        head=chain.head,
        signers=tuple(dict.fromkeys(str(entry.fields["signer"]) for entry in chain.entries)),
    )


def _chain(store: Store, signer: str | None) -> tuple[Chain | None, list[Problem]]:
    """The chain; where an entry is bad, the part before it, so that the rest is looked at nevertheless."""
    raw, missing = raw_entries(store)
    findings = [_problem("missing", ENTRIES, missing)] if missing else []
    if not raw:
        return None, findings
    try:
        return chain_of(raw, signer=signer), findings
    except NotProvenError as error:
        good = _holds(raw)
        if good == len(raw):  # the chain holds; it is the signer who is another
            return None, [_problem("signer", ENTRIES, error)]
        findings.insert(0, _problem("chain", entry_name(good), error))
        return (chain_of(raw[:good]) if good else None), findings


def _holds(raw: Sequence[bytes]) -> int:
    """How many entries from the first on hold together."""
    low, high = 0, len(raw)
    while low < high:
        middle = (low + high + 1) // 2
        try:
            chain_of(raw[:middle])
            low = middle
        except NotProvenError:
            high = middle - 1
    return low


def _problem(code: str, name: str, error: NotProvenError) -> Problem:
    return Problem(code, name, "", f"{error.message}。{error.remedy}", str(error))
