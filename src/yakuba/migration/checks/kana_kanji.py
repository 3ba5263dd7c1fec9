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
from yakuba.migration.checks._kana import fits, is_strange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C9"
SEVERITY = Severity.WARNING
HINT_JA = "氏の漢字とフリガナが合わないように見えます。読みを確かめてください。"
HINT_EN = "The reading does not seem to belong to the surname: compare with the record."

_WHOLE, _SURNAME = "氏名", "氏_日本人"
_SPACE = "　"


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Readings of Japanese names whose surname fits no kanji; the surname's own item where the whole has no reading."""
    japanese = pl.col("住民種別") == "1" if "住民種別" in group.by_name else pl.lit(value=True)
    whole, part = f"{_WHOLE}_フリガナ", f"{_SURNAME}_フリガナ"
    if whole in group.by_name and _WHOLE in group.by_name:
        written, read = pl.col(_WHOLE), pl.col(whole)
        parted = written.str.contains(_SPACE, literal=True) & read.str.contains(_SPACE, literal=True)
        surname, kana = (value.str.split_exact(_SPACE, 1).struct.field("field_0") for value in (written, read))
        gate = (read != "") & japanese & ~fits(written, read)
        yield Gated(whole, parted & is_strange(surname, kana), gate=gate)
    if part in group.by_name and _SURNAME in group.by_name:
        alone = pl.col(whole) == "" if whole in group.by_name else pl.lit(value=True)
        written, read = pl.col(_SURNAME), pl.col(part)
        gate = (read != "") & (written != "") & japanese & alone
        yield Gated(part, ~fits(written, read) & is_strange(written, read), gate=gate)
