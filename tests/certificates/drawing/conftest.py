"""Orders and records of the drawing tests: one small household of the samples, changed as a test needs it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from yakuba.certificates.drawing import NotDrawableError, compose
from yakuba.certificates.kinds import kind
from yakuba.certificates.samples import Sample, samples_of

if TYPE_CHECKING:
    from yakuba.certificates.compose import Composed


class Bench:
    """A sample that can be changed and composed."""

    def __init__(self, sample: Sample) -> None:
        self.order, self.record, self.issuer, self.look = sample.order, sample.record, sample.issuer, sample.look

    def person(self, place: int = 0, /, **items: str) -> Bench:
        """Change items of one person."""
        people = list(self.record.people)
        people[place] = {**people[place], **items}
        self.record = replace(self.record, people=tuple(people))
        return self

    def choose(self, **choices: bool | str) -> Bench:
        """Change choices."""
        self.order = replace(self.order, choices={**self.order.choices, **choices})
        return self

    def compose(self) -> Composed:
        """The content."""
        return compose(self.order, self.record, self.issuer, self.look)

    def refusal(self) -> NotDrawableError | None:
        """Why it is not drawn; None when it can be."""
        try:
            self.compose()
        except NotDrawableError as error:
            return error
        return None

    def codes(self) -> set[str]:
        """Codes of the findings; empty when it can be drawn."""
        refusal = self.refusal()
        return {finding.code for finding in refusal.findings} if refusal else set()

    def words(self) -> str:
        """Everything that stands in a cell, cells separated by line feeds."""
        return "\n".join("".join(cell[2]) for cell in cells(self.compose().view) if cell[0] != "p")


def cells(view: dict[str, Any]) -> list[list[Any]]:
    """Every cell of every sheet."""
    grids = [grid for sheet in view["sheets"] for grid in (sheet["header"], *sheet["body"])]
    return [cell for grid in grids for cell in grid["c"]]


def bench(identifier: str, name: str) -> Bench:
    """A case of a kind by its name."""
    return Bench(next(one for one in samples_of(kind(identifier)) if one.name == name))


@pytest.fixture
def family() -> Bench:
    """太郎, 花子, 一郎 and a child without a name."""
    return bench("juminhyo", "世帯全員")


@pytest.fixture
def foreigners() -> Bench:
    """ＮＧＵＹＥＮ, 金 and their Japanese child."""
    return bench("juminhyo", "外国人世帯")
