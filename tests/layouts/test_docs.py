"""The examples in the docstrings of this room are true."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest


@pytest.mark.parametrize("name", ["condition", "reference", "sheet", "words", "workbook"])
def test_examples(name: str) -> None:
    outcome = doctest.testmod(import_module(f"yakuba.layouts.{name}"))
    assert outcome.attempted > 0
    assert outcome.failed == 0
