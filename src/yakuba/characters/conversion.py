"""Conversion of a column of names from any source to MJ, and on to a target.

MJ is Unicode with Moji_Joho variation sequences. What is known is replaced, what is not stays as it is and is listed: a
character is never dropped, never guessed and never normalised. Everything passes through MJ, so that each substitution
is one row of one table with one ground. The additional characters of 行政事務標準文字 (GJ, plane 16) are private use to
Unicode and to the MJ font: without a town's table they are listed as such.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from yakuba.characters import targets, utf16
from yakuba.characters.repertoire import Repertoire
from yakuba.characters.sources import SOURCES, Source, as_escapes, way_from
from yakuba.characters.walk import CHARACTERS, Walked, listing, replaced, walk
from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from yakuba.characters.additions import Addition
    from yakuba.characters.decisions import Decision
    from yakuba.characters.targets import Target
    from yakuba.characters.vendor import VendorTable

UNRESOLVED = pl.Schema({name: CHARACTERS[name] for name in ("character", "kind", "count", "rows")})
"""Columns of `Conversion.unresolved`."""


@dataclass(frozen=True)
class Conversion:
    """A converted column.

    Attributes:
        given: the column as it came. read: the same, codes of one kind written in one way.
        walks: the pass to MJ, and the one to the target where that is not MJ.
    """

    given: pl.Series
    read: pl.Series
    walks: tuple[Walked, ...]

    @property
    def values(self) -> pl.Series:
        """The values, same length and name; null stays null."""
        return self.walks[-1].values

    @cached_property
    def changed(self) -> pl.Series:
        """Whether the value differs from the one given (null counts as not changed)."""
        return self.values.ne_missing(self.given)

    @cached_property
    def characters(self) -> pl.DataFrame:
        """Every character that was replaced or needs a person, most frequent first (`CHARACTERS`).

        `character` = its codes (`U+845B U+E0109`, `&K999999;`), `text` = itself, `state` = decided, ambiguous or
        undecided, `result` = what stands in the values now, `candidates` = best first, `ground` = of the result or of
        the first candidate, `kind` = why it is not decided, `count` of occurrences, `rows` = the first five row
        numbers, counted from 0. A character that goes on to a target has a row for each of its two steps.
        """
        return pl.concat([listing(walked) for walked in self.walks]).sort(
            "count", "character", descending=[True, False], maintain_order=True
        )

    @cached_property
    def unresolved(self) -> pl.DataFrame:
        """The characters that are not decided, most frequent first (`UNRESOLVED`)."""
        return self.characters.filter(pl.col("state") != "decided").select(UNRESOLVED.names())

    def told_back(self) -> pl.Series:
        """Whether each value given can be computed from its result and `characters` alone: the proof of no loss.

        It is computed, not argued: every substitution is undone and the outcome compared. Two characters that became
        one cannot be told apart again, so a shrunk name is not told back, and its original must be kept.
        """
        values = self.values
        for walked in reversed(self.walks):
            values = replaced(values, _inverse(walked))
        return values.eq_missing(self.read)


def convert(
    values: pl.Series | Sequence[str | None],
    *,
    source: Source,
    target: Target | Repertoire = "mj",
    vendor: VendorTable | None = None,
    additions: Mapping[str, Addition] | None = None,
    decisions: Mapping[str, Decision] | None = None,
    first: bool = False,
) -> Conversion:
    """Convert names.

    Args:
        values: strings. In a list, a pair of UTF-16 surrogates is the one character it means.
        source: what a character of `values` means. `unicode` and `mj`: Unicode, with sequences of Moji_Joho or
            Adobe-Japan1. `juki`: each ideograph, Hangul or Yi letter is a 住基ネット統一文字コード. `koseki`: Unicode
            with 戸籍統一文字番号 written `&K349920;`. `koseki_numbers`: the same, and a value of nothing but such
            numbers (`349920 437660`, six digits each, one space between two) means them too; only for a column of
            names, since an amount or a date may look alike. `cp932`, `jis0208`, `jis0213`: Unicode that was read from
            such a code; what the code does not have is listed, because then the source was misnamed.
        target: `mj`; `juki`, its exact inverse; `jis0213` (中間サーバー); `cp932`; `unicode`, no sequences; or what a
            font or a system can write.
        vendor: what private-use characters stand for. additions: 行政事務標準文字 that the town's table knows.
        decisions: what people decided for this target, by character.
        first: take the first candidate where there are several. They stay on the list as ambiguous.

    Raises:
        UsageError: an unknown source or target, or half of a surrogate pair by itself.
    """
    if source not in SOURCES:
        raise UsageError(f"source {source!r} is not known", remedy=", ".join(SOURCES))
    if not isinstance(target, Repertoire) and target not in targets.TARGETS:
        raise UsageError(f"target {target!r} is not known", remedy=", ".join(targets.TARGETS))
    given = values if isinstance(values, pl.Series) else utf16.joined(values)
    read = as_escapes(given) if source == "koseki_numbers" else given
    known = additions or {}
    walked = walk(read, way_from(source, vendor, known))
    if target == "mj":
        return Conversion(given, read, (walked,))
    left = _left(walked)
    if target == "juki":
        way = targets.way_to_juki(left)
    else:
        there = target if isinstance(target, Repertoire) else targets.REPERTOIRES[target]()
        way = targets.way_to(there, left, decisions or {}, known, first=first)
    return Conversion(given, read, (walked, walk(walked.values, way)))


def _left(walked: Walked) -> frozenset[str]:
    """Characters that are on the list as they are; not those that another character has become meanwhile."""
    undecided = {token for token, answer in walked.listed.items() if answer.state != "decided"}
    return frozenset(undecided - {answer.text for answer in walked.listed.values() if answer.state == "decided"})


def _inverse(walked: Walked) -> dict[str, str]:
    """Character by what it became, for what exactly one character became."""
    back: dict[str, str] = {}
    for token, answer in walked.answers.items():
        back[answer.text] = "" if answer.text in back else token
    return {text: token for text, token in back.items() if token}
