"""続柄コード and 続柄表記 of one row that name different relations.

The codes from the first on must be the first links of the words: 20 with 「子の妻」 is right. Only words that the
register may hold are compared.
Not this rule: a 世帯主 on either side (`head_relation`); words that are not allowed (`relation_chain`).

Source: 住民記録システム標準仕様書 1.1.11; 基本データリスト 続柄コード.
Example: 続柄コード1 = 20 (子), 続柄表記 = "妻の母".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._items import allowed_values
from yakuba.migration.checks.relation_chain import ALLOWED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C7"
SEVERITY = Severity.ERROR
HINT_JA = "続柄のコードと表記が違う続柄を指しています。"
HINT_EN = "Code and words name different relations: find out which is right."

_HEAD = "世帯主"
_WORDS, _CODE = "続柄表記", "続柄コード1"


def cells(group: Group, context: Context) -> Iterator[Cells]:
    """The first code where the words do not begin with what the codes mean."""
    codes = [name for place in range(1, 5) if (name := f"続柄コード{place}") in group.by_name]
    if not codes or codes[0] != _CODE or _WORDS not in group.by_name:
        return
    meanings = allowed_values(group.by_name[_CODE], group, context)
    heads = [code for code, text in meanings.items() if text == _HEAD]
    if not meanings:
        return
    links = [pl.col(code).replace_strict(meanings, default=None, return_dtype=pl.String) for code in codes]
    said = pl.concat_str(links, separator="の", ignore_nulls=True)
    known = pl.all_horizontal(pl.col(code).is_in(["", *meanings]) for code in codes)
    words = pl.col(_WORDS)
    judged = known & ~pl.col(_CODE).is_in(heads) & (words != _HEAD) & words.str.contains(ALLOWED)
    begins = (words + "の").str.starts_with(said + "の").fill_null(value=False)
    # Nearly all rows have one of the codes with exactly its own words.
    plain = pl.concat_str(_CODE, _WORDS, separator=" ").is_in([f"{code} {text}" for code, text in meanings.items()])
    for code in codes[1:]:
        plain &= pl.col(code) == ""
    yield Gated(_CODE, judged & ~begins, gate=(pl.col(_CODE) != "") & (words != "") & ~plain)
