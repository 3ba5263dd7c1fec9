"""A small catalog folder that tests bend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

GROUPS = "グループ,識別名,説明\n人,hito,1人が1行\n"
ITEMS = (
    "項目ID,項目名,識別名,グループ,主キー,外部キー,型,桁数,コード,繰り返し,出力条件,条件,外字,不詳日,定義,説明,サンプル,由来\n"
    ",番号,bango,人,○,,X,5,,,必須,,,,,,,再構成\n"
    ",区分,kubun,人,,,X,1,01,,条件付き必須,番号 ≠ 空,,,,,,再構成\n"
    ',率,ritsu,人,,,9V,"3,2",,,任意,,,,,,,再構成\n'
)
CODES = "コードID,コード名,値,内容,由来\n1,区分,1,甲,再構成\n1,区分,2,乙,再構成\n"
SOURCE = """title = "試し"
edition = "1"
date = "2026-01"
licence = "none"
how = "typed"
standing = "reconstructed"

[business]
name = "試験"
code = "x99"
identifier = "shiken"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "kihon" / "2026-01" / "x99_shiken"
    path.mkdir(parents=True)
    for name, text in (("groups.csv", GROUPS), ("items.csv", ITEMS), ("codes.csv", CODES), ("SOURCE.toml", SOURCE)):
        (path / name).write_text(text, encoding="utf-8")
    return path
