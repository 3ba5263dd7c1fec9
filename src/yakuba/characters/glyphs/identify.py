"""Glyphs to candidates (文字同定): the nearest MJ characters in shape, ordered by what is known, and a suggestion.

It only suggests. A person decides, on the screen of the workbench or in the 外字対応表.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.characters import tables
from yakuba.characters.glyphs.index import index
from yakuba.characters.glyphs.judge import KINDS, judge, kind, levelled, signs
from yakuba.characters.glyphs.knowledge import weigh
from yakuba.characters.glyphs.model import embed
from yakuba.characters.vendor import Likeness
from yakuba.kernel.progress import SILENT, Progress

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from yakuba.characters.glyphs.glyph import Glyph
    from yakuba.characters.glyphs.index import Index
    from yakuba.characters.glyphs.judge import Weights
    from yakuba.characters.glyphs.usage import Usage

CANDIDATES = 20
_AT_ONCE = 512
_TORN = 0.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """An MJ character that a glyph may be.

    Attributes:
        name: MJ文字図形名. form: the character as `tables.form_by_name` writes it.
        similarity: what candidates are ordered by, shape and knowledge together, 0 to 1.
        shape: likeness of the shapes alone, 0 to 1. known: what knowledge has added.
    """

    name: str
    form: str
    similarity: float
    shape: float
    known: float


@dataclass(frozen=True, slots=True)
class Identified:
    """A glyph and what it may be.

    Attributes:
        candidates: at most 20, best first. suggestion: what the machine would call the first of them.
        sure: how sure it is of the suggestion, 0 to 1.
    """

    glyph: Glyph
    candidates: tuple[Candidate, ...]
    suggestion: Likeness
    sure: float


def identify(
    glyphs: Sequence[Glyph], usage: Mapping[str, Usage] | None = None, *, progress: Progress = SILENT
) -> list[Identified]:
    """Candidates of every glyph, in the order given.

    Args:
        glyphs: of one font; what its plain cases look like helps to judge the others.
        usage: by private-use character, see `usage.read_usage`.

    Raises:
        CannotContinueError: IPAmj明朝 or the model is not installed, or the index cannot be kept.
    """
    known = index(progress)
    progress.stage("文字同定 identify", len(glyphs), "字")
    found: dict[int, Identified] = {}
    for name in KINDS:
        places = [place for place, glyph in enumerate(glyphs) if kind(glyph.dots) == name]
        near = _Near([glyphs[place] for place in places], known, progress)
        found |= zip(places, near.identified(usage or {}, judge()[name]), strict=True)
    return [found[place] for place in range(len(glyphs))]


class _Near:
    """What is near glyphs of one kind."""

    def __init__(self, glyphs: Sequence[Glyph], known: Index, progress: Progress) -> None:
        self._glyphs, self._known = glyphs, known
        self._rows: list[list[int]] = []
        self._cosines: list[list[float]] = []
        self._seen: list[NDArray[np.float64]] = []
        for start in range(0, len(glyphs), _AT_ONCE):
            some = glyphs[start : start + _AT_ONCE]
            rows, cosines = known.nearest(embed([glyph.picture for glyph in some]), CANDIDATES)
            self._seen.append(signs(cosines, known.wide(rows)))
            self._rows += rows.tolist()
            self._cosines += cosines.tolist()
            progress.advance(len(some))

    def identified(self, usage: Mapping[str, Usage], weights: Weights) -> Iterator[Identified]:
        """Each glyph with candidates and suggestion."""
        said = weights.suggestions(levelled(self._seen))
        for glyph, rows, cosines, (suggestion, sure) in zip(self._glyphs, self._rows, self._cosines, said, strict=True):
            candidates = [self._candidate(*pair) for pair in zip(rows, cosines, strict=True)]
            ordered = weigh(candidates, usage[glyph.private]) if glyph.private in usage else candidates
            if ordered[0].name == candidates[0].name:
                yield Identified(glyph, tuple(ordered), suggestion, sure)
            else:  # the shape says one thing, the names another: nobody can be sure
                yield Identified(glyph, tuple(ordered), Likeness.SIMILAR, min(sure, _TORN))

    def _candidate(self, row: int, cosine: float) -> Candidate:
        name = self._known.entries[row].names[0]
        shape = min(1.0, max(0.0, cosine))
        return Candidate(name, tables.form_by_name()[name], shape, shape, 0.0)
