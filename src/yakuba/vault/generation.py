"""Generation (世代): one 団体's tables at one moment, and the sealed objects that give it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from yakuba.kernel.errors import NotProvenError
from yakuba.vault.format.binding import Binding
from yakuba.vault.format.entry import REMEDY, Entry
from yakuba.vault.format.names import object_number
from yakuba.vault.format.times import moment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class StoredObject:
    """A sealed object, as the entry that it was made for names it.

    Attributes:
        entry: number of that entry. generation: what it belongs to. full: whether it gives the generation by itself; a
            delta needs the generation before. name, size, sha256: of the stored bytes.
        envelope: its key, sealed to the recipients. retain_until: no store deletes it before. binding: see `Binding`.
    """

    entry: int
    generation: int
    full: bool
    name: str
    size: int
    sha256: str
    envelope: str
    retain_until: datetime
    binding: Binding


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation, as far as it can be told without a secret.

    Attributes:
        number, digest: of its entry. kind: full or delta. as_of: moment of the data. written_at: moment of writing.
        base: number of the full one that it was counted from (its own when full). parent: number of the generation that
            its delta was taken against; its own when full. size: bytes that it added to the vault.
        retain_until: kept at least until. health: rows, rounded, by "業務/グループ". standard: selector of the layouts.
        pruned: it is given up, or cannot be put together any more. held: under legal hold (保存命令).
    """

    number: int
    digest: str
    kind: str
    as_of: datetime
    written_at: datetime
    base: int
    parent: int
    size: int
    retain_until: datetime
    health: Mapping[str, int]
    standard: str
    pruned: bool
    held: bool


def object_of(entry: Entry, generation: int, *, full: bool) -> StoredObject:
    """The object that an entry names.

    Raises:
        NotProvenError: its name is not one of this entry's.
    """
    fields: Mapping[str, Any] = entry.fields
    stored = fields["object"]
    if object_number(stored["name"]) != entry.number:
        problem = f"記入 entry {entry.number}: 別の記入の封印物を指しています names another entry's object"
        raise NotProvenError(problem, remedy=REMEDY)
    return StoredObject(
        entry=entry.number,
        generation=generation,
        full=full,
        name=stored["name"],
        size=int(stored["size"]),
        sha256=stored["sha256"],
        envelope=fields["sealed_key"],
        retain_until=moment(fields["retain_until"]),
        binding=Binding(fields["vault"], fields["municipality"], entry.number, fields["previous"]),
    )
