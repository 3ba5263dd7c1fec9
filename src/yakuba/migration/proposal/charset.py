"""Which encoding a text is in (文字コードの推定): by its mark, by strict reading, and by how usual the letters are."""

from __future__ import annotations

import re

from yakuba.migration.intake.encodings import BOMS, ENCODINGS, Encoding, other_reading, reads
from yakuba.migration.proposal.model import Guess

_CANDIDATES = ("utf-8", "cp932", "euc_jp", "cp1252")
_LINES = 20_000
_NUL_SHARE = 0.05
_HALF_KANA = 0.6
_FAR = 2
_COMMON = re.compile("[\u3000-\u30ff\u4e00-\u9fff\uff01-\uff5e々〇①-⑳㈱]")
_KANA = re.compile("[\uff61-\uff9f]")
_LONE_LETTER = re.compile("(?<![\u0080-\uffff])[À-ÖØ-öø-ÿŠšŽžŒœŸ€§°](?![\u0080-\uffff])")
_FOREIGN = re.compile("[^\x00-\x7f]")


def guess_encoding(data: bytes) -> Guess:
    """Encoding of a text that starts with `data`, cut behind a line end where it is only a part."""
    for mark, name in BOMS.items():
        if data.startswith(mark):
            value = "utf-8-sig" if name == "utf-8" else name
            return Guess(value, f"the file begins with the byte order mark of {name}")
    if data.count(0) > len(data) * _NUL_SHARE:
        return _wide(data)
    lines = [line for line in data.split(b"\n") if not line.isascii()][:_LINES]
    if not lines:
        return Guess("utf-8", "only ASCII was seen, so every encoding reads the same; UTF-8 is the strictest")
    scores = {name: _score(lines, ENCODINGS[name]) for name in _CANDIDATES}
    best = max(scores, key=lambda name: scores[name][0])
    _, wrong, plausible = scores[best]
    good = len(lines) - wrong
    reason = (
        f"strict reading works for {good:,} of {len(lines):,} lines with such letters, {plausible:.0%} of them usual"
    )
    return Guess(best, reason, _doubts(lines, best))


def _score(lines: list[bytes], kind: Encoding) -> tuple[float, int, float]:
    """How well an encoding fits, lines it cannot read, and the share of usual letters among the others."""
    texts, wrong = [], 0
    for line in lines:
        try:
            texts.append(line.decode(kind.codec, kind.strict))
        except UnicodeDecodeError:
            wrong += 1
    foreign = sum(len(_FOREIGN.findall(text)) for text in texts)
    if kind.codec == "cp1252":
        usual: float = sum(len(_LONE_LETTER.findall(text)) for text in texts)
    else:
        usual = sum(len(_COMMON.findall(text)) + _HALF_KANA * len(_KANA.findall(text)) for text in texts)
        if kind.codec == "utf-8":
            usual = foreign  # hardly any other text is valid UTF-8 by chance
    plausible = usual / foreign if foreign else 0.0
    return (1 - wrong / len(lines)) ** 3 * plausible, wrong, plausible


def _doubts(lines: list[bytes], name: str) -> tuple[str, ...]:
    """Lines that are in another encoding: they cannot be read in this one, or are surely UTF-8."""
    kind = ENCODINGS[name]
    others: dict[str, int] = {}
    disguised = 0
    for line in lines:
        try:
            line.decode(kind.codec, kind.strict)
        except UnicodeDecodeError:
            other = other_reading(line, kind) or "no known encoding"
            others[other] = others.get(other, 0) + 1
        else:
            disguised += (
                name != "utf-8" and reads(line, ENCODINGS["utf-8"]) and len(_FOREIGN.findall(line.decode())) > _FAR
            )
    found = [
        f"mixed encodings: {count:,} lines are not {name} but {other}; they will be handed back as `undecodable`"
        for other, count in others.items()
    ]
    if disguised:
        found.append(
            f"mixed encodings: {disguised:,} lines look like utf-8, although {name} reads them as other letters"
        )
    return tuple(found)


def _wide(data: bytes) -> Guess:
    """UTF-16 without a mark: the byte order that gives more line ends and usual letters."""
    even = data[: len(data) - len(data) % 2]
    marks = {}
    for name in ("utf-16-le", "utf-16-be"):
        text = even.decode(name, "replace")
        marks[name] = len(_COMMON.findall(text)) + sum(text.count(mark) for mark in ' \n,"\t;0123456789')
    best = max(marks, key=lambda name: marks[name])
    return Guess(best, "many bytes are 0, as in UTF-16 without a mark; this byte order gives readable text")
