"""Make catalog/municipalities/<date>.csv from a table of 全国地方公共団体コード (総務省).

Usage: python tools/catalog_municipalities.py <lgcode csv> catalog/municipalities/2024-01-01.csv
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

KINDS = {
    "prefecture": "都道府県",
    "designated_city": "指定都市",
    "city": "市",
    "special_ward": "特別区",
    "town": "町",
    "village": "村",
    "designated_ward": "行政区",
}
HEADER = ("団体コード", "団体コード5桁", "都道府県", "団体名", "都道府県カナ", "団体名カナ", "種別", "北方領土")


def main(source: Path, target: Path) -> None:
    """Copy the table with Japanese words for the kinds, ordered by code.

    Args:
        source: CSV with columns 団体コード6桁, 団体コード5桁, 都道府県名, 団体名, …カナ, 種別, 北方領土.
        target: CSV to write (UTF-8, LF).
    """
    with source.open(encoding="utf-8", newline="") as stream:
        rows = sorted(csv.reader(stream))
    rows = [row for row in rows if row[0].isdigit()]
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(HEADER)
        for row in rows:
            writer.writerow([*row[:6], KINDS[row[6]], "○" if row[7] == "1" else ""])
    print(f"{target}: {len(rows)} 団体")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
