"""Column names of old systems and official item names (項目名の対応): the same word in its usual spellings."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from unicodedata import normalize

from yakuba.layouts.read import layouts

if TYPE_CHECKING:
    from yakuba.layouts.model import Item

_SKIPPED = re.compile(r"[\s_\-./・:：()（）\[\]「」'\"]+")
_KUNREI = (
    ("SHI", "SI"),
    ("CHI", "TI"),
    ("TSU", "TU"),
    ("SH", "SY"),
    ("CH", "TY"),
    ("JI", "ZI"),
    ("J", "ZY"),
    ("FU", "HU"),
    ("OU", "O"),
    ("OO", "O"),
    ("UU", "U"),
)
OFFICIAL, SYNONYM, SPELLED = 1.0, 0.9, 0.8


def plain(name: str) -> str:
    """A column name without the differences that do not matter. (It is a name of ours to compare, nobody's own name.).

    >>> plain("ＡＴＥＮＡ＿ＮＯ"), plain("住所_方書")
    ('ATENANO', '住所方書')
    """
    return _SKIPPED.sub("", normalize("NFKC", name).upper())


def spelled(name: str) -> str:
    """Romaji in one spelling, whichever way it was written.

    >>> spelled("shimei") == spelled("SIMEI"), spelled("JUSYO") == spelled("jusho")
    (True, True)
    """
    text = plain(name)
    for hepburn, kunrei in _KUNREI:
        text = text.replace(hepburn, kunrei)
    return text


def closeness(column: str, item: Item) -> tuple[float, str]:
    """How surely a column's name means an item, 0 to 1, and why."""
    name = plain(column)
    if name == plain(item.name):
        return OFFICIAL, "official name"
    if name == plain(item.identifier):
        return OFFICIAL, "official romaji name"
    if name in _synonyms().get(item.name, ()):
        return SYNONYM, "usual name in old systems"
    if item.identifier and spelled(column) == spelled(item.identifier):
        return SPELLED, "romaji in another spelling"
    if item.identifier and _expanded(column) == spelled(item.identifier):
        return SPELLED, "usual abbreviation"
    return 0.0, ""


@cache
def is_known_name(cell: str) -> bool:
    """Whether a cell is the name of some standard item, or a usual one for it."""
    return bool(cell.strip()) and (plain(cell) in _known() or spelled(cell) in _known())


@cache
def _known() -> frozenset[str]:
    official = {item for layout in layouts() for group in layout.groups for item in group.items}
    names = {plain(item.name) for item in official} | {plain(item.identifier) for item in official}
    usual = {word for words in _synonyms().values() for word in words}
    return frozenset(names | {spelled(item.identifier) for item in official} | usual) - {""}


def _rows(name: str) -> list[list[str]]:
    text = files("yakuba.migration.proposal").joinpath(name).read_text(encoding="utf-8")
    return list(csv.reader(text.splitlines()))[1:]


@cache
def _synonyms() -> dict[str, frozenset[str]]:
    return {item: frozenset(plain(word) for word in words.split("|")) for item, words in _rows("synonyms.csv")}


@cache
def _tokens() -> dict[str, str]:
    return dict(row for row in _rows("tokens.csv"))


@cache
def _expanded(column: str) -> str:
    """A name with its abbreviations written out: SETAI_NO → SETAIBANGO."""
    parts = [part for part in re.split(r"[_\-\s.]+", normalize("NFKC", column).upper()) if part]
    return spelled("".join(_tokens().get(part, part) for part in parts))
