"""The project file (PROJECT.toml): the whole mapping of one town's move, as data. Grammar: docs/ja/migration.md."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from yakuba.kernel.errors import UsageError
from yakuba.migration.contracts import REPLAY, REPLAYED, Column, ColumnSpec, Project, SourceSpec, TableSpec

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_TOP: dict[str, type] = {
    "project": dict,
    "target": dict,
    "source": list,
    "table": list,
    "codes": dict,
    "cleansing": dict,
    "options": dict,
}
_PROJECT: dict[str, type] = dict.fromkeys(("name", "municipality", "dump", "dictionary", "decisions"), str)
_PROJECT["as_of"] = date
_TARGET: dict[str, type] = {"layout": str, "write": list}
_SOURCE: dict[str, type] = dict.fromkeys(SourceSpec.__slots__, str)
_SOURCE |= {"files": list, "header": bool, "columns": list, "drop": dict}
_TABLE: dict[str, type] = {"group": str, "from": str, "where": dict, "columns": dict}
"""Words of each part of the file, and the kind of value that each takes."""
_FORMATS = ("csv", "tsv", "fixed", "excel")
_WRITE = ("csv", "parquet", "xml")
_NAME = re.compile(r"[^\x00-\x1f\x7f/\\:*?\"<>|.\s][^\x00-\x1f\x7f/\\:*?\"<>|]{0,79}")
"""Names of sources become file names."""
_KINDS = {str: "text", list: "a list", dict: "a table", bool: "true or false", date: "a date such as 2026-11-20"}


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


def _known(where: str, table: Any, words: Mapping[str, type]) -> dict[str, Any]:
    """The table itself when it has known words only, each with its kind of value."""
    _is(where, table, dict)
    for word, value in table.items():
        if word not in words:
            raise UsageError(f"[{where}] does not know `{word}`", remedy=f"known words: {', '.join(sorted(words))}")
        _is(f"{where}.{word}", value, words[word])
    return dict(table)


def _is(where: str, value: Any, kind: type) -> Any:
    # A date with a time of day is a date to Python, and true is a number; neither is meant here.
    if not isinstance(value, kind) or (kind is date and type(value) is not date):
        raise UsageError(f"[{where}] is not {_KINDS[kind]}", remedy=f"write {_KINDS[kind]}")
    return value


def _texts(where: str, values: Any) -> tuple[str, ...]:
    """A list of texts; whole numbers are taken for texts."""
    for value in _is(where, values, list):
        _scalar(where, value)
    return tuple(str(value) for value in values)


def _scalar(where: str, value: Any) -> str:
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise UsageError(f"[{where}] holds {value!r}", remedy='write texts, such as "01"')
    return str(value)


def _need(where: str, table: Mapping[str, Any], word: str) -> Any:
    if word not in table:
        raise UsageError(f"[{where}] needs `{word}`")
    return table[word]


def _project(folder: Path, data: Mapping[str, Any]) -> Project:
    _known("file", data, _TOP)
    head = _known("project", _need("file", data, "project"), _PROJECT)
    target = _known("target", _need("file", data, "target"), _TARGET)
    write = _texts("target.write", target.get("write", ["csv", "parquet"]))
    if not write or set(write) - set(_WRITE):
        raise UsageError(f"[target] write = {list(write)}", remedy=f"choose from {', '.join(_WRITE)}")
    sources = [_source(entry) for entry in data.get("source", [])]
    return Project(
        folder=folder,
        name=_need("project", head, "name"),
        municipality=_need("project", head, "municipality"),
        layout=_need("target", target, "layout"),
        dump=(folder / head.get("dump", ".")).resolve(),
        write=write,
        sources=tuple(replays_as_sources(sources)),
        tables=tuple(replays_as_tables(sources, [_table(entry) for entry in data.get("table", [])])),
        codes={name: _texts_by_name(f"codes.{name}", table) for name, table in data.get("codes", {}).items()},
        dictionary=head.get("dictionary", ""),
        cleansing=_texts(
            "cleansing.rules", _known("cleansing", data.get("cleansing", {}), {"rules": list}).get("rules", [])
        ),
        decisions=head.get("decisions", ""),
        as_of=head.get("as_of"),
        options={name: _is(f"options.{name}", table, dict) for name, table in data.get("options", {}).items()},
    )


def _texts_by_name(where: str, table: Any) -> dict[str, str]:
    return {name: _scalar(f"{where}.{name}", value) for name, value in _is(where, table, dict).items()}


def _source(entry: Any) -> SourceSpec:
    table = _known("source", entry, _SOURCE)
    name = _need("source", table, "name")
    if not _NAME.fullmatch(name) or name.endswith(REPLAYED):
        remedy = f"a short name without / : * and the like, not ending in {REPLAYED}; files are named after it"
        raise UsageError(f"[source] name = {name!r}", remedy=remedy)
    table["files"] = _texts(f"source {name}: files", _need(f"source {name}", table, "files"))
    table["drop"] = _texts_by_name(f"source {name}: drop", table.get("drop", {}))
    columns = table["columns"] = tuple(_column(name, column) for column in table.get("columns", ()))
    if table.get("format", "csv") not in _FORMATS:
        raise UsageError(f"source {name}: format = {table['format']!r}", remedy=f"choose from {', '.join(_FORMATS)}")
    if table.get("format") == "tsv":
        table.setdefault("delimiter", "\t")
    if table.get("format") == "fixed":
        table.setdefault("header", False)
        if not columns or not all(column.width for column in columns):
            raise UsageError(f"source {name}: fixed width needs columns = [{{name=…, width=bytes}}, …]")
    return SourceSpec(**table)


def _column(source: str, column: Any) -> Column:
    match column:
        case str():
            return Column(column)
        case {"name": str(name), "width": int(width), **rest} if width > 0 and width is not True and not rest:
            return Column(name, width)
        case _:
            raise UsageError(f"source {source}: column {column!r}", remedy='write "NAME" or {name="NAME", width=8}')


def _table(entry: Any) -> TableSpec:
    table = _known("table", entry, _TABLE)
    group = _need("table", table, "group")
    where = {}
    for column, accepted in table.get("where", {}).items():
        values = accepted if isinstance(accepted, list) else [accepted]
        where[column] = _texts(f"table {group}: where.{column}", values)
        if not where[column]:
            raise UsageError(f"table {group}: where.{column} is empty", remedy="name a value, or leave the column out")
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
    origin = spec.get("from", [])
    sources = (origin,) if isinstance(origin, str) else _texts(f"table {group}: {item}.from", origin)
    return ColumnSpec(item, sources, tuple((step, value) for step, value in spec.items() if step != "from"))


def source_folder(project: Project, source: SourceSpec) -> Path:
    """The folder that a source's patterns start from: the dump's, or the project's for mended records."""
    return project.folder if source.name.endswith(REPLAYED) else project.dump


def replays_as_sources(sources: Sequence[SourceSpec]) -> Iterator[SourceSpec]:
    """Every source, and after it the source that its replay file is."""
    for source in sources:
        yield source
        if source.replay:
            yield SourceSpec(
                name=source.name + REPLAYED,
                files=(source.replay,),
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
