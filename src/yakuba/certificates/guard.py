"""Guard (送出前の照合): the last look at the bytes that are about to leave, for the request they are meant for.

A path of its own: it knows the order and the bytes, nothing of how they came about, and reads them with another library
than the ones that drew and signed them. It looks twice: at the inner tag, and at the words on the pages themselves, so
that a page that got under a right tag is seen as well. Whatever cannot be read is a mismatch.

The forms promise it one line at the foot of every sheet, painted last: 発行番号, then 2／3ページ.
"""

from __future__ import annotations

import hmac
import re
from typing import TYPE_CHECKING

from yakuba.certificates import compose, kinds
from yakuba.certificates.paper import UnreadableError, read_paper
from yakuba.certificates.tag import NotATagError, read, subject_key
from yakuba.kernel.errors import CannotContinueError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from yakuba.certificates.paper import Paper
    from yakuba.certificates.record import Order

_BACK = "この模様は、おもて面の内容から作られています。"
"""Begins the only words of a printed back, which has no foot."""
_WATERMARK = "見本"
"""Painted over every sheet of a preview, behind all else that is said."""
_VARIATION = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


class MismatchError(CannotContinueError):
    """The document is not the one that the request asked for: nothing may be sent, the municipality's service stops.

    Attributes:
        reasons: what does not fit, in words without anybody's data.
    """

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(
            f"送出前の照合で不一致 the finished document does not fit its request: {', '.join(reasons)}",
            remedy="証明書の交付を止めて、原因を調べてください issue nothing until the cause is known",
        )
        self.reasons = tuple(reasons)


def check(pdf: bytes, order: Order, key: bytes, *, names: Sequence[str] = (), template_digest: str = "") -> None:
    """Compare the bytes that leave with the request they leave for.

    Args:
        pdf: signed, unless it is a preview.
        order: the request, as the sender has it. key: secret of the municipality that the tag was made with.
        names: 氏名 that must stand on the paper, as the sender reads them by `order.subject` and `order.members`.
        template_digest: of the form that was approved; the one that this program has when left out.

    Raises:
        MismatchError: anything at all does not fit.
    """
    try:
        paper = read_paper(pdf)
        reasons = [*_signed(paper, order), *_tagged(paper, order, key, template_digest), *_shown(paper, order, names)]
    except UnreadableError as error:
        raise MismatchError([str(error)]) from error
    if reasons:
        raise MismatchError(reasons)


def _signed(paper: Paper, order: Order) -> Iterator[str]:
    if order.preview:
        if paper.signatures:
            yield "a preview is signed"
    elif paper.signatures != (True,):
        yield "not one signature over the whole file"


def _tagged(paper: Paper, order: Order, key: bytes, template_digest: str) -> Iterator[str]:
    """The inner tag says the same as the request."""
    if len(paper.tags) != 1:
        yield "no inner tag" if not paper.tags else "more than one inner tag"
        return
    try:
        tag = read(next(iter(paper.tags)))
    except NotATagError as error:
        yield str(error)
        return
    for field, wanted in _wanted(order, key, template_digest).items():
        if not hmac.compare_digest(getattr(tag, field), wanted):
            yield f"the tag is of another {field}"


def _wanted(order: Order, key: bytes, template_digest: str) -> dict[str, str]:
    """What every field of the tag must say, the digest of the record aside."""
    return {
        "request": order.request,
        "municipality": order.municipality,
        "subject_key": subject_key(key, order, order.members or (order.subject,)),
        "kind": order.kind,
        "number": order.number,
        "template_digest": template_digest or compose.template_digest(kinds.kind(order.kind)),
    }


def _shown(paper: Paper, order: Order, names: Sequence[str]) -> Iterator[str]:
    """The words on the pages are of the request: its number on every sheet, sheets complete, the names somewhere.

    The foot is painted last, so nothing that a record says, a remark for instance, can be taken for it.
    """
    sheets = [page for page in paper.pages if not page.startswith(_BACK)]
    number = "" if order.preview else f"発行番号{''.join(order.number.split())}"
    for place, page in enumerate(sheets, start=1):
        if not page.endswith(f"{number}{place}／{len(sheets)}ページ{_WATERMARK if order.preview else ''}"):
            yield f"sheet {place} of {len(sheets)} has another foot"
    if not sheets:
        yield "no sheet"
    words = _plain("".join(sheets))
    missing = sum(_plain(name) not in words for name in names)
    if missing:
        yield f"{missing} of {len(names)} names are not on the paper"


def _plain(text: str) -> str:
    """Without blanks and variation selectors: which shape a character has is not what tells people apart here."""
    return _VARIATION.sub("", "".join(text.split()))
