"""Listing (世代の一覧): what a vault says of itself to anyone, without any secret."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from yakuba.kernel.fingerprint import fingerprint
from yakuba.vault.chain import read_chain
from yakuba.vault.format.times import stamp
from yakuba.vault.store import open_store

if TYPE_CHECKING:
    from yakuba.vault.chain import Chain
    from yakuba.vault.generation import Generation


@dataclass(frozen=True, slots=True)
class Listing:
    """A vault at a moment. `now` is this machine's clock, against which ages are told; `warnings` are of its store."""

    chain: Chain
    now: datetime
    warnings: tuple[str, ...] = ()

    def age_hours(self, one: Generation) -> int:
        """Whole hours since the moment of a generation's data."""
        return int((self.now - one.as_of).total_seconds() // 3600)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        chain = self.chain
        return {
            "municipality": chain.municipality,
            "vault": chain.vault,
            "head": chain.head,
            "signers": [fingerprint(bytes.fromhex(public)) for public in chain.signers],
            "recipients": list(chain.recipients),
            "warnings": list(self.warnings),
            "bytes": sum(one.size for one in chain.objects),
            "generations": [self._line(one) for one in chain.generations],
        }

    def _line(self, one: Generation) -> dict[str, Any]:
        return {
            "number": one.number,
            "kind": one.kind,
            "as_of": stamp(one.as_of),
            "written_at": stamp(one.written_at),
            "age_hours": self.age_hours(one),
            "size": one.size,
            "rows_rounded": sum(one.health.values()),
            "retain_until": stamp(one.retain_until),
            "hold": self.chain.holds.get(one.number, ""),
            "pruned": one.pruned,
        }


def listing(place: str, *, signer: str | None = None, upto: int | None = None) -> Listing:
    """The generations of a vault. Arguments and errors as for `read_chain`."""
    store = open_store(place)
    return Listing(read_chain(store, signer=signer, upto=upto), datetime.now(UTC), store.warnings())
