"""One person insured by 国民健康保険 and by 後期高齢者医療 at the same time.

Nobody is in both: whoever enters the second leaves the first. Judged are running rows only.
Not this rule: 国保 of somebody who is too old for it (`age_out_of_range`).

Source: 国民健康保険法 6条. Example: 宛名番号 100 without 資格喪失年月日 in both 資格情報.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._rows import PERSON, gathered, refused
from yakuba.migration.checks._running import ends, running

if TYPE_CHECKING:
    import polars as pl

    from yakuba.migration.rules import Context, Tables

CATEGORY = "C7"
SEVERITY = Severity.WARNING
HINT_JA = "国民健康保険と後期高齢者医療の資格が同時に続いています。"
HINT_EN = "Two health insurances are running for one person: end one of them."

_UNDER, _OVER = "国民健康保険/資格情報", "後期高齢者医療/資格情報"


def rows(tables: Tables, context: Context) -> pl.LazyFrame:
    """Running rows of 国保 whose person is in 後期高齢者医療 too."""
    if not {_UNDER, _OVER} <= tables.groups.keys():
        return gathered(())
    aged = running(tables, _OVER, context, [PERSON]).select(PERSON)
    found = running(tables, _UNDER, context, [PERSON]).join(aged, on=PERSON, how="semi")
    return refused(found, _UNDER, ends(_UNDER)[0])
