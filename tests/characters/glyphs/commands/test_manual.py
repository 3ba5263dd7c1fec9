"""The manual names every finding of the room, every file of the folder, every column of the list, and no other."""

from __future__ import annotations

from tests.architecture.manual import HOUSE, tables, words

from yakuba.characters.glyphs.telling import FINDINGS
from yakuba.cli import _characters_identify as work

PAGE = HOUSE / "docs/ja/characters.md"


def test_every_finding_is_in_the_manual_as_it_is_told() -> None:
    listed = {row[0].strip("`"): row[1:] for name, rows in tables(PAGE) if name == "読み取りの指摘" for row in rows}
    told = {
        code: [severity.japanese, japanese.replace("{}", "…")] for code, (severity, japanese, _) in FINDINGS.items()
    }
    assert listed == told


def test_every_file_is_in_the_manual() -> None:
    assert words(PAGE, "画面を使わずに候補を見る") >= {
        work.PAGE, work.TABLE, work.CANDIDATES, work.FINDINGS, work.PICTURES,
    }  # fmt: skip
