"""Make catalog/standards/kihon/2023-03/031_… from the request fields of the 付番 API specification (第2.0版, 2023-03).

Usage: python tools/catalog_031_api.py <api_fuban_request.csv> <api_fuban_response.csv> catalog/standards

The request table is the earlier published form of 住登外者宛名基本情報. 処理区分 belongs to the call, not to the
record, and is left out; 履歴番号 (9, 3 digits) is in the response only and completes the key.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

from yakuba.layouts.folder import CODE_COLUMNS, GROUP_COLUMNS, ITEM_COLUMNS
from yakuba.layouts.table import write_table

GROUP = ("住登外者宛名基本情報", "jutogaishaatenakihonjoho")
KEYS = ("宛名番号", "履歴番号")
BUSINESS = """
[business]
name = "住登外者宛名番号管理"
code = "031"
identifier = "jutogaishaatenabangokanri"
code_standing = "official"
"""
SOURCE = f"""title = "住登外者宛名番号管理 住登外者宛名番号付番API仕様"
edition = "第2.0版"
date = "2023-03"
licence = "公共データ利用規約（第1.0版）、出典: デジタル庁。項目名・型・桁数・説明をそのまま表に移した"
how = "tools/catalog_031_api.py from the request and response tables of the specification. ◎ is 必須, a text \
after ※※ makes 条件付き必須; the specification numbers no items, so the ids are empty."
standing = "official"
references = ["デジタル庁 2026-08 公開「住登外者宛名番号付番 API仕様 第2.0版」リクエスト・レスポンス"]
{BUSINESS}"""


def fields(request: Path, response: Path) -> list[dict[str, str]]:
    """Rows of both tables that describe the record: the request's, with 履歴番号 of the response after 宛名番号."""
    with request.open(encoding="utf-8", newline="") as stream:
        records = [row for row in csv.DictReader(stream) if row["項目名"] != "処理区分"]
    rows = [{key: (value or "").strip() for key, value in row.items()} for row in records]
    with response.open(encoding="utf-8", newline="") as stream:
        found = next(record for record in csv.reader(stream) if "rirekibango" in record)
    at = found.index("rirekibango")
    history = {
        "パラメータ名": found[at],
        "項目名": found[at + 1],
        "項目説明": found[at + 2],
        "記述例": "",
        "必須": found[at + 4],
        "データ型": found[at + 6],
        "桁数": found[at + 7],
        "備考": "",
    }
    place = next(number for number, row in enumerate(rows) if row["項目名"] == "宛名番号") + 1
    return [*rows[:place], history, *rows[place:]]


def code_lists(rows: list[dict[str, str]]) -> dict[str, list[tuple[str, str]]]:
    """Code lists that stand in the descriptions, as in （0：無、1：有）, by item name."""
    lists = {}
    for row in rows:
        values = re.findall(r"([0-9])：([^、）]+)", row["項目説明"])
        if values:
            lists[row["項目名"]] = [(value, meaning.strip()) for value, meaning in values]
    return lists


def item(row: dict[str, str], code: str) -> list[str]:
    """One row of items.csv."""
    output = "必須" if row["必須"] == "◎" or row["項目名"] in KEYS else "任意"
    if "※※" in row["備考"] and output != "必須":
        output = "条件付き必須"
    sample = re.sub(r"^[a-z_]+=", "", row["記述例"]).strip('"”“\n ')
    unknown = "○" if "不詳日を許容する" in row["備考"] else ""
    key = "○" if row["項目名"] in KEYS else ""
    gaiji = "○" if row["データ型"] == "Ｎ" else ""
    return [
        *("", row["項目名"], row["パラメータ名"], GROUP[0], key, "", row["データ型"], row["桁数"], code, "", output),
        *("", gaiji, unknown, row["項目説明"], row["備考"], sample, "公式: 付番API仕様 第2.0版"),
    ]


def main(request: Path, response: Path, catalog: Path) -> None:
    """Write the folder."""
    rows = fields(request, response)
    lists = code_lists(rows)
    ids = {name: str(number) for number, name in enumerate(lists, 1)}
    folder = catalog / "kihon" / "2023-03" / "031_jutogaishaatenabangokanri"
    folder.mkdir(parents=True, exist_ok=True)
    write_table(folder / "groups.csv", GROUP_COLUMNS, [(*GROUP, "住登外者1人の1履歴が1行")])
    write_table(folder / "items.csv", ITEM_COLUMNS, [item(row, ids.get(row["項目名"], "")) for row in rows])
    codes = [
        (ids[name], name, value, meaning, "公式: 付番API仕様 第2.0版")
        for name, values in lists.items()
        for value, meaning in values
    ]
    write_table(folder / "codes.csv", CODE_COLUMNS, codes)
    (folder / "SOURCE.toml").write_text(SOURCE, encoding="utf-8")
    print(f"{folder}: {len(rows)} items, {len(lists)} code lists")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]))
