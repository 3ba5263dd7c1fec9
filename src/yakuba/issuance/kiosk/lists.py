"""Lists of a day (日次の一覧): papers that left, as the centre and we write them; what the shops owe. Files only."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

LIST = ("受付番号", "証明書", "事業者", "発行番号", "手数料", "印刷")
"""Columns of a day's list; 印刷 is 1 for a paper that came out, 0 for one that did not."""
SETTLEMENT = ("日付", "証明書", "事業者", "件数", "手数料", "委託手数料", "差引額")
"""Columns of the fee settlement."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One paper on the centre's list."""

    reception: str
    kind: str
    company: str
    number: str
    fee: int
    printed: bool


@dataclass(frozen=True, slots=True)
class Due:
    """What one company of shops owes for one kind on one day: fees less its commission."""

    day: date
    kind: str
    company: str
    papers: int
    fees: int
    commission: int

    @property
    def net(self) -> int:
        """Yen for the municipality."""
        return self.fees - self.commission


def read_list(text: str, place: str = "一覧") -> list[Listed]:
    """A day's list from CSV.

    Raises:
        UsageError: a column is missing, or a value cannot be meant.
    """
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    if missing := [name for name in LIST if name not in (rows.fieldnames or ())]:
        raise UsageError(f"{place}: 列「{'、'.join(missing)}」がありません", remedy=f"列は {'、'.join(LIST)}")
    return [_read(row, f"{place}:{number}") for number, row in enumerate(rows, start=2)]


def write_list(listed: Iterable[Listed]) -> str:
    """A day's list as CSV."""
    rows = ([one.reception, one.kind, one.company, one.number, one.fee, int(one.printed)] for one in listed)
    return _csv(LIST, rows)


def write_settlement(dues: Iterable[Due]) -> str:
    """A settlement as CSV."""
    rows = ([one.day.isoformat(), one.kind, one.company, one.papers, one.fees, one.commission, one.net] for one in dues)
    return _csv(SETTLEMENT, rows)


def _csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(rows)
    return stream.getvalue()


def _read(row: Mapping[str, str | None], place: str) -> Listed:
    cells = {name: (row[name] or "").strip() for name in LIST}
    if not cells["手数料"].isdecimal() or cells["印刷"] not in ("0", "1"):
        raise UsageError(
            f"{place}: 手数料か印刷の値が正しくありません", remedy="手数料は数、印刷は 1 か 0 にしてください"
        )
    return Listed(
        cells["受付番号"],
        cells["証明書"],
        cells["事業者"],
        cells["発行番号"],
        int(cells["手数料"]),
        cells["印刷"] == "1",
    )
