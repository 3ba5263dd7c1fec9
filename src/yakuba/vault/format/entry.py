"""Entry (台帳の記入): two lines, canonical JSON and a signature over it; written once, never changed."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from yakuba.kernel.canonical import canonical
from yakuba.kernel.errors import NotProvenError
from yakuba.vault.format.times import moment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from yakuba.vault.keys import Signer

FORMAT = "yakuba-vault-1"
START = "0" * 64
"""`previous` of entry 0."""
LARGEST = 1 << 24
"""Bytes of the largest entry that is read: an entry is some kilobytes; more is an attack on memory."""
REMEDY = (
    "写し（第二センター・媒体）から戻してください。それまでは --upto でその前まで使えます "
    "put back the copy from the second centre; until then --upto reads what comes before"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry.

    Attributes:
        number: from 0. kind: init, full, delta, keys, hold, release, prune, compact. written_at: by its writer's clock.
        fields: the whole first line. digest: SHA-256 of the file, hex. raw: the file.
        text: the first line without its end: what is signed. signature: over it.
    """

    number: int
    kind: str
    written_at: datetime
    fields: Mapping[str, Any]
    digest: str
    raw: bytes
    text: bytes
    signature: bytes


def render(fields: Mapping[str, Any], signer: Signer) -> bytes:
    """The file of an entry."""
    text = canonical(dict(fields))
    return text + b"\n" + base64.b64encode(signer.sign(text)) + b"\n"


def parse(raw: bytes, number: int) -> Entry:
    """An entry out of its file; its signature is not looked at here.

    Raises:
        NotProvenError: it is none, or is not entry `number`.
    """
    try:
        text, spelled, end = raw.split(b"\n")
        fields, signature = json.loads(text), base64.b64decode(spelled, validate=True)
        # Base64 leaves bits over in its last letter: without this one signature had sixteen spellings.
        whole = not end and len(raw) <= LARGEST and (canonical(fields), base64.b64encode(signature)) == (text, spelled)
        if not whole or fields["format"] != FORMAT or fields["number"] != number:
            raise ValueError  # noqa: TRY301 - every way to be no entry ends in the same sentence
        return Entry(
            number=number,
            kind=str(fields["kind"]),
            written_at=moment(fields["written_at"]),
            fields=fields,
            digest=hashlib.sha256(raw).hexdigest(),
            raw=raw,
            text=text,
            signature=signature,
        )
    except (ValueError, KeyError, TypeError, RecursionError, binascii.Error) as error:
        raise NotProvenError(
            f"記入 entry {number}: 壊れています is damaged or of another form", remedy=REMEDY
        ) from error
