"""Eras (元号): read from `catalog/eras.csv`; a new era is one more line there and no code.

The last day of an era may be the first of the next (1912-07-30, 1926-12-25): both are then right, so an era
is never derived from a day where the era that was written down is known.

Source: 住民記録システム標準仕様書【第1.0版】1.1.8, 1.3.6 (eras are a parameter).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from yakuba.kernel.discover import catalog_root
from yakuba.kernel.errors import UsageError


@dataclass(frozen=True, slots=True)
class Era:
    """One era.

    Attributes:
        code: one-digit code of old systems and of the Juki interface (明治 1 … 令和 5).
        code2: two-digit code (intermediate layout).
        name: 元号, e.g. 昭和.
        letter: Latin initial, e.g. S.
        first: first day, ISO text.
        last: last day, ISO text; "9999-12-31" for the present era.
        year_one: western year of year 1 (元年).
        certainty: how sure the codes are (確度), as the table says.
    """

    code: str
    code2: str
    name: str
    letter: str
    first: str
    last: str
    year_one: int
    certainty: str

    def covers(self, iso: str) -> bool:
        """Whether a day (ISO text, also one that no calendar has) lies in this era, both border days included."""
        return self.first <= iso <= self.last


@cache
def eras() -> tuple[Era, ...]:
    """All eras of the catalog, oldest first.

    Raises:
        UsageError: the table cannot be read or lacks a column.
    """
    path = catalog_root() / "eras.csv"
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            found = [_era(row) for row in csv.DictReader(lines)]
    except (OSError, KeyError, ValueError) as error:
        raise UsageError(f"{path}: cannot be read as the table of eras", remedy="reinstall Yakuba") from error
    return tuple(sorted(found, key=lambda era: era.first))


def _era(row: dict[str, str]) -> Era:
    return Era(
        code=row["コード1桁"],
        code2=row["コード2桁"],
        name=row["元号"],
        letter=row["略号"],
        first=row["開始年月日"],
        last=row["終了年月日"] or "9999-12-31",
        year_one=int(row["元年西暦"]),
        certainty=row["確度"],
    )


@cache
def era_names() -> dict[str, Era]:
    """Era by everything that may stand for it: name, first character, letter, one- and two-digit code.

    >>> {era_names()[word].name for word in ("昭和", "昭", "S", "3", "03")}
    {'昭和'}
    """
    return {word: era for era in eras() for word in (era.name, era.name[0], era.letter, era.code, era.code2)}


def eras_on(iso: str) -> tuple[Era, ...]:
    """Eras a day (ISO text) lies in: none before 明治, two on a shared border day, oldest first.

    >>> [era.name for era in eras_on("1926-12-25")]
    ['大正', '昭和']
    """
    return tuple(era for era in eras() if era.covers(iso))


@cache
def border_days() -> frozenset[str]:
    """Days that belong to two eras, ISO text.

    >>> sorted(border_days())
    ['1912-07-30', '1926-12-25']
    """
    return frozenset(era.first for era in eras() if len(eras_on(era.first)) > 1)
