"""Refusals in Japanese (できない理由): what stops the work is written in English where it happens, and read in both.

A terminal shows the sentence as it is; a screen shows what `refusals.csv` says for it. `{}` stands for what differs
(a file, a column); `{0}`, `{1}` put it where Japanese wants it. A sentence that is not there is shown as it is.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from yakuba.kernel.home import yakuba_home

if TYPE_CHECKING:
    from collections.abc import Sequence

PARTS = " → "
"""Between what happened and what to do."""
_PLACE = re.compile(r"\{(\d)\}")
_ENGLISH = re.compile(r"(?<=[^\x00-\x7f]) [a-z]+(?: [a-z,]+)+$")
"""The English half of a sentence that is in both languages."""


def in_japanese(said: str) -> str:
    """A refusal as a screen shows it: its sentence and its remedy in Japanese, without the server's folders."""
    return PARTS.join(_sentence(part) for part in _without_folders(said).split(PARTS))


@cache
def table() -> dict[str, str]:
    """Sentence as written in the code → Japanese."""
    text = files("yakuba.migration.report").joinpath("refusals.csv").read_text("utf-8")
    return {row["english"]: row["japanese"] for row in csv.DictReader(text.splitlines())}


def _sentence(text: str) -> str:
    """The sentence itself, or the end of it behind the place that it is about ("table 住民情報: …")."""
    starts = [0, *(found.end() for found in re.finditer(": ", text))]
    for start in starts:
        found = _found(text[start:])
        if found is not None:
            return text[:start].replace(": ", "：") + found
    return _ENGLISH.sub("", text)


def _found(text: str) -> str | None:
    for pattern, japanese in _patterns():
        if match := pattern.fullmatch(text):
            parts = [table().get(part, part) for part in match.groups()]
            return _filled(japanese, parts)
    return None


def _filled(japanese: str, parts: Sequence[str]) -> str:
    return _PLACE.sub(lambda place: parts[int(place[1])], japanese)


@cache
def _patterns() -> Sequence[tuple[re.Pattern[str], str]]:
    """Those that say most come first: "{}: {} is missing" must not take what another says more exactly."""
    rows = sorted(table().items(), key=lambda row: -len(row[0].replace("{}", "")))
    return [(re.compile("(.*?)".join(map(re.escape, english.split("{}"))), re.DOTALL), text) for english, text in rows]


def _without_folders(said: str) -> str:
    for home in {str(yakuba_home()), str(yakuba_home().resolve())}:
        said = re.sub(re.escape(home) + r"(?:/[^/:]+)*/", "", said)
    return said
