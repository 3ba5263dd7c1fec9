"""Composing (組み立て): an order and a record become the exact content of every sheet, or every reason why not.

All that can refuse a paper refuses here, before anything is drawn: wrong people, choices that exclude each other, empty
items, characters the font lacks, texts that do not fit.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from yakuba import __version__
from yakuba.certificates.closing import COUNT, closing
from yakuba.certificates.fields import Part
from yakuba.certificates.font import face
from yakuba.certificates.glyphs import drawable
from yakuba.certificates.kinds import kind as kind_named
from yakuba.certificates.pictures import is_picture
from yakuba.certificates.problems import NotDrawableError, problem
from yakuba.certificates.reading import NUMBER, Reader
from yakuba.certificates.sheets import sheets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.certificates.kinds import Kind
    from yakuba.certificates.record import Issuer, Look, Order, Record
    from yakuba.kernel.finding import Finding

_MUNICIPALITY = "市区町村コード"


@dataclass(frozen=True, slots=True)
class Composed:
    """A paper that can be drawn.

    Attributes:
        order, record, issuer, look: what it was composed from. kind: its kind.
        view: all words, sizes and places, as the templates read them. pages: sheets, backs not counted.
        data_digest: SHA-256 of everything the paper says. template_digest: of everything that decides how it looks.
    """

    order: Order
    record: Record
    issuer: Issuer
    look: Look
    kind: Kind
    view: dict[str, Any]
    pages: int
    data_digest: str
    template_digest: str


def compose(order: Order, record: Record, issuer: Issuer, look: Look) -> Composed:
    """The content of a paper.

    Raises:
        NotDrawableError: it must not be drawn; carries every finding.
        UsageError: there is no such kind, or the font is missing.
    """
    kind = kind_named(order.kind)
    reader = Reader(kind, order, record)
    _stop(
        [
            *_order_problems(kind, order, record),
            *_state_problems(reader),
            *_issuer_problems(issuer),
            *_picture_problems(kind, record, issuer),
        ]
    )
    found = sheets(reader)
    last = closing(reader, issuer)
    _stop(reader.findings)
    view = {
        "kind": kind.identifier,
        "label": kind.label,
        "title": kind.title,
        "marks": [one.mark for one in kind.choices if one.mark and reader.chosen(one.identifier)],
        **last,
        "municipality": issuer.municipality,
        "seal": _is_sealed(order, issuer),
        "sheets": found,
        "pages": len(found),
    }
    return Composed(
        order, record, issuer, look, kind, view, len(found), _data_digest(view, record, issuer), template_digest(kind)
    )


def template_digest(kind: Kind) -> str:
    """SHA-256 of what decides how a kind looks: its form, the font, the program."""
    return _sha256(kind.digest, face().digest, __version__)


def _data_digest(view: dict[str, Any], record: Record, issuer: Issuer) -> str:
    words = json.dumps(view, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    pictures = (f"{name}:{sha256(raw).hexdigest()}" for name, raw in sorted(record.images.items()))
    return _sha256(words, *pictures, sha256(issuer.seal).hexdigest())


def _sha256(*parts: str) -> str:
    digest = sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        digest.update(len(raw).to_bytes(8, "big"))
        digest.update(raw)
    return digest.hexdigest()


def _is_sealed(order: Order, issuer: Issuer) -> bool:
    return bool(issuer.seal) and not order.preview


def _stop(findings: list[Finding]) -> None:
    if findings:
        raise NotDrawableError(tuple(dict.fromkeys(findings)))


def _order_problems(kind: Kind, order: Order, record: Record) -> Iterator[Finding]:
    """The record is that of the order, and the choices can be meant."""
    for identifier, value in order.choices.items():
        choice = kind.choice(identifier)
        if choice is None or (isinstance(value, str) and not _is_value(choice.values, value)):
            yield problem("choice_unknown", identifier)
    for together in kind.never_together:
        if all(order.choices.get(one, getattr(kind.choice(one), "default", False)) for one in together):
            yield problem("choices_never_together", "・".join(together))
    people = record.people
    if tuple(person.get(NUMBER, "") for person in people) != order.members or order.subject not in order.members:
        yield problem("members_differ", NUMBER)
    if any(person.get(_MUNICIPALITY, order.municipality) != order.municipality for person in people):
        yield problem("members_differ", _MUNICIPALITY)
    if kind.subject == "person" and len(people) != 1:
        yield problem("members_differ", NUMBER)
    if order.choices.get("whole") and record.household.get(COUNT, str(len(people))) != str(len(people)):
        yield problem("not_whole_household", COUNT)


def _state_problems(reader: Reader) -> Iterator[Finding]:
    """Everybody is what this kind is about: a live resident, a removed one, the holder of a seal in force."""
    for person in reader.record.people:
        if not reader.fits(person, reader.kind.people_where):
            yield problem("state_differs", reader.kind.people_where[0][0])
        for table, where in reader.kind.needed_rows:
            if not any(reader.rows(Part(table=table, where=where), person)):
                yield problem("rows_missing", table)


def _is_value(values: tuple[str, ...], value: str) -> bool:
    return value in values or "*" in values


def _issuer_problems(issuer: Issuer) -> Iterator[Finding]:
    words = {"職名": issuer.title, "氏名": issuer.name, "都道府県": issuer.prefecture, "団体名": issuer.municipality}
    for item, text in words.items():
        if not text.strip():
            yield problem("issuer_incomplete", item)
        yield from drawable(text, item)


def _picture_problems(kind: Kind, record: Record, issuer: Issuer) -> Iterator[Finding]:
    for one in kind.pictures:
        raw = record.images.get(one.item, b"")
        if not is_picture(raw):
            yield problem("image_unreadable" if raw else "image_missing", one.item)
    if issuer.seal and not is_picture(issuer.seal):
        yield problem("image_unreadable", "公印")
