"""Make catalog/standards/kihon/2026-08/031_… from 項目定義書（住登外者宛名番号管理） of デジタル庁.

Usage: python tools/catalog_031_sheet.py <item-definition.xlsx> catalog/standards
"""

from __future__ import annotations

import sys
from pathlib import Path

from yakuba.layouts.importing import Facts, import_workbook

FACTS = Facts(
    family="kihon",
    edition="2026-08",
    code="031",
    business="住登外者宛名番号管理",
    identifier="jutogaishaatenabangokanri",
    title="項目定義書（住登外者宛名番号管理）",
    printed_edition="2026-08 公開",
    date="2026-08",
    licence="公共データ利用規約（第1.0版）、出典: デジタル庁。表の形を変えて収録",
    groups={"住登外者宛名基本情報": "jutogaishaatenakihonjoho"},
)

if __name__ == "__main__":
    layout = import_workbook(Path(sys.argv[1]), Path(sys.argv[2]), FACTS)
    print(f"{layout.id}: {sum(len(group.items) for group in layout.groups)} items, {len(layout.codes)} code lists")
