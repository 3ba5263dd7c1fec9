"""One pass over a column: clean values go by one regular expression, distinct suspicious characters are looked up.

No Python runs per row; only per distinct character that is not plainly all right.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from yakuba.characters.shrink import State

Kind = Literal[
    "pua",
    "juki_unmapped",
    "koseki_unmapped",
    "aj1_ivs",
    "unknown_ivs",
    "replacement",
    "geta",
    "control",
    "unassigned",
    "outside_source",
    "several",
    "no_target",
]
"""Why a character is not decided."""
CHARACTERS = pl.Schema(
    {
        "character": pl.String(),
        "text": pl.String(),
        "state": pl.String(),
        "result": pl.String(),
        "candidates": pl.List(pl.String()),
        "ground": pl.String(),
        "kind": pl.String(),
        "count": pl.UInt32(),
        "rows": pl.List(pl.UInt32()),
    }
)
"""Columns of `Conversion.characters`."""
FIRST_ROWS = 5
"""How many rows are named per character."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What becomes of one character.

    Attributes:
        text: what stands in its place; the character itself when it stays.
        state: None = it is all right as it is, and no list needs it.
        kind: why it is not decided. ground: why it is. candidates: what a person may choose from, best first.
    """

    text: str
    state: State | None = None
    kind: Kind | None = None
    ground: str = ""
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """How to walk.

    Attributes:
        gate: regular expression of a value with something to look at.
        token: of one character to look at, longest first. look_up: what becomes of it.
    """

    gate: str
    token: str
    look_up: Callable[[str], Answer]


@dataclass(frozen=True, slots=True)
class Walked:
    """A column after one pass.

    Attributes:
        values: as they are now. tokens: `row` and `token` of every character looked at.
        answers: what became of each distinct one.
    """

    values: pl.Series
    tokens: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema={"row": pl.UInt32, "token": pl.String}))
    answers: Mapping[str, Answer] = field(default_factory=dict)

    @property
    def listed(self) -> dict[str, Answer]:
        """Answers that belong on the list: substitutions, and what was not decided."""
        return {token: answer for token, answer in self.answers.items() if answer.state}


def walk(values: pl.Series, way: Way) -> Walked:
    """Look at a column of strings and replace what is decided."""
    suspicious = values.str.contains(way.gate).fill_null(value=False)
    if not suspicious.any():
        return Walked(values)
    at = suspicious.arg_true()
    chosen = values.gather(at)
    tokens = pl.DataFrame({"row": at, "token": chosen.str.extract_all(way.token)}).explode("token")
    answers = {token: way.look_up(token) for token in tokens["token"].unique().to_list()}
    texts = {token: answer.text for token, answer in answers.items()}
    return Walked(values.clone().scatter(at, replaced(chosen, texts)), tokens, answers)


def replaced(values: pl.Series, texts: Mapping[str, str]) -> pl.Series:
    """Every key replaced in one pass; sequences come first, so that their base is not taken alone."""
    if all(token == text for token, text in texts.items()):
        return values
    tokens = sorted(texts, key=len, reverse=True)
    return values.str.replace_many(tokens, [texts[token] for token in tokens], leftmost=True)


def listing(walked: Walked) -> pl.DataFrame:
    """The list of one pass (`CHARACTERS`): one row per substituted or undecided character."""
    found = walked.listed
    if not found:
        return pl.DataFrame(schema=CHARACTERS)
    facts = pl.DataFrame(
        [
            (spelled(token), token, one.state, one.text, list(one.candidates), one.ground, one.kind)
            for token, one in found.items()
        ],
        schema=dict(list(CHARACTERS.items())[:7]),
        orient="row",
    )
    places = (
        walked.tokens.filter(pl.col("token").is_in(list(found)))
        .group_by("token")
        .agg(pl.len().alias("count"), pl.col("row").unique().sort().head(FIRST_ROWS).alias("rows"))
    )
    joined = facts.join(places, left_on="text", right_on="token")
    return joined.cast({"count": pl.UInt32, "rows": pl.List(pl.UInt32)}).select(CHARACTERS.names())


def spelled(token: str) -> str:
    """A character by its codes: `U+845B U+E0102`; a 戸籍統一文字番号 as it is written."""
    return token if token.startswith("&K") else " ".join(f"U+{ord(char):04X}" for char in token)
