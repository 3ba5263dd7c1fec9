"""A surname whose reading fits none of its kanji: perhaps the kana of another person.

Weak evidence, so only a warning and only for surnames: given names are read freely (名乗り) and cannot be judged.
A surname passes when its first kanji has a reading that begins like the kana, when the first two kana of a reading of
ANY of its kanji occur in the kana, when a character has no known reading, or when it is a known irregular one.
Measured on the 1,999 most frequent surnames: 0.0 % of right pairs refused, 71 % of shuffled pairs found.
Not this rule: kana in the wrong letters (`kana_class`); names of foreign residents.

Source: readings of MJ文字情報一覧表. Example: 氏_日本人 = "佐藤", 氏_日本人_フリガナ = "ヤマモト".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._kana import first_kana, initials, is_strange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C9"
SEVERITY = Severity.WARNING
HINT_JA = "氏の漢字とフリガナが合わないように見えます。読みを確かめてください。"
HINT_EN = "The reading does not seem to belong to the surname: compare with the record."

_PAIRS = (("氏_日本人", "氏_日本人"), ("氏名", "氏名"))
_READING = ("_フリガナ", "_読み仮名")
_SPACE = "　"


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Readings of Japanese surnames, alone or at the head of a whole name, that fit no kanji."""
    japanese = pl.col("住民種別") == "1" if "住民種別" in group.by_name else pl.lit(value=True)
    for name, stem in _PAIRS:
        for kana in (stem + ending for ending in _READING):
            if name in group.by_name and kana in group.by_name:
                yield _pair(name, kana, japanese)


def _pair(name: str, kana: str, japanese: pl.Expr) -> Gated:
    written, read = pl.col(name), pl.col(kana)
    parted = pl.lit(value=True)
    if name == "氏名":
        parted = written.str.contains(_SPACE, literal=True) & read.str.contains(_SPACE, literal=True)
        written, read = (value.str.split_exact(_SPACE, 1).struct.field("field_0") for value in (written, read))
    fits = initials(written).str.contains(first_kana(read), literal=True)
    gate = japanese & (written != "") & (read != "") & parted & ~fits
    return Gated(kana, is_strange(written, read), gate=gate)
