"""Drawing (作成): an order and a record become the bytes of one certificate.

    composed = compose(order, record, issuer, look)      # refuses here, or never
    drawn = render(composed, proof="…", key=b"…")        # bytes

`draw` does both. Nothing is shared between two papers but the font, the templates and the engine's own memory of equal
inputs; there are no files.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import typst

from yakuba.certificates import pictures, tag, typesetting
from yakuba.certificates.compose import Composed, compose
from yakuba.certificates.problems import NotDrawableError, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.certificates.record import Issuer, Look, Order, Record

__all__ = ["Composed", "Drawn", "NotDrawableError", "compose", "draw", "render", "rendered_pictures"]

_CAPTION = ("この証明書が本物であることは、", "左の二次元コードから確かめられます。")
_BACK = (
    "この模様は、おもて面の内容から作られています。",
    "このシステム独自のもので、証明書交付センター（J-LIS）の偽造防止画像・スクランブル画像ではありません。",
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One finished certificate, not signed yet.

    Attributes:
        pdf: PDF/A bytes, the inner tag in its keywords. pages: sheets, backs not counted.
        data_digest, template_digest: see `Composed`.
    """

    pdf: bytes
    pages: int
    data_digest: str
    template_digest: str


def draw(order: Order, record: Record, issuer: Issuer, look: Look, proof: str = "", *, key: bytes = b"") -> Drawn:
    """One certificate.

    Args:
        proof: text of the 2D code; empty = none. A preview never has one.
        key: secret of the municipality for the inner tag.

    Raises:
        NotDrawableError: it must not be drawn; carries every finding.
        UsageError: there is no such kind, or the font is missing.
    """
    return render(compose(order, record, issuer, look), proof, key=key)


def render(composed: Composed, proof: str = "", *, key: bytes = b"") -> Drawn:
    """The bytes of a composed paper; see `draw`."""
    data = _data(composed, proof, key)
    with _refusals():
        made = typesetting.pdf(composed.kind.folder, data, composed.order.issued_on)
    return Drawn(made, composed.pages, composed.data_digest, composed.template_digest)


def rendered_pictures(composed: Composed, proof: str = "", *, ppi: float = 144.0) -> list[bytes]:
    """The pages as PNG, for a preview on a screen and for the golden pictures."""
    with _refusals():
        return typesetting.pictures(composed.kind.folder, _data(composed, proof, b""), ppi)


@contextmanager
def _refusals() -> Iterator[None]:
    """What only the engine can find, a damaged picture, refuses like everything else."""
    try:
        yield
    except typst.TypstError as error:
        raise NotDrawableError((problem("engine_refused"),)) from error


def _data(composed: Composed, proof: str, key: bytes) -> str:
    """Everything the template gets, JSON in ASCII."""
    order, preview = composed.order, composed.order.preview
    sealed = tag.tag_of(
        order, composed.record, template_digest=composed.template_digest, data_digest=composed.data_digest, key=key
    )
    shown = "" if preview else proof
    found = composed.view | {
        "keywords": [tag.write(sealed)],
        "preview": preview,
        "number": "" if preview else order.number,
        "caption": _CAPTION,
        "back": _BACK,
        "background": composed.look.background,
        "guard": composed.look.copy_guard,
    }
    images, modules = _images(composed, shown)
    return json.dumps(found | {"code": modules, "pictures": images})


def _images(composed: Composed, proof: str) -> tuple[dict[str, Any], int]:
    """Pictures by the name the templates know them by, and the modules of the 2D code."""
    found = {one.item: list(composed.record.images[one.item]) for one in composed.kind.pictures}
    modules = 0
    if composed.view["seal"]:
        found["seal"] = list(composed.issuer.seal)
    if composed.look.scramble and not composed.order.preview:
        found["scramble"] = list(pictures.scramble(composed.data_digest + composed.order.number))
    if proof:
        raw, modules = pictures.code(proof)
        found["code"] = list(raw)
    return found, modules
