"""Doubts (確かめること): what a look at a dump is not sure of, in Japanese for the screen."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    text = files(__package__).joinpath("doubts.csv").read_text("utf-8")
    return tuple((re.compile(row["pattern"]), row["japanese"]) for row in csv.DictReader(text.splitlines()))


def doubt(text: str) -> str:
    """One doubt in Japanese; one that the table does not know as it was written."""
    return next(
        (japanese.format(*found.groups()) for pattern, japanese in _patterns() if (found := pattern.search(text))), text
    )


def doubts(texts: Sequence[str]) -> str:
    """All of them in one cell."""
    return "　".join(doubt(text) for text in texts)
