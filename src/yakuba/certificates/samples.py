"""Samples (見本): the hard cases of every kind, from `cases.yaml` of its folder and the shared cast of samples.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from yakuba.certificates import proof
from yakuba.certificates.kinds import KINDS, Kind, kinds
from yakuba.certificates.record import Issuer, Look, Order, Record
from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from yakuba.certificates.compose import Composed

_BASE = "https://example.invalid/V"
_CAST = Path(__file__).resolve().parent / "samples.yaml"
SEAL = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120" fill="none" stroke="#000">'
    b'<rect x="4" y="4" width="112" height="112" stroke-width="5"/>'
    b'<path stroke-width="6" d="M22 22v76M22 36h28v-14M50 22v76M22 62h28"/>'
    b'<path stroke-width="6" d="M66 22h32M66 42h32M66 62h32M66 22v76M98 22v76M66 98h32"/>'
    b"</svg>"
)
"""A 公印 that belongs to nobody."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One case.

    Attributes:
        kind, name, why: what it is for. order, record, issuer, look: what is drawn.
        refused: codes of the findings it must be refused with; empty = it is drawn.
    """

    kind: Kind
    name: str
    why: str
    order: Order
    record: Record
    issuer: Issuer
    look: Look
    refused: tuple[str, ...]


def samples(root: Path = KINDS) -> tuple[Sample, ...]:
    """Every case of every kind, in the order of the files.

    Raises:
        UsageError: a file cannot be meant.
    """
    return tuple(sample for kind in kinds(root).values() for sample in samples_of(kind))


def samples_of(kind: Kind) -> tuple[Sample, ...]:
    """The cases of one kind."""
    path = kind.folder / "cases.yaml"
    try:
        return tuple(_sample(kind, raw, number) for number, raw in enumerate(_read(path), start=1))
    except (KeyError, TypeError) as error:
        raise UsageError(
            f"{path}: {error} is missing or not what is meant", remedy="see another kind's cases"
        ) from error


def sample_proof(composed: Composed) -> str:
    """Text for the 2D code of a sample: signed with a key that everybody can make, so that it proves nothing."""
    key = Ed25519PrivateKey.from_private_bytes(sha256(b"sample of Yakuba").digest())
    return proof.url(_BASE, proof.payload(composed.order, composed, key))


def _read(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise UsageError(f"{path}: cannot be read ({error.__class__.__name__})") from error


@cache
def _cast() -> dict[str, Any]:
    found: dict[str, Any] = _read(_CAST)
    return found


def _sample(kind: Kind, raw: dict[str, Any], number: int) -> Sample:
    cast = _cast()
    people = tuple(_person(one) for one in raw["people"])
    tables = {name: tuple(rows) for name, rows in raw.get("tables", {}).items()}
    if again := raw.get("repeat"):
        tables[again["table"]] = (again["row"],) * again["times"]
    members = tuple(person["宛名番号"] for person in people)
    order = Order(
        request=f"00000000-0000-4000-8000-{number:012}",
        municipality=cast["municipality"],
        kind=kind.identifier,
        subject=members[0],
        members=members,
        choices=raw.get("choices", {}),
        number=cast["number"],
        issued_on=cast["issued_on"],
    )
    images = dict.fromkeys(raw.get("images", {}), SEAL)
    record = Record(people, raw.get("household", {}), tables, images)
    look = Look(**raw.get("look", {}))
    issuer = Issuer(**cast["issuer"], seal=SEAL)
    return Sample(kind, raw["name"], raw["why"], order, record, issuer, look, tuple(raw.get("refused", ())))


def _person(raw: str | dict[str, str]) -> dict[str, str]:
    """A person of the cast by name, or one `like` it with other items."""
    given = {"like": raw} if isinstance(raw, str) else dict(raw)
    cast = _cast()
    return {**cast["person"], **cast["people"][given.pop("like")], **given}
