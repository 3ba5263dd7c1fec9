"""CP932 (Windows-31J), the Shift_JIS of town systems: what it can carry, in one place.

* Beside JIS X 0208 it holds NEC row 13 (①, ㈱, ℡), the IBM extensions (髙, 﨑, ⅰ) and 1,880 private cells
  F040–F9FC = U+E000–U+E757 (`vendor.sjis_code`). It has no variation selector and nothing above U+FFFF.
* Characters that survive characters → bytes → characters are `repertoire()`. 〜 ‖ − ¢ £ ¬ are written (as the
  code of the JIS character) and come back as ～ ∥ － ￠ ￡ ￢: a silent change of the value. ¥ (U+00A5),
  ‾ (U+203E) and — (U+2014) are not written at all; CP932 has ￥, ￣ and ― (U+2015).
* 398 codes are second codes of a character (NEC row 13 signs that JIS has: 9, ￢ at EEF9: 1, IBM extensions
  FA40–FC4B: 388). They are read alike, but written with the other code, so a file is not the same bytes
  again. Python writes the NEC selection of them (ⅰ = EEEF); Windows writes the IBM code (ⅰ = FA40).

Source: Unicode mapping CP932.TXT as built into Python's codec `cp932`; figures counted from it by a test.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from yakuba.characters import patterns

SUBSTITUTES = {"〜": "～", "‖": "∥", "−": "－", "¢": "￠", "£": "￡", "¬": "￢", "—": "―", "¥": "￥", "‾": "￣"}
"""The CP932 character that Windows draws where JIS means the key."""
_LEADS = (*range(0x81, 0xA0), *range(0xE0, 0xFD))
_TRAILS = range(0x40, 0xFD)
LOSS = ("character", "count", "substitute")
"""Columns of `cp932_loss`."""


@cache
def repertoire() -> frozenset[str]:
    """Every character that comes back from CP932 as it went in, private cells included."""
    single = {chr(code) for code in (*range(0x80), *range(0xFF61, 0xFFA0))}
    return frozenset(single | {char for lead in _LEADS for trail in _TRAILS if (char := _decoded(lead, trail))})


def _decoded(lead: int, trail: int) -> str:
    """Character of a two-byte code, empty when it has none."""
    try:
        return bytes((lead, trail)).decode("cp932")
    except UnicodeDecodeError:
        return ""


@cache
def _outside() -> str:
    """Regular expression of a character outside `repertoire`."""
    return f"[^{patterns.character_class(repertoire())}]"


def cp932_loss(values: pl.Series) -> pl.DataFrame:
    """Characters of `values` that CP932 cannot carry: none for text that can be written to a CP932 file.

    Returns:
        `character` (a selector comes by itself), `count` of occurrences, `substitute` where the nearest
        CP932 character is a matter of drawing only (null else). Most frequent first.
    """
    found = values.str.extract_all(_outside()).explode().drop_nulls()
    counts = found.rename("character").value_counts(name="count")
    names = pl.DataFrame({"character": list(SUBSTITUTES), "substitute": list(SUBSTITUTES.values())})
    joined = counts.join(names, on="character", how="left")
    return joined.sort("count", "character", descending=[True, False]).cast({"count": pl.UInt32}).select(LOSS)
