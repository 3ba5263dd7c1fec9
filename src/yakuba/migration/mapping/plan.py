"""A project's tables made ready to run: which source columns and steps give each item, and back again.

`compile_tables` refuses whatever the project says wrongly, before any row is touched. `TablePlan.apply` turns a
staged block into standard items; a value that a step cannot convert keeps its old text, so nothing is lost.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import polars as pl

from yakuba.kernel.discover import discover
from yakuba.kernel.errors import UsageError
from yakuba.migration.contracts import FILE, LINE, RECORD
from yakuba.migration.mapping.arguments import PARTS
from yakuba.migration.mapping.vector import Memory, apply_step

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from yakuba.layouts.model import Group, Item
    from yakuba.migration.contracts import ColumnSpec, Project, TableSpec
    from yakuba.migration.mapping.step import Step, StepContext

FOR_SEVERAL = ("join", "when")
"""Steps that take a value made from several columns; its parts come with PARTS between them."""


@dataclass(frozen=True)
class ColumnPlan:
    """One target item: its source columns and prepared steps, each with the word the project used."""

    item: Item
    sources: tuple[str, ...]
    steps: tuple[tuple[str, Step], ...]

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

    def select(self, block: pl.DataFrame) -> pl.DataFrame:
        """Rows of a staged block that this table takes (`where`)."""
        for column, accepted in self.spec.where.items():
            taken = pl.col(column).is_in([value for value in accepted if value != "!"])
            block = block.filter(~taken if accepted[0] == "!" else taken)
        return block

    def apply(self, block: pl.DataFrame) -> tuple[pl.DataFrame, list[tuple[str, str, pl.Series]]]:
        """Items of the rows that this table takes.

        Returns:
            lineage + one String column per filled item, and for each item with cells that a step could not
            convert: (item, step word, mask over the rows).
        """
        block = self.select(block)
        done = [block[RECORD], block[FILE], block[LINE]]
        failures: list[tuple[str, str, pl.Series]] = []
        by_item = {plan.item.name: plan for plan in self.columns}
        for name in self.items:
            values, failed = self._column(by_item[name], block)
            done.append(values.alias(name))
            failures.extend((name, word, mask) for word, mask in failed)
        return pl.DataFrame(done), failures

    @staticmethod
    def _column(plan: ColumnPlan, block: pl.DataFrame) -> tuple[pl.Series, list[tuple[str, pl.Series]]]:
        if len(plan.sources) == 1:
            values = block[plan.sources[0]]
        else:
            values = block.select(plan.start().alias("value"))["value"] if plan.sources else _blank(block.height)
        failures = []
        for word, step in plan.steps:
            values, failed = apply_step(values, step)
            if failed.any():
                failures.append((word, failed))
        return values, failures


def _blank(height: int) -> pl.Series:
    return pl.Series("value", [""], dtype=pl.String).new_from_index(0, height)


RESERVE = "予備"
"""Business name of the reserve area (予備領域): columns that the standard has no place for."""


REMEMBERED = 2**17
"""Converted values a step remembers: more than a century of dates, all codes, and few enough to hold in memory."""


class Steps:
    """Steps prepared for one project; the same step with the same argument is prepared, and remembers, once."""

    def __init__(self, context: StepContext) -> None:
        self._context = context
        self._kinds = discover("yakuba.migration.mapping.steps")
        self._prepared: dict[tuple[str, str], Step] = {}

    def prepare(self, where: str, word: str, argument: Any) -> Step:
        """The step a project means by `word = argument`.

        Raises:
            UsageError: there is no such step, or it cannot do what is asked.
        """
        wanted = (word, repr(argument))
        if wanted not in self._prepared:
            if word not in self._kinds:
                remedy = f"steps: {', '.join(sorted(self._kinds))}"
                raise UsageError(f"{where}: no step is called `{word}`", remedy=remedy)
            try:
                step: Step = self._kinds[word].prepare(argument, self._context)
            except UsageError as error:
                raise UsageError(f"{where}: {error.message}", remedy=error.remedy) from error
            memory = Memory(step.scalar, on_empty=step.on_empty, most=REMEMBERED)
            self._prepared[wanted] = replace(step, scalar=memory)
        return self._prepared[wanted]


def compile_table(
    index: int, spec: TableSpec, place: tuple[str, Group], columns: Sequence[str], steps: Steps
) -> TablePlan:
    """Check one table against its group and its source's columns and prepare its steps.

    Args:
        place: business name and group that `spec.group` means.
        columns: names of the source's columns.

    Raises:
        UsageError: an item the group does not have, a column the source does not have, a wrong step.
    """
    business, group = place
    where = f"table {spec.group}"
    for column in spec.where:
        _has(where, column, columns)
    plans = []
    for column_spec in spec.columns:
        if column_spec.item not in group.by_name:
            raise UsageError(
                f"{where}: the layout has no item {column_spec.item}",
                remedy="`yakuba layouts show` lists the items of the group",
            )
        for column in column_spec.sources:
            _has(where, column, columns)
        plans.append(_compile_column(where, column_spec, group.by_name[column_spec.item], steps))
    unkeyed = [item.name for item in group.keys if all(plan.item is not item for plan in plans)]
    if unkeyed:
        raise UsageError(
            f"{where}: the key {'、'.join(unkeyed)} comes from nowhere",
            remedy='map it, or write { constant = "1" } when the old system has no such number',
        )
    doubled = {plan.item.name for plan in plans if sum(other.item is plan.item for other in plans) > 1}
    if doubled:
        raise UsageError(f"{where}: {', '.join(sorted(doubled))} is given twice")
    return TablePlan(index, spec, business, spec.group, group, tuple(plans))


def _has(where: str, column: str, columns: Sequence[str]) -> None:
    if column not in columns:
        raise UsageError(f"{where}: the source has no column {column}", remedy=f"it has {', '.join(columns)}")


def _compile_column(where: str, spec: ColumnSpec, item: Item, steps: Steps) -> ColumnPlan:
    prepared = [(word, steps.prepare(f"{where}: {spec.item}", word, argument)) for word, argument in spec.steps]
    if len(spec.sources) > 1 and (not prepared or prepared[0][0] not in FOR_SEVERAL):
        remedy = f"its first step must be one of {', '.join(FOR_SEVERAL)}"
        raise UsageError(f"{where}: {spec.item} is made from several columns", remedy=remedy)
    return ColumnPlan(item, spec.sources, tuple(prepared))


def unused_columns(project: Project, source: str, columns: Sequence[str]) -> tuple[str, ...]:
    """Columns of a source that no table uses and that are not dropped on purpose: the reserve area's."""
    used = {
        name
        for table in project.tables
        if table.source == source
        for name in [*table.where, *(column for spec in table.columns for column in spec.sources)]
    }
    dropped: Mapping[str, str] = next(spec.drop for spec in project.sources if spec.name == source)
    return tuple(column for column in columns if column not in used and column not in dropped)
