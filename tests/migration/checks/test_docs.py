"""Every finding code has its entry on the page, and the page says what the rules say."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

from yakuba.migration.hints import PIPELINE
from yakuba.migration.ruling import checks, fixes

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs" / "ja" / "findings.md"


def test_every_code_has_its_entry() -> None:
    text = PAGE.read_text(encoding="utf-8")
    headings = set(re.findall(r"^### `(\w+)` — ", text, re.MULTILINE))
    assert headings == {*checks(), *fixes()}
    assert all(f"| `{code}` |" in text for code in PIPELINE)


def test_the_page_is_up_to_date() -> None:
    tool = runpy.run_path(str(ROOT / "tools" / "docs_findings.py"))
    assert PAGE.read_text(encoding="utf-8") == tool["page"](), "run python tools/docs_findings.py"


def test_a_code_belongs_to_one_rule() -> None:
    assert not checks().keys() & fixes().keys()
    assert not {*checks(), *fixes()} & PIPELINE.keys()
