"""What reading a file gives: glyphs, and what was wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from yakuba.characters.glyphs.telling import told
from yakuba.kernel.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yakuba.characters.glyphs.glyph import Glyph
    from yakuba.kernel.finding import Finding

MOST = 20_000
"""Glyphs that one file may have. 行政事務標準文字 adds some 9,400 to MJ; CP932's area has 1,880 codes."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Glyphs of a file in the order of their codes, and its findings."""

    glyphs: tuple[Glyph, ...]
    findings: tuple[Finding, ...]


def in_part(findings: Iterable[Finding]) -> list[Finding]:
    """Findings about one file or face among several: what stops it does not stop the others, so 停止 becomes 要修正."""
    return [replace(one, severity=Severity.ERROR) if one.severity is Severity.STOP else one for one in findings]


def gathered(glyphs: Iterable[Glyph], findings: Iterable[Finding], file: str) -> Reading:
    """A reading in which every code stands once.

    A glyph that is there twice with the same digest is one. Where two shapes have one code, neither keeps it.
    """
    by_code: dict[tuple[str, str], dict[str, Glyph]] = {}
    for glyph in glyphs:
        key = (glyph.private, "" if glyph.private else glyph.name)
        by_code.setdefault(key, {}).setdefault(glyph.digest, glyph)
    told_of = list(findings)
    single: list[Glyph] = []
    for (private, _), shapes in sorted(by_code.items(), key=lambda item: (not item[0][0], item[0][0])):
        if private and len(shapes) > 1:
            told_of.append(told("glyph_code_twice", file, glyph=next(iter(shapes.values())).name))
            single += [replace(glyph, private="") for glyph in shapes.values()]
        else:
            single += shapes.values()
    return Reading(tuple(single), tuple(told_of))
