"""What stands on a paper (紙面の読取り): the words, tags and signatures of a finished PDF, read from its bytes.

Read with a library of its own (pypdf) that had no part in drawing or signing. The words come from the glyphs that are
painted, by way of the table of the font that a reader's "copy" uses, in the order in which they are painted.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from yakuba.certificates.tag import PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# The library tells its log about damaged files; here they are an answer.
logging.getLogger("pypdf").addHandler(logging.NullHandler())

_TAG = re.compile(re.escape(PREFIX) + r"[A-Za-z0-9_-]*")
_HEAD, _END = b"%PDF-", b"%%EOF"
_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")

_TOKENS = re.compile(
    rb"/(?P<font>[A-Za-z0-9_.]+) [0-9.+-]+ Tf\b"
    rb"|\((?P<string>)|<(?P<hex>[0-9A-Fa-f\s]*)>|<(?P<open><)|>(?P<close>>)|/(?P<actual>ActualText)\b"
    rb"|B(?<!\wB)(?P<begin>[DM]C)\b|E(?<!\wE)(?P<end>MC)\b"
)
"""What matters in a page's contents: fonts, strings, the dictionaries of marks, and where marks begin and end.

Each begins with a letter outside of any group: so the engine jumps from one such letter to the next, instead of trying
all of them everywhere.
"""
_PARENTHESIS = re.compile(rb"\\.|[()]", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}
_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)endbf", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]+)>")
_LIST = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[([^\]]*)\])")
_CODE_BYTES = 2
_MARK = b"\xfe\xff"


class UnreadableError(ValueError):
    """The bytes are no whole PDF of the kind that is drawn here."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What was found on it.

    Attributes:
        tags: the different inner tags, as texts. pages: the words of each page, blanks taken out.
        signatures: for every signature, whether it covers the whole file and these very bytes.
    """

    tags: frozenset[str]
    pages: tuple[str, ...]
    signatures: tuple[bool, ...]


def read_paper(pdf: bytes) -> Paper:
    """Read a finished document.

    Raises:
        UnreadableError: cut, damaged, or of a make that is not read here.
    """
    if not pdf.startswith(_HEAD) or not pdf.rstrip().endswith(_END):
        raise UnreadableError("the file is cut")
    try:
        reader = PdfReader(BytesIO(pdf), strict=True)
        fonts: dict[int, dict[int, str]] = {}
        return Paper(
            tags=frozenset(_tags(reader)),
            pages=tuple(_words(page, fonts) for page in reader.pages),
            signatures=tuple(_covers(pdf, [int(part) for part in said]) for said in _RANGE.findall(pdf)),
        )
    except Exception as error:
        # A damaged file makes the library stumble in ways that nobody can list; the answer is the same: not to be sent.
        raise UnreadableError("the file cannot be read") from error


def _tags(reader: PdfReader) -> Iterator[str]:
    """In the document's information and in its XMP."""
    known = reader.metadata
    if known is not None:
        yield from _TAG.findall(str(known.get("/Keywords", "")))
    described = reader.root_object.get("/Metadata")
    if described is not None:
        yield from _TAG.findall(_data(described).decode("utf-8"))


def _data(thing: Any) -> bytes:
    stream = thing.get_object()
    if not isinstance(stream, StreamObject):
        raise UnreadableError("a stream is expected")
    return bytes(stream.get_data())


def _covers(pdf: bytes, said: Sequence[int]) -> bool:
    """Whether a signature leaves out of the file nothing but itself, and was made over these bytes."""
    first, length, second, rest = said
    hole = pdf[length:second]
    whole = first == 0 and 0 < length < second and second + rest == len(pdf)
    digest = sha256(pdf[:length] + pdf[second:]).digest()
    return whole and hole[:1] + hole[-1:] == b"<>" and digest in _hex(hole[1:-1])


def _words(page: DictionaryObject, fonts: dict[int, dict[int, str]]) -> str:
    """The words of a page, without blanks."""
    resources: Any = page["/Resources"].get_object()
    named: dict[bytes, Any] = {
        str(name)[1:].encode("ascii"): font for name, font in resources.get("/Font", DictionaryObject()).items()
    }
    found = "".join(_painted(_contents(page), named, fonts))
    return "".join(found.split())


def _contents(page: DictionaryObject) -> bytes:
    contents = page["/Contents"].get_object()
    parts = contents if isinstance(contents, ArrayObject) else [contents]
    return b"\n".join(_data(part) for part in parts)


def _painted(contents: bytes, named: dict[bytes, Any], fonts: dict[int, dict[int, str]]) -> Iterator[str]:
    """Every string that is painted, as text; where the document says what its glyphs stand for, that."""
    table: dict[int, str] = {}
    spoken: list[bool] = []  # for each open mark, whether it told its own words
    for kind, raw in _told(contents):
        if kind == "font":
            table = _table(named[raw], fonts)
        elif kind == "string" and not any(spoken):
            codes = (int.from_bytes(raw[at : at + _CODE_BYTES], "big") for at in range(0, len(raw), _CODE_BYTES))
            yield "".join(table[code] for code in codes)
        elif kind == "end":
            spoken.pop()
        elif kind in ("begin", "speech"):
            if kind == "speech" and not any(spoken):
                yield _text(raw)
            spoken.append(kind == "speech")


def _told(contents: bytes) -> Iterator[tuple[str, bytes]]:
    """Fonts and painted strings in order; marks as they begin (`speech` when they tell their own words) and end."""
    inside, awaited, place = 0, False, 0
    speech: bytes | None = None
    while token := _TOKENS.search(contents, place):
        kind, place = str(token.lastgroup), token.end()
        if kind in ("open", "close"):
            inside += 1 if kind == "open" else -1
        elif kind == "actual":
            awaited = True
        elif kind == "begin":
            yield ("begin", b"") if speech is None else ("speech", speech)
            speech = None
        elif kind in ("font", "end"):
            yield kind, token["font"] or b""
        else:
            raw, place = _string(contents, place) if kind == "string" else (_hex(token["hex"]), place)
            if not inside:
                yield "string", raw
            elif awaited:
                speech, awaited = raw, False


def _string(contents: bytes, start: int) -> tuple[bytes, int]:
    """The string that begins at `start`, and where it ends; parentheses in pairs belong to it."""
    depth, place = 1, start
    while depth:
        found = _PARENTHESIS.search(contents, place)
        if found is None:
            raise UnreadableError("a string has no end")
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        place = found.end()
    return _unescaped(contents[start : place - 1]), place


def _text(raw: bytes) -> str:
    return raw.removeprefix(_MARK).decode("utf-16-be") if raw.startswith(_MARK) else raw.decode("latin-1")


def _unescaped(raw: bytes) -> bytes:
    if b"\\" not in raw:
        return raw
    return _ESCAPE.sub(lambda one: _ESCAPED[one[1]] if one[1] in _ESCAPED else _octal(one[1]), raw)


def _hex(said: bytes) -> bytes:
    return bytes.fromhex(said.decode("ascii"))


def _octal(said: bytes) -> bytes:
    return bytes([int(said, 8)]) if said.isdigit() else said


def _table(font: Any, fonts: dict[int, dict[int, str]]) -> dict[int, str]:
    """What each code of a font stands for (ToUnicode); read once per document."""
    key = font.idnum
    if key not in fonts:
        fonts[key] = dict(_mapped(_data(font.get_object().raw_get("/ToUnicode"))))
    return fonts[key]


def _mapped(cmap: bytes) -> Iterator[tuple[int, str]]:
    for section in _SECTION.finditer(cmap):
        if section[1] == b"bfchar":
            codes = [_hex(code) for code in _HEX.findall(section[2])]
            for code, text in zip(codes[::2], codes[1::2], strict=True):
                yield int.from_bytes(code, "big"), text.decode("utf-16-be")
            continue
        for first, last, start, each in _LIST.findall(section[2]):
            codes_of = range(int(first, 16), int(last, 16) + 1)
            if each:
                texts = [_hex(text).decode("utf-16-be") for text in _HEX.findall(each)]
            else:
                base = _hex(start).decode("utf-16-be")
                texts = [base[:-1] + chr(ord(base[-1]) + step) for step in range(len(codes_of))]
            yield from zip(codes_of, texts, strict=True)
