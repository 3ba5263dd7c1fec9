"""Standing (現況): what the link knows between two feeds. The chain in the outbox is the truth; this is beside it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields, replace
from threading import Lock
from typing import TYPE_CHECKING, Any

from yakuba.link.documents import read_document, write_document

if TYPE_CHECKING:
    from yakuba.link.place import Place


@dataclass(frozen=True, slots=True)
class Taken:
    """The feed that was sealed last. Times are UTC, ISO 8601.

    Attributes:
        name: of the arrival. claim: its folder's name, which begins with the moment. digest: of its files.
        kind: full or delta. sequence: 通番; 0 = it has none.
        as_of: moment of the data. arrived_at, sealed_at: our clock. number: its generation.
        rows: of every table after it, by "業務/グループ".
    """

    name: str
    claim: str
    digest: str
    kind: str
    sequence: int
    as_of: str
    arrived_at: str
    sealed_at: str
    number: int
    rows: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Intent:
    """Written down before sealing, so that a restart knows whether it had been done.

    Attributes:
        newest: number of the chain's newest entry before. taken: with number 0.
    """

    newest: int
    taken: Taken


@dataclass(frozen=True, slots=True)
class Standing:
    """See the attributes' classes.

    Attributes:
        taken: the last good copy. intent: what is being sealed. accepted: findings of weight error that a person let
            through, by "業務/グループ code"; later feeds may have as many. centre: fingerprint of the centre's key.
    """

    taken: Taken | None = None
    intent: Intent | None = None
    accepted: dict[str, int] = field(default_factory=dict)
    centre: str = ""


def load_standing(place: Place) -> Standing:
    """What was written last; nothing for a new link.

    Raises:
        CannotContinueError: the file is damaged.
    """
    found = read_document(place.standing) or {}
    taken, intent = found.get("taken"), found.get("intent")
    return Standing(
        taken=_taken(taken) if taken else None,
        intent=Intent(intent["newest"], _taken(intent["taken"])) if intent else None,
        accepted=dict(found.get("accepted", {})),
        centre=str(found.get("centre", "")),
    )


_TURN = Lock()
"""Taking and sending are two threads of one program."""


def change_standing(place: Place, **changes: Any) -> Standing:
    """Replace some of it, durably; gives the whole."""
    with _TURN:
        changed = replace(load_standing(place), **changes)
        write_document(place.standing, asdict(changed))
    return changed


def _taken(data: dict[str, Any]) -> Taken:
    return Taken(**{one.name: data[one.name] for one in fields(Taken)})
