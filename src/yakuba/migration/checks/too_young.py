"""A right or an insurance that the person is too young for: on the 選挙人名簿 under 18, 後期高齢者医療 under 65.

Only residents with a whole date of birth are judged, on the 基準日. Whoever reaches the age of a vote within 40 days
passes, because an election's roll is made ahead of its day; whoever reaches one of the other ages the next day too,
because in law an age is reached on the eve of the birthday.
Not this rule: a day of 資格取得 in the records of the insurance itself.

Source: 公職選挙法 9条, 高齢者の医療の確保に関する法律 50条, 介護保険法 9条; ages: data/limits.csv.
Example: 生年月日 = "2015-04-01", 選挙人名簿登録有無 = 1.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.checks._dates import calendar
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._limits import limit, years_before

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C7"
SEVERITY = Severity.WARNING
HINT_JA = "年齢に達していない人に資格や登録があります。生年月日か資格を確かめてください。"
HINT_EN = "The person has not reached the age for this: look at the birth date and at the record."

_BORN = "生年月日"
_FLAGS = {
    "選挙人名簿登録有無": ("voter_age", timedelta(days=40)),
    "後期高齢資格有無": ("elderly_medical_age", timedelta(days=1)),
    "介護資格有無": ("care_age", timedelta(days=1)),
}
"""Flag → name of its age, and how long before the birthday it may be set."""


def cells(group: Group, context: Context) -> Iterator[Cells]:
    """Flags that are set for people who were born too late."""
    if _BORN not in group.by_name:
        return
    born = pl.col(_BORN)
    known = calendar(_BORN) & (born <= context.as_of.isoformat())
    if f"{_BORN}_不詳フラグ" in group.by_name:
        known &= pl.col(f"{_BORN}_不詳フラグ") != "1"
    for flag, (name, ahead) in _FLAGS.items():
        if flag in group.by_name:
            day = context.as_of + ahead
            young = born > years_before(day, limit(name, day))
            yield Gated(flag, young & known, gate=pl.col(flag) == "1")
