r"""Regular expressions over characters, in the dialect of Polars (Rust `regex`).

Each is a character class or an alternation of them; none matches text that is plain Japanese.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from yakuba.characters import tables

if TYPE_CHECKING:
    from collections.abc import Iterable

SELECTOR = r"[\x{FE00}-\x{FE0F}\x{E0100}-\x{E01EF}]"
"""A variation selector of a standardized (FE00…) or ideographic (E0100…) sequence."""
PRIVATE_USE = r"[\x{E000}-\x{F8FF}\x{F0000}-\x{FFFFD}\x{100000}-\x{10FFFD}]"
"""外字 in the three private-use areas."""
SUSPECT = r"[[\p{C}〓\x{FFFD}\x{FE00}-\x{FE0F}\x{E0100}-\x{E01EF}]--[\t\n\r]]"
r"""Anything that may not be a known character: \p{C} is control, format, private use and unassigned."""
KOSEKI_ESCAPE = r"&K[0-9]{6};"
"""A 戸籍統一文字番号 inside text."""
KOSEKI_NUMBERS = r"^[0-9]{6}(?: [0-9]{6})*$"
"""A value that consists of 戸籍統一文字番号 only, one space between two."""

JUKI_SPACE = r"\x{3400}-\x{4DBF}\x{4E00}-\x{D7FF}\x{F900}-\x{FAFF}\x{20000}-\x{3FFFF}"
"""Where a 住基ネット統一文字コード can lie: ideographs, and the letters of Yi, Hangul and others (AAA1–C18B)."""


def character_class(characters: Iterable[str]) -> str:
    r"""The characters as the inside of a class, runs joined: `\x{4E00}-\x{4E03}\x{4E07}…`."""
    runs: list[list[int]] = []
    for code in sorted(ord(char) for char in characters):
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return "".join(rf"\x{{{first:X}}}-\x{{{last:X}}}" for first, last in runs)


@cache
def juki_suspect() -> str:
    """One character of 住基ネット統一文字 text that is no MJ form yet, or is `SUSPECT`.

    The 13,958 codes that mean the same in Unicode and in 住基 are not matched, nor is anything outside
    ideographs and the letters in between (kana, Latin, signs).
    """
    same = character_class(char for char, form in tables.form_by_juki().items() if char == form)
    return f"[{SUSPECT}[[{JUKI_SPACE}]--[{same}]]]"


@cache
def aj1_sequence() -> str:
    """A variation sequence of Adobe-Japan1 (compiled once per process; a list of 14,684 would be on every call)."""
    bases: dict[str, set[str]] = defaultdict(set)
    for sequence in tables.aj1_sequences():
        bases[sequence[1]].add(sequence[0])
    return "|".join(rf"[{character_class(chars)}]\x{{{ord(selector):X}}}" for selector, chars in bases.items())
