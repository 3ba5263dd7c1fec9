"""The chain (ハッシュチェーン): every entry's hash covers the one before it. Here it is checked, in Python.

The database makes the hashes (`chain.sql`); that this file computes them again with another implementation is what
makes the check independent of whoever could change a function in the database.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from yakuba.tenancy.audit.digest import Digest, digests
from yakuba.tenancy.audit.log import home
from yakuba.tenancy.models import AuditEntry, AuditHead

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from yakuba.tenancy.acting import Actor

_VERSION = "yakuba audit 1\n"


@dataclass(frozen=True, slots=True)
class Problem:
    """A place where a log is not what it was when it was written. number: of the entry, 0 = none in particular."""

    number: int
    what: str


def verify(actor: Actor, anchored: Sequence[Digest] = ()) -> list[Problem]:
    """Check the actor's whole log; the first problem names the first entry that was tampered with.

    Args:
        anchored: digests that were kept outside: what no change inside the database can reach.

    Returns:
        Nothing when all is well. After a broken link only that link is reported, not all that hang on it.
    """
    with home(actor):
        found: list[Problem] = []
        known = _wanted([*digests(actor), *anchored])
        last, last_hash = 0, ""
        for row in AuditEntry.objects.filter(number__isnull=False).order_by("number").iterator(5000):
            assert row.number is not None
            found += _entry(row, last, last_hash)
            found += _digest(row.number, row.hash, known)
            last, last_hash = row.number, row.hash
        found += [
            Problem(number, f"ダイジェスト（{digest.day}）にある{number}番の記録がありません")
            for number in sorted(known)
            if number > last
            for digest in known[number]
        ]
        found += _head(last, last_hash)
    return sorted(dict.fromkeys(found), key=lambda problem: problem.number)


def _entry(row: AuditEntry, last: int, last_hash: str) -> Iterator[Problem]:
    assert row.number is not None
    if entry_hash(row) != row.hash:
        yield Problem(row.number, f"{row.number}番の記録が書かれたときと違います")
    elif row.number != last + 1:
        yield Problem(last + 1, f"{last + 1}番の記録がありません（次は{row.number}番）")
    elif row.previous != last_hash:
        # The entry is sound and remembers another predecessor: that one was changed and its hash made anew.
        yield Problem(last, f"{last}番の記録が、次の記録が覚えているものと違います")


def _digest(number: int, value: str, known: Mapping[int, Sequence[Digest]]) -> Iterator[Problem]:
    for digest in known.get(number, ()):
        if digest.hash != value:
            yield Problem(number, f"{number}番の記録がダイジェスト（{digest.day}）と合いません")


def _head(last: int, last_hash: str) -> Iterator[Problem]:
    head = AuditHead.objects.first()
    number, value = (head.number, head.hash) if head else (0, "")
    if number > last:
        yield Problem(last + 1, f"{last + 1}番から{number}番までの記録がありません")
    elif (number, value) != (last, last_hash):
        yield Problem(last, f"現在位置（{number}番）が最後の記録（{last}番）と合いません")


def _wanted(all_digests: Sequence[Digest]) -> dict[int, list[Digest]]:
    by_number: dict[int, list[Digest]] = {}
    for digest in all_digests:
        if digest.entries:
            by_number.setdefault(digest.entries, []).append(digest)
    return by_number


def entry_hash(row: AuditEntry) -> str:
    """The hash an entry has to have, hex; the same as tenancy_audit_hash in chain.sql."""
    scope = row.municipality_id or f"group {row.group_id}"
    moment = row.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    head = (scope, str(row.number), moment, row.actor, row.name, row.place, row.action, row.subject, row.reason)
    fields = (*head, row.detail, str(len(row.items)), *row.items, row.previous)
    return hashlib.sha256((_VERSION + "".join(map(_field, fields))).encode()).hexdigest()


def _field(text: str) -> str:
    return f"{len(text.encode())}:{text},"
