"""Inner tag (内部タグ): what a finished document says of the request it was drawn for.

The tag is written while drawing, into the keywords of the document (PDF/A keeps them twice, in the document's
information and in its XMP), and read by `guard` from the bytes that are about to leave. It names no person: the
addressee numbers are hidden behind a keyed hash, which also takes in the request, so that two papers of one person
cannot be seen to belong together.

Whose paper it is comes from the record that was drawn, not from the order: a record fetched for somebody else gives
another hash than the order does.
"""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64Error
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yakuba.certificates.record import Order, Record

PREFIX = "yakuba-tag-1:"
"""Begins every tag; the number is the version of the form."""

PERSON = "宛名番号"
"""Item of a record that says who a person is."""

_KEYED_DIGITS = 32


@dataclass(frozen=True, slots=True)
class Tag:
    """What a document says of itself.

    Attributes:
        request: identifier of the request. municipality: 団体コード.
        subject_key: keyed hash of whose paper it is and who is on it (see `subject_key`).
        kind: of certificate. number: 発行番号, "" on a preview.
        template_digest: of the form that drew it. data_digest: of the record that was drawn.
    """

    request: str
    municipality: str
    subject_key: str
    kind: str
    number: str
    template_digest: str
    data_digest: str


class NotATagError(ValueError):
    """A text that begins like a tag and is none."""


def subject_key(key: bytes, order: Order, people: Iterable[str]) -> str:
    """Keyed hash of whose paper it is and who is on it, in any order; 32 hex digits.

    Args:
        key: secret of the municipality. people: 宛名番号 of everybody on the paper.
    """
    sealed = hmac.new(key, digestmod=sha256)
    for part in ("subject", order.municipality, order.request, order.subject, *sorted(people)):
        raw = part.encode("utf-8", "surrogatepass")
        sealed.update(len(raw).to_bytes(8, "big"))
        sealed.update(raw)
    return sealed.hexdigest()[:_KEYED_DIGITS]


def tag_of(order: Order, record: Record, *, template_digest: str, data_digest: str, key: bytes) -> Tag:
    """The tag of a document that is being drawn.

    Args:
        record: what is drawn; its people say who they are (宛名番号).
    """
    people = [person.get(PERSON, "") for person in record.people]
    return Tag(
        request=order.request,
        municipality=order.municipality,
        subject_key=subject_key(key, order, people),
        kind=order.kind,
        number=order.number,
        template_digest=template_digest,
        data_digest=data_digest,
    )


def write(tag: Tag) -> str:
    """The tag as one word of ASCII, to be set as a keyword of the document."""
    plain = json.dumps(asdict(tag), ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    return PREFIX + urlsafe_b64encode(plain.encode("ascii")).decode("ascii").rstrip("=")


def read(text: str) -> Tag:
    """The tag that `write` wrote.

    Raises:
        NotATagError: it is none, is cut, or has more in it than a tag has.
    """
    coded = text.removeprefix(PREFIX)
    try:
        found = json.loads(urlsafe_b64decode(coded + "=" * (-len(coded) % 4)))
    except (NotBase64Error, ValueError) as error:
        raise NotATagError("the tag is damaged") from error
    names = {field.name for field in fields(Tag)}
    if not isinstance(found, dict) or found.keys() != names or not all(isinstance(one, str) for one in found.values()):
        raise NotATagError("the tag has other fields than a tag has")
    return Tag(**found)
