"""Templates hold to what the content security policy allows, and say which language they are in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[2] / "src" / "yakuba" / "web" / "templates"
FILES = sorted(TEMPLATES.rglob("*.html"))
_INLINE = {
    "a style of its own": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "a style block": re.compile(r"<style\b", re.IGNORECASE),
    "a handler": re.compile(r"\son[a-z]+\s*=", re.IGNORECASE),
    "a script of its own": re.compile(r"<script\b(?![^>]*\b(?:src=|type=\"application/json\"))", re.IGNORECASE),
    "script in htmx": re.compile(r"hx-on|hx-vars|hx-vals=['\"]js:|javascript:", re.IGNORECASE),
}
_BLIND = re.compile(r"\|\s*safe\b|autoescape\s+off")
_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_nothing_is_inline_and_nothing_unescaped(path: Path) -> None:
    text = path.read_text("utf-8")
    assert {what for what, pattern in _INLINE.items() if pattern.search(_TAG.sub("", text))} == set()
    assert not _BLIND.search(text)


def test_every_whole_page_says_its_language() -> None:
    pages = [path for path in FILES if "<html" in path.read_text("utf-8")]
    assert pages
    assert [path.name for path in pages if '<html lang="ja">' not in path.read_text("utf-8")] == []
