"""Several files together, and glyphs beside the usage list: what does not fit.

Every vendor numbers its private characters from U+E000 on in its own order, so two vendors' fonts share codes by
accident and mean different characters by them. Source: 外字 practice; `characters.collision` does it for tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.characters.glyphs.glyph import code_name
from yakuba.characters.glyphs.reading import Reading
from yakuba.characters.glyphs.telling import told
from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from yakuba.characters.glyphs.glyph import Glyph
    from yakuba.characters.glyphs.usage import Usage
    from yakuba.kernel.finding import Finding

_SHOWN = 5
"""How many collisions a message names."""


def together(readings: Mapping[str, Reading]) -> Reading:
    """Readings of several files, by their names, as one. A glyph that two files have alike is there once.

    Raises:
        UsageError: two files have different glyphs at one code; the message has the first codes and the files.
    """
    owner: dict[str, tuple[str, str]] = {}
    kept: dict[tuple[str, str], Glyph] = {}
    hit: list[str] = []
    for name, reading in readings.items():
        for glyph in reading.glyphs:
            before, digest = owner.setdefault(glyph.private or glyph.digest, (name, glyph.digest))
            if digest != glyph.digest and before != name:
                hit.append(f"{code_name(glyph.private)} ({before} / {name})")
            kept.setdefault((glyph.private, glyph.digest), glyph)
    if hit:
        raise UsageError(
            f"外字の衝突 {len(hit)} codes have different glyphs: {'、'.join(hit[:_SHOWN])}",
            remedy="identify the fonts of each vendor by themselves, with that vendor's usage list only",
        )
    findings = tuple(finding for reading in readings.values() for finding in reading.findings)
    return Reading(tuple(kept.values()), findings)


def unmatched(glyphs: Iterable[Glyph], usage: Mapping[str, Usage], file: str) -> list[Finding]:
    """Codes of the usage list without a glyph, most people first; and how many glyphs are not in the list.

    Args:
        file: name of the usage list.
    """
    there = {glyph.private for glyph in glyphs if glyph.private}
    lost = sorted((one for one in usage.values() if one.private not in there), key=lambda one: -one.people)
    findings = [
        told("usage_without_glyph", file, glyph=code_name(one.private), detail=f"{one.people:,}") for one in lost
    ]
    if unused := len(there - usage.keys()):
        findings.append(told("glyph_without_usage", file, detail=f"{unused:,}"))
    return findings
