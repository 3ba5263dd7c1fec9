"""People with whom a clerk has to be careful, put into the dump of the served town: 抑止 of several kinds."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_ALONE = 1


def add_careful(dump: Path) -> None:
    """Two people who live alone: one whom to look at needs a reason, one whose alert should have been ended."""
    rows = _read(dump / "001_juminjoho.csv")
    now = [row for row in rows if row["最新フラグ"] == "1" and row["除票フラグ"] == "0" and row["住民種別"] == "1"]
    protected = {row["宛名番号"] for row in _read(dump / "001_yokushi.csv")}
    homes = [row["世帯番号"] for row in now]
    alone = sorted(
        row["宛名番号"] for row in now if homes.count(row["世帯番号"]) == _ALONE and row["宛名番号"] not in protected
    )
    path = dump / "001_yokushi.csv"
    blocks = _read(path)
    usual = dict.fromkeys(blocks[0], "") | {
        name: blocks[0][name] for name in ("市区町村コード", "操作者ID", "操作年月日", "操作時刻")
    }
    over = (date.today() - timedelta(days=9)).isoformat()  # noqa: DTZ011 - the day of this machine
    blocks.append(usual | _block(alone[1], 抑止対象処理="3", 抑止レベル="2"))
    blocks.append(usual | _block(alone[2], 抑止対象処理="0", 抑止レベル="1", 抑止終了年月日=over))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(blocks[0]), quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows(blocks)


def _block(addressee: str, **cells: str) -> dict[str, str]:
    started = {"抑止開始年月日": "2026-04-01", "抑止区分": "9", "一時解除有無": "0", "抑止理由": "本人からの申出"}
    return {"宛名番号": addressee, "抑止番号": "1"} | started | cells


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
