"""A project's tables made ready to run: which source columns and steps give each item, and back again.

`TablePlan.apply` turns a staged block into standard items; a value that a step cannot convert keeps its old text, so
nothing is lost.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from yakuba.migration.contracts import FILE, LINE, RECORD
from yakuba.migration.mapping.arguments import PARTS
from yakuba.migration.mapping.known import Answers
from yakuba.migration.mapping.vector import apply_step

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from yakuba.layouts.model import Group, Item
    from yakuba.migration.contracts import TableSpec
    from yakuba.migration.mapping.known import Look
    from yakuba.migration.mapping.step import Step

    Failures = list[tuple[str, str, pl.Series]]
    """(item, step word, mask over the rows) of the cells that a step could not convert."""


@dataclass(frozen=True)
class ColumnPlan:
    """One target item: its source columns and prepared steps, each with the word the project used."""

    item: Item
    sources: tuple[str, ...]
    steps: tuple[tuple[str, Step], ...]
    answers: Answers = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "answers", Answers(self.convert))

    def convert(self, values: pl.Series) -> tuple[pl.Series, list[tuple[str, pl.Series]]]:
        """The steps over a column; with the mask of the cells that could not be converted, by step word."""
        failures = []
        for word, step in self.steps:
            values, failed = apply_step(values, step)
            if failed.any():
                failures.append((word, failed))
        return values, failures

    def convert_known(self, look: Look) -> tuple[Look, list[tuple[str, pl.Series]]]:
        """The same for a column whose values are known: only those that are new are converted."""
        known, failures = self.answers.of(look)
        order = [word for word, _ in self.steps]
        return known, sorted(failures, key=lambda failure: order.index(failure[0]))

    def start(self) -> pl.Expr:
        """The value before the first step."""
        match self.sources:
            case ():
                return pl.lit("")
            case (single,):
                return pl.col(single)
            case _:
                return pl.concat_str([pl.col(name) for name in self.sources], separator=PARTS)

    def scalar(self, values: Sequence[str]) -> str:
        """The same conversion for one record, value by value: the reference that the column form must equal."""
        value = PARTS.join(values)
        for _, step in self.steps:
            if value or step.on_empty:
                value = _or_same(step.scalar(value), value)
        return value

    def inverse(self) -> tuple[Step, ...] | str:
        """Steps from the standard item back to the old column, or why there is no way back."""
        back: list[Step] = []
        for word, step in reversed(self.steps):
            if isinstance(step.inverse, str):
                return f"{word}: {step.inverse}"
            back.append(step.inverse())
        return tuple(back)


def _or_same(converted: str | None, value: str) -> str:
    return value if converted is None else converted


@dataclass(frozen=True)
class TablePlan:
    """One `[[table]]`, ready.

    Attributes:
        index: position in the project, names its files in the run folder.
        business: official business name; "予備" for the reserve area.
        target: "業務/グループ".
        group: target group. columns: plans of the items that are filled.
    """

    index: int
    spec: TableSpec
    business: str
    target: str
    group: Group
    columns: tuple[ColumnPlan, ...]

    @property
    def reserve(self) -> bool:
        """Whether this is a reserve area (予備領域) table, which no rule looks at."""
        return self.business == RESERVE

    @property
    def items(self) -> tuple[str, ...]:
        """Names of the filled items, in the order of the layout."""
        filled = {plan.item.name for plan in self.columns}
        return tuple(item.name for item in self.group.items if item.name in filled)

    def copies(self, unchanged: Collection[str]) -> list[str]:
        """Items that are one of these source columns as it is."""
        return [
            plan.item.name
            for plan in self.columns
            if len(plan.sources) == 1 and not plan.steps and plan.sources[0] in unchanged
        ]

    def taken(self, block: pl.DataFrame) -> pl.Series | None:
        """Which rows of a staged block this table takes (`where`); None when it takes them all."""
        masks = []
        for column, accepted in self.spec.where.items():
            named = block[column].is_in([value for value in accepted if value != "!"])
            masks.append(~named if accepted[0] == "!" else named)
        return pl.DataFrame(masks).select(pl.all_horizontal(pl.nth(range(len(masks))))).to_series() if masks else None

    def apply(self, block: pl.DataFrame) -> tuple[pl.DataFrame, Failures]:
        """Items of the rows that this table takes.

        Returns:
            lineage + one String column per filled item, and for each item with cells that a step could not
            convert: (item, step word, mask over the rows).
        """
        rows, failures, _ = self.apply_known(block, {})
        return rows, failures

    def apply_known(
        self, block: pl.DataFrame, looks: Mapping[str, Look]
    ) -> tuple[pl.DataFrame, Failures, dict[str, Look]]:
        """The same, with what is known of the values of some columns; gives back what is known of items."""
        mask = self.taken(block)
        if mask is not None:
            block = block.filter(mask)
            looks = {name: look.filter(mask) for name, look in looks.items()}
        done = [block[RECORD], block[FILE], block[LINE]]
        failures: Failures = []
        known: dict[str, Look] = {}
        by_item = {plan.item.name: plan for plan in self.columns}
        for name in self.items:
            plan = by_item[name]
            if len(plan.sources) == 1 and plan.sources[0] in looks:
                known[name], failed = plan.convert_known(looks[plan.sources[0]])
                values = known[name].column() if plan.steps else block[plan.sources[0]]
            else:
                values, failed = plan.convert(_start(plan, block))
            done.append(values.alias(name))
            failures.extend((name, word, mask) for word, mask in failed)
        return pl.DataFrame(done), failures, known


def _start(plan: ColumnPlan, block: pl.DataFrame) -> pl.Series:
    """The column that the first step gets."""
    if len(plan.sources) == 1:
        return block[plan.sources[0]]
    return block.select(plan.start().alias("value"))["value"] if plan.sources else _blank(block.height)


def _blank(height: int) -> pl.Series:
    return pl.Series("value", [""], dtype=pl.String).new_from_index(0, height)


RESERVE = "予備"
"""Business name of the reserve area (予備領域): columns that the standard has no place for."""
