"""Prepare (準備): everything a project names is looked up and checked before the first row moves."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.discover import catalog_root
from yakuba.kernel.errors import UsageError
from yakuba.layouts.model import DataType, Group, Item, Output
from yakuba.layouts.read import standard
from yakuba.migration.contracts import RECORD, REPLAYED, ColumnSpec, TableSpec
from yakuba.migration.mapping.compile import Steps, compile_table, unused_columns
from yakuba.migration.mapping.plan import RESERVE, TablePlan
from yakuba.migration.mapping.step import StepContext
from yakuba.migration.pipeline.replay import superseded
from yakuba.migration.rules import Context

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from yakuba.layouts.standard import Standard
    from yakuba.migration.contracts import Project, Staged

DICTIONARY = ("町字コード", "町字", "郵便番号")
"""Columns of the town's address dictionary."""
RESERVE_FOLDER = "yobi"
"""Folder of the reserve area below data/."""


@dataclass(frozen=True)
class Prepared:
    """A project ready to run."""

    project: Project
    standard: Standard
    staged: tuple[Staged, ...]
    plans: tuple[TablePlan, ...]

    def staged_of(self, plan: TablePlan) -> Staged:
        """The staged source of a table."""
        return next(one for one in self.staged if one.source.name == plan.spec.source)

    def place(self, plan: TablePlan) -> tuple[str, str]:
        """Folder below data/ and file stem of a table's group."""
        if plan.reserve:
            return RESERVE_FOLDER, plan.spec.source
        layout, group = self.standard.group(plan.target)
        return f"{layout.code}_{layout.identifier}", group.identifier


def prepare(project: Project, staged: Sequence[Staged]) -> Prepared:
    """Compile all tables against the standard and the columns that intake found.

    Raises:
        UsageError: the project names something that is not there.
    """
    target = standard(project.layout)
    sources = {one.source.name: one for one in staged}
    steps = Steps(StepContext(codes=project.codes, lookup=_Lookups(sources)))
    plans = []
    for index, spec in enumerate([*project.tables, *reserve_tables(project, staged)]):
        columns = sources[spec.source].columns
        place = _place(target, spec, columns)
        plans.append(compile_table(index, spec, place, columns, steps))
    return Prepared(project, target, tuple(staged), tuple(plans))


def _place(target: Standard, spec: TableSpec, columns: Sequence[str]) -> tuple[str, Group]:
    business, _, name = spec.group.partition("/")
    if business == RESERVE:
        if name != spec.source.removesuffix(REPLAYED) and name != spec.source:
            raise UsageError(
                f"table {spec.group}: is made from {spec.source}", remedy=f'name it "{RESERVE}/{spec.source}"'
            )
        return business, reserve_group(name, columns)
    layout, group = target.group(spec.group)
    return layout.business, group


def reserve_tables(project: Project, staged: Sequence[Staged]) -> list[TableSpec]:
    """Reserve area tables for the columns nobody asked for, where the project does not name one itself."""
    named = {table.group for table in project.tables}
    tables = []
    for one in staged:
        name = one.source.name
        left = unused_columns(project, name, one.columns)
        if left and f"{RESERVE}/{name}" not in named:
            keys = [column for column in _key_columns(project, name) if column not in left]
            tables.append(TableSpec(f"{RESERVE}/{name}", name, {}, tuple(ColumnSpec(c, (c,)) for c in (*keys, *left))))
    return tables


def _key_columns(project: Project, source: str) -> list[str]:
    """Source columns that make the primary key of the source's first table: they tell whose reserve row it is."""
    for table in project.tables:
        if table.source == source and not table.group.startswith(f"{RESERVE}/"):
            _, group = standard(project.layout).group(table.group)
            keys = {item.name for item in group.keys}
            return [name for spec in table.columns if spec.item in keys for name in spec.sources]
    return []


def reserve_group(source: str, columns: Sequence[str]) -> Group:
    """The group of a source's reserve area: its columns as they are, free text, nothing required."""
    return Group(
        name=source,
        identifier=source,
        note="予備領域: 標準に置き場所のない項目",
        items=tuple(_reserve_item(source, column) for column in columns),
    )


def _reserve_item(source: str, column: str) -> Item:
    return Item(
        id="",
        name=column,
        identifier=column,
        group=source,
        key=False,
        foreign="",
        type=DataType.FULL,
        digits=None,
        fraction=0,
        codes="",
        repeat=1,
        output=Output.OPTIONAL,
        condition="",
        gaiji=True,
        unknown_date=True,
        definition="",
        note="",
        sample="",
        origin="dump",
    )


class _Lookups:
    """Look-ups between files of the dump, read from the staged parts once each."""

    def __init__(self, sources: Mapping[str, Staged]) -> None:
        self._sources = sources
        self._read: dict[tuple[str, str, str], dict[str, str]] = {}

    def __call__(self, source: str, key: str, take: str) -> Mapping[str, str]:
        wanted = (source, key, take)
        if wanted not in self._read:
            staged = self._sources.get(source)
            if staged is None or {key, take} - set(staged.columns):
                raise UsageError(f"lookup in {source}: no such source or column ({key}, {take})")
            frame = pl.concat(self._frames(staged, [key, take])).unique(key, keep="last", maintain_order=True)
            self._read[wanted] = dict(frame.iter_rows())
        return self._read[wanted]

    def _frames(self, staged: Staged, columns: list[str]) -> list[pl.DataFrame]:
        """The records of a source as they now are: mended copies take the place of what they were mended from."""
        replay = self._sources.get(staged.source.name + REPLAYED)
        frames = [pl.read_parquet(part, columns=[RECORD, *columns]) for part in staged.parts]
        if replay is not None:
            gone = superseded([staged, replay])[staged.source.name]
            frames = [frame.join(gone, on=RECORD, how="anti") for frame in frames]
            if not set(columns) - set(replay.columns):
                frames += [pl.read_parquet(part, columns=[RECORD, *columns]) for part in replay.parts]
        return [pl.DataFrame(schema=dict.fromkeys(columns, pl.String)), *(frame.select(columns) for frame in frames)]


def rule_context(project: Project, target: Standard, as_of: date) -> Context:
    """What the rules of this run may know.

    Raises:
        UsageError: the address dictionary is missing or lacks a column.
    """
    return Context(
        as_of=as_of,
        municipality=project.municipality,
        layouts=target.by_business,
        municipalities=municipalities(),
        dictionary=_dictionary(project),
        options=project.options,
    )


def _dictionary(project: Project) -> pl.DataFrame:
    if not project.dictionary:
        return pl.DataFrame(schema=dict.fromkeys(DICTIONARY, pl.String()))
    path = project.folder / project.dictionary
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path}: {error}", remedy="the address dictionary must be CSV in UTF-8") from error
    if rows and set(DICTIONARY) - rows[0].keys():
        raise UsageError(f"{path}:1: needs the columns {', '.join(DICTIONARY)}", remedy="name them in the first line")
    texts = [[row[name] or "" for name in DICTIONARY] for row in rows]
    return pl.DataFrame(texts, schema=dict.fromkeys(DICTIONARY, pl.String()), orient="row")


@cache
def municipalities() -> dict[str, tuple[str, str]]:
    """団体コード (6 digits) → (都道府県, 市区町村), the newest list of the catalog."""
    newest = max((catalog_root() / "municipalities").glob("*.csv"))
    with newest.open(encoding="utf-8", newline="") as stream:
        return {row["団体コード"]: (row["都道府県"], row["団体名"]) for row in csv.DictReader(stream)}
