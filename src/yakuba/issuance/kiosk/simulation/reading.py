"""Reading a paper (券面の確認): whose it is, from the words on its pages and from nothing that was said about it."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from pypdf import PdfReader
from pypdf.errors import PyPdfError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_VARIATION = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def words(pdf: bytes) -> str:
    """All words of all pages, without blanks; "" for what is no PDF."""
    try:
        return plain("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))
    except (PyPdfError, ValueError, KeyError):
        return ""


def plain(text: str) -> str:
    """Without blanks and variation selectors, which say how a character is drawn and not who somebody is."""
    return _VARIATION.sub("", "".join(text.split()))


def problems(
    read: str,
    *,
    number: str,
    label: str,
    expected: Iterable[str],
    allowed: Iterable[str],
    everybody: Callable[[str], Iterable[str]],
) -> Iterator[str]:
    """What is wrong with a paper: nothing, if it is the one that was asked for.

    Args:
        read: all its words, without blanks. number: 発行番号. label: 証明書の名称.
        expected: names that must be on it. allowed: names that may be (世帯主, 筆頭者).
        everybody: finds all names there are in a text; any other on the paper is somebody else's.
    """
    if plain(number) not in read:
        yield "number"
    if plain(label.partition("（")[0].removesuffix("の写し")) not in read:
        yield "kind"
    wanted = [plain(name) for name in expected]
    yield from ("missing" for name in wanted if name not in read)
    fine = [*wanted, *(plain(name) for name in allowed)]
    for other in everybody(read):
        if not any(other in one for one in fine):
            yield "somebody else"
