"""The project file (PROJECT.toml): the whole mapping of one town's move, as data. Grammar: docs/ja/migration.md."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from yakuba.kernel.errors import UsageError
from yakuba.migration.contracts import REPLAY, REPLAYED, Column, ColumnSpec, Project, SourceSpec, TableSpec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_TOP = {"project", "target", "source", "table", "codes", "cleansing", "options"}
_PROJECT = {"name", "municipality", "dump", "as_of", "dictionary", "decisions"}
_SOURCE = {field for field in SourceSpec.__slots__ if field != "name"} | {"name"}
_TABLE = {"group", "from", "where", "columns"}
_FORMATS = ("csv", "tsv", "fixed", "excel")
_WRITE = ("csv", "parquet", "xml")


def read_project(path: Path) -> Project:
    """Read and check a project file.

    Raises:
        UsageError: not readable, not TOML, an unknown word, or a reference to something the file does not define.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise UsageError(f"{path}: no such project file", remedy="`yakuba migrate new DIR` proposes one") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: {error}", remedy="mend the file; it must be UTF-8 TOML") from error
    try:
        project = _project(path.resolve().parent, data)
        _references(project)
    except UsageError as error:
        raise UsageError(f"{path}: {error.message}", remedy=error.remedy) from error
    return project


def _known(where: str, table: Any, words: Iterable[str]) -> dict[str, Any]:
    if not isinstance(table, dict):
        raise UsageError(f"[{where}] must be a table")
    for word in table.keys() - set(words):
        raise UsageError(f"[{where}] does not know `{word}`", remedy=f"known words: {', '.join(sorted(words))}")
    return table


def _need(where: str, table: Mapping[str, Any], word: str, kind: type = str) -> Any:
    value = table.get(word)
    if not isinstance(value, kind):
        raise UsageError(f"[{where}] needs `{word}` ({kind.__name__})")
    return value


def _project(folder: Path, data: Mapping[str, Any]) -> Project:
    _known("file", data, _TOP)
    head = _known("project", data.get("project"), _PROJECT)
    target = _known("target", data.get("target"), {"layout", "write"})
    write = tuple(target.get("write", ("csv", "parquet")))
    if not write or set(write) - set(_WRITE):
        raise UsageError(f"[target] write = {list(write)}", remedy=f"choose from {', '.join(_WRITE)}")
    as_of = head.get("as_of")
    if as_of is not None and type(as_of) is not date:
        raise UsageError("[project] as_of must be a date", remedy="write it as 2026-11-20 without quotes")
    codes = data.get("codes", {})
    sources = [_source(entry) for entry in data.get("source", [])]
    return Project(
        folder=folder,
        name=_need("project", head, "name"),
        municipality=_need("project", head, "municipality"),
        layout=_need("target", target, "layout"),
        dump=(folder / head.get("dump", ".")).resolve(),
        write=write,
        sources=tuple(replays_as_sources(folder, sources)),
        tables=tuple(replays_as_tables(sources, [_table(entry) for entry in data.get("table", [])])),
        codes={name: {str(old): str(new) for old, new in table.items()} for name, table in codes.items()},
        dictionary=head.get("dictionary", ""),
        cleansing=tuple(_known("cleansing", data.get("cleansing", {}), {"rules"}).get("rules", ())),
        decisions=head.get("decisions", ""),
        as_of=as_of,
        options=data.get("options", {}),
    )


def _source(entry: Any) -> SourceSpec:
    table = dict(_known("[source]", entry, _SOURCE))
    name = _need("[source]", table, "name")
    table["files"] = tuple(_need(f"source {name}", table, "files", list))
    columns = table.get("columns", ())
    table["columns"] = tuple(_column(name, column) for column in columns)
    if table.get("format", "csv") not in _FORMATS:
        raise UsageError(f"source {name}: format = {table['format']!r}", remedy=f"choose from {', '.join(_FORMATS)}")
    if table.get("format") == "tsv":
        table.setdefault("delimiter", "\t")
    if table.get("format") == "fixed":
        table.setdefault("header", False)
        if not columns or not all(column.width for column in table["columns"]):
            raise UsageError(f"source {name}: fixed width needs columns = [{{name=…, width=bytes}}, …]")
    return SourceSpec(**table)


def _column(source: str, column: Any) -> Column:
    match column:
        case str():
            return Column(column)
        case {"name": str(name), "width": int(width)} if width > 0:
            return Column(name, width)
        case _:
            raise UsageError(f"source {source}: column {column!r}", remedy='write "NAME" or {name="NAME", width=8}')


def _table(entry: Any) -> TableSpec:
    table = _known("[table]", entry, _TABLE)
    group = _need("[table]", table, "group")
    where = {}
    for column, accepted in table.get("where", {}).items():
        values = accepted if isinstance(accepted, list) else [accepted]
        where[column] = tuple(str(value) for value in values)
    columns = table.get("columns", {})
    return TableSpec(
        group=group,
        source=_need(f"table {group}", table, "from"),
        where=where,
        columns=tuple(_column_spec(group, item, spec) for item, spec in columns.items()),
    )


def _column_spec(group: str, item: str, spec: Any) -> ColumnSpec:
    if isinstance(spec, str):
        return ColumnSpec(item, (spec,))
    if not isinstance(spec, dict):
        raise UsageError(f"table {group}: {item} = {spec!r}", remedy='write "COLUMN" or { from = "COLUMN", step = … }')
    origin = spec.get("from", ())
    sources = (origin,) if isinstance(origin, str) else tuple(origin)
    return ColumnSpec(item, sources, tuple((step, value) for step, value in spec.items() if step != "from"))


def replays_as_sources(folder: Path, sources: Sequence[SourceSpec]) -> Iterator[SourceSpec]:
    """Every source, and after it the source that its replay file is."""
    for source in sources:
        yield source
        if source.replay:
            yield SourceSpec(
                name=source.name + REPLAYED,
                files=(str((folder / source.replay).resolve()),),
                encoding="utf-8-sig",
                gaiji=source.gaiji,
                characters=source.characters,
                drop={**source.drop, **dict.fromkeys(REPLAY, "差し戻しの記録")},
            )


def replays_as_tables(sources: Sequence[SourceSpec], tables: Sequence[TableSpec]) -> Iterator[TableSpec]:
    """Every table, and after it the same table over the replayed records of its source."""
    replayed = {source.name for source in sources if source.replay}
    for table in tables:
        yield table
        if table.source in replayed:
            yield replace(table, source=table.source + REPLAYED)


def _references(project: Project) -> None:
    names = [source.name for source in project.sources]
    if not names:
        raise UsageError("no [[source]]", remedy="name the files of the dump")
    if len(set(names)) != len(names):
        raise UsageError("two [[source]] have the same name")
    for table in project.tables:
        if table.source not in names:
            raise UsageError(f"table {table.group}: from = {table.source!r} is no source", remedy=f"known: {names}")
