"""The examples in the docstrings of this room are true."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest

MODULES = ["absent", "check_digits", "finding", "dates.eras", "dates.calendar", "dates.wareki", "dates.fushobi"]


@pytest.mark.parametrize("name", [*MODULES, "dates.forms"])
def test_examples(name: str) -> None:
    outcome = doctest.testmod(import_module(f"yakuba.kernel.{name}"))
    assert outcome.attempted > 0
    assert outcome.failed == 0
