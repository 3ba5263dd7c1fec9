"""A town small enough to be lost a thousand times: what its tables hold on a day, without anything of ours.

Oracle: `rows(day)`, plain Python. A restored folder is compared with it cell by cell.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

STANDARD = "kihon@2023-09"
MUNICIPALITY = "131016"
_FOLDER = "data/001_juminkihondaicho"
_RESIDENTS = 40
_DAY_ZERO = datetime(2026, 3, 1, 3, 0, 0, tzinfo=UTC)

Table = Counter[tuple[str, ...]]
"""Rows, each a tuple of cells, with the header once."""


def as_of(day: int) -> datetime:
    """Moment of a day's data: which feed a generation was made of is known by it alone."""
    return _DAY_ZERO + timedelta(days=day)


def day_of(moment: datetime) -> int:
    """Inverse of `as_of`."""
    return (moment - _DAY_ZERO).days


def rows(day: int) -> Mapping[str, Table]:
    """All rows of a day by file: some new, some gone, some different; cells with commas, quotes and line ends."""
    memos, numbers = Table(), Table()
    memos[("宛名番号", "メモ番号", "メモ内容")] = numbers[("宛名番号", "個人番号")] = 1
    for person in range(_RESIDENTS + 2 * day):
        if person % 17 == day % 17:
            continue
        changed = day if person % 13 == day % 13 else 0
        text = ("転入, 確認済", 'いわゆる"旧姓"', "一行目\n二行目", "")[person % 4]
        memos[(f"{person:015}", "1", f"{text}{changed}")] = 1
        numbers[(f"{person:015}", f"{person * 7919 + changed:012}")] = 1
    return {f"{_FOLDER}/memo.csv": memos, f"{_FOLDER}/kojinbangokanri.csv": numbers}


def write_feed(folder: Path, day: int) -> Path:
    """The day as a full feed."""
    for name, table in rows(day).items():
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows(table)
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text.getvalue(), "utf-8", newline="")
    return folder


def restored(folder: Path) -> Mapping[str, Table]:
    """What lies in a restored folder, as `rows` gives it."""
    found = {}
    for path in sorted(folder.glob("data/*/*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            found[path.relative_to(folder).as_posix()] = Table(tuple(row) for row in csv.reader(stream))
    return found
