"""What a spreadsheet leaves behind in a text: #N/A, #REF!, a row of ####, a number as 1.23E+11.

Somebody opened the extract in a spreadsheet and saved it; other cells of the file may have lost their zeros.
Not this rule: numbers, dates and coded items, where such a text is no legal value anyway (`not_a_number`, `date_form`,
`code_unknown`); lost zeros (`number_short`).

Source: the error words of the usual spreadsheets. Example: 世帯番号 "#N/A".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.layouts.model import DataType
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._items import of_type

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C1"
SEVERITY = Severity.ERROR
HINT_JA = "表計算ソフトのエラー表示です。抽出したままのファイルを使ってください。"
HINT_EN = "An error word of a spreadsheet: use the extract as it was made."

_NARROW = "N/A|REF|VALUE|NAME|DIV/0|NUM|NULL"
_WIDE = "Ｎ／Ａ|ＲＥＦ|ＶＡＬＵＥ|ＮＡＭＥ|ＤＩＶ／０|ＮＵＭ|ＮＵＬＬ"
_WORDS = f"^[#＃](?:{_NARROW}|{_WIDE})[!！?？]?$"
_TOO_NARROW = "^[#＃]{3,}$"
_POWER = r"^[0-9]\.[0-9]+E\+[0-9]{1,2}$"


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Texts that are a spreadsheet's, not the town's."""
    for item in of_type(group, DataType.HALF, DataType.FULL):
        if item.codes:
            continue
        value = pl.col(item.name)
        gate = value.str.starts_with("#")
        bad = value.str.contains(f"{_WORDS}|{_TOO_NARROW}|{_POWER}")
        gate |= value.str.starts_with("＃") if item.type is DataType.FULL else value.str.contains("E+", literal=True)
        yield Gated(item.name, bad, gate=gate)
