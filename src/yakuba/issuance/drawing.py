"""From a case to the bytes that may leave: draw, sign, and look at the finished bytes again, on a path of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from yakuba.certificates import drawing, guard, proof
from yakuba.issuance.keys import keys

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from yakuba.certificates.record import Issuer, Look, Order, Record


@dataclass(frozen=True, slots=True)
class Finished:
    """A paper that has passed the guard.

    Attributes:
        pdf: signed. pages: sheets. data_digest, template_digest: hex. document_digest: of `pdf`, hex.
        proof: digest in the code on the paper.
    """

    pdf: bytes
    pages: int
    data_digest: str
    template_digest: str
    document_digest: str
    proof: str


def finished(
    order: Order,
    record: Record,
    issuer: Issuer,
    look: Look,
    *,
    base: str,
    names: Callable[[Order], Sequence[str]],
    template: str,
) -> Finished:
    """Draw and sign one paper, and check the finished bytes against the order.

    Args:
        base: address of the verification page, "" = the code holds the signed text alone.
        template: digest of the approved form.
        names: reads the names of whom the order is about, anew and from elsewhere than the record came from.

    Raises:
        NotDrawableError: a character, a width or an item stands against it.
        MismatchError: the finished bytes are not what was ordered.
    """
    own = keys(order.municipality)
    composed = drawing.compose(order, record, issuer, look)
    text = proof.payload(order, composed, own.proof)
    drawn = drawing.render(composed, proof.url(base, text) if base else text, key=own.guard)
    pdf = own.signer.sign(drawn.pdf)
    guard.check(pdf, order, own.guard, names=names(order), template_digest=template)
    return Finished(
        pdf=pdf, pages=drawn.pages, data_digest=drawn.data_digest, template_digest=drawn.template_digest,
        document_digest=sha256(pdf).hexdigest(), proof=proof.content_digest(order, composed),
    )  # fmt: skip


def preview(order: Order, record: Record, issuer: Issuer, look: Look) -> tuple[bytes, ...]:
    """What a paper will say: a PNG per page with 見本 across it, without number, seal, signature and code.

    Also without けん制文字: as dots of a screen they come out as on a photocopy and cover everything.

    Raises:
        NotDrawableError: as for `finished`.
    """
    return tuple(drawing.rendered_pictures(drawing.compose(order, record, issuer, replace(look, copy_guard=False))))
