"""Private-area characters of an old system (外字): what its encoding lacks gets a code, and a table says which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.characters.tables import form_by_name

if TYPE_CHECKING:
    from collections.abc import Iterable

FIRST = 0xE000
_SELECTORS = range(0xE0100, 0xE01F0)


def lacking(texts: Iterable[str], encoding: str) -> list[str]:
    """Characters (base + variation selector counts as one) that an encoding cannot write, in code order."""
    found: set[str] = set()
    for text in texts:
        for at, char in enumerate(text):
            following = text[at + 1 : at + 2]
            if following and ord(following) in _SELECTORS:
                found.add(char + following)
            elif ord(char) not in _SELECTORS and not _writes(char, encoding):
                found.add(char)
    return sorted(found)


def _writes(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def assign(characters: Iterable[str]) -> dict[str, str]:
    """A private-area character (U+E000 on) for each one."""
    return {character: chr(FIRST + place) for place, character in enumerate(characters)}


def rows(table: dict[str, str]) -> list[tuple[str, ...]]:
    """Rows of gaiji.csv, see `HEADER`; each character with its MJ名 where the table of MJ has one."""
    names = {form: name for name, form in form_by_name().items()}
    return [
        (f"U+{ord(private):04X}", character, names.get(character, ""), "字形一致", "見本町町民課", "2026-04-01")
        for character, private in table.items()
    ]


HEADER = ("外字コード", "文字", "MJ名", "区分", "決定者", "決定日")
