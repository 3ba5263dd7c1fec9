"""The examples in the docstrings of the glyphs' room are true."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest


@pytest.mark.parametrize("name", ["glyph", "kana", "radicals"])
def test_examples(name: str) -> None:
    outcome = doctest.testmod(import_module(f"yakuba.characters.glyphs.{name}"))
    assert outcome.attempted > 0
    assert outcome.failed == 0
