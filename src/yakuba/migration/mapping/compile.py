"""Compile (対応の確認): a project's tables become plans; what it says wrongly is refused before a row is touched."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from yakuba.kernel.discover import discover
from yakuba.kernel.errors import UsageError
from yakuba.migration.mapping.plan import ColumnPlan, TablePlan
from yakuba.migration.mapping.vector import Memory

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from yakuba.layouts.model import Group, Item
    from yakuba.migration.contracts import ColumnSpec, Project, TableSpec
    from yakuba.migration.mapping.step import Step, StepContext

FOR_SEVERAL = ("join", "when")
"""Steps that take a value made from several columns; its parts come with PARTS between them."""
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
