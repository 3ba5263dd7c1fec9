"""The proposed project as text (移行定義ファイル): TOML with the reason of each proposal beside it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from yakuba.kernel.discover import discover
from yakuba.kernel.finding import is_secret
from yakuba.kernel.source import Standing
from yakuba.layouts.model import Output
from yakuba.migration.proposal.conversion import NEEDS_TABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.migration.proposal.model import ColumnLook, Dump, GroupMatch, ItemMatch, SourceLook

_MOST_VALUES = 12
_TOWN = "市区町村コード"
UNKNOWN_TOWN = "999999"
"""団体コード of no municipality, written until a person fills in the real one."""


def project_text(dump: Dump, name: str, layout: str, municipality: str = "") -> str:
    """The project file.

    Args:
        dump: what was seen. name: name of the move. layout: selector of the target standard.
        municipality: 団体コード; "" when it is not known.
    """
    return "\n".join(_lines(dump, name, layout, municipality)) + "\n"


def _lines(dump: Dump, name: str, layout: str, municipality: str) -> Iterator[str]:
    yield "# 提案 Proposal made by `yakuba migrate new`. Each line tells its reason; change what is wrong, then run:"
    yield "#   yakuba migrate run project.toml"
    yield "# 表に無い列は予備領域へ入る。Columns that no [[table]] uses go to the reserve area; nothing is left behind."
    yield ""
    yield "[project]"
    yield f"name = {quoted(name)}"
    municipality = municipality or _only_town(dump)
    why = "" if municipality else "  # NOT KNOWN: write the 団体コード (6 digits) here"
    yield f"municipality = {quoted(municipality or UNKNOWN_TOWN)}{why}"
    yield 'dump = "."'
    if dump.dictionary:
        yield f"dictionary = {quoted(dump.dictionary)}  # has the columns of an address dictionary"
    yield 'decisions = "decisions.csv"'
    yield ""
    yield "[target]"
    yield f"layout = {quoted(layout)}"
    yield 'write = ["csv", "parquet"]'
    for source in dump.sources:
        yield ""
        yield from _source(source)
    for source in dump.sources:
        yield ""
        yield from _table(source, municipality)
    for source in dump.sources:
        yield from _codes(source)
    yield from _cleansing(dump)
    for label, reason in dump.skipped:
        yield f"# not taken: {_comment(label)}: {_comment(reason)}"


def _only_town(dump: Dump) -> str:
    """The value of the columns found for 市区町村コード, when all have the same one."""
    towns = {
        value
        for source in dump.sources
        if source.match
        for match in source.match.items
        if match.item == _TOWN
        for column in source.columns
        if column.name == match.column
        for value, _ in column.values
    }
    return towns.pop() if len(towns) == 1 else ""


def _source(source: SourceLook) -> Iterator[str]:
    spec, why = source.spec, source.reasons
    part = "" if source.whole else " at the start"
    yield f"# {len(source.files)} file(s), {source.bytes:,} bytes; looked at {source.records:,} records{part}"
    for doubt in source.doubts:
        yield f"# ! {_comment(doubt)}"
    yield "[[source]]"
    yield f"name = {quoted(spec.name)}"
    yield f"files = [{', '.join(quoted(pattern) for pattern in spec.files)}]"
    yield f"format = {quoted(spec.format)}  # {_comment(why.get('format', ''))}"
    if spec.format != "excel":
        yield f"encoding = {quoted(spec.encoding)}  # {_comment(why.get('encoding', ''))}"
    if spec.format == "csv":
        yield f"delimiter = {quoted(spec.delimiter)}"
    if spec.format in ("csv", "tsv"):
        yield f"quote = {quoted(spec.quote)}"
    if spec.format != "fixed":
        yield f"header = {str(spec.header).lower()}  # {_comment(why.get('header', ''))}"
    yield "columns = ["
    for column, seen in zip(spec.columns, source.columns, strict=True):
        entry = f"{{ name = {quoted(column.name)}, width = {column.width} }}" if column.width else quoted(column.name)
        yield f"    {entry},  # {_comment(describe(seen, source.records))}"
    yield "]"


def describe(column: ColumnLook, records: int) -> str:
    """A column in one line: kind, how full, how many values, whether it could be a key."""
    if column.kind == "empty":
        return "empty in every record"
    parts = [f"{column.kind} ({column.form})" if column.form else column.kind]
    parts.append("always filled" if column.filled == records else f"{column.filled:,} of {records:,} filled")
    parts.append("every value differs: may be a key" if column.unique else f"{column.distinct:,} values")
    return ", ".join([*parts, f"up to {column.longest} characters"])


def _table(source: SourceLook, municipality: str) -> Iterator[str]:
    match = source.match
    if match is None:
        yield f"# {source.spec.name}: no standard group fits, so all its columns go to 予備/{source.spec.name}."
        yield '# To map it, add a [[table]] with group = "業務/グループ" and from = the source\'s name.'
        return
    yield f"# {match.reason}"
    if match.layout.source.standing is Standing.RECONSTRUCTED:
        yield f"# 再構成 {match.layout.business} is reconstructed, not the official table; see its SOURCE.toml"
    if match.lacking:
        yield f"# ! no column was found for the key {'、'.join(match.lacking)}: add it and take the # off these lines"
    for line in _body(source, match, municipality):
        yield f"# {line}" if match.lacking and not line.startswith("#") else line


def _body(source: SourceLook, match: GroupMatch, municipality: str) -> Iterator[str]:
    yield "[[table]]"
    yield f"group = {quoted(match.target)}"
    yield f"from = {quoted(source.spec.name)}"
    yield "[table.columns]"
    for item in match.items:
        line = f"{quoted(item.item)} = {_mapping(source, item)}  # {_comment(item.reason)} ({item.score:.2f})"
        yield f"# {line}" if item.held else line
    named = {item.item for item in match.items}
    if _TOWN in match.group.by_name and _TOWN not in named:
        yield f"{quoted(_TOWN)} = {{ constant = {quoted(municipality or UNKNOWN_TOWN)} }}  # no column has it"
    for name, value in match.constants:
        yield f"{quoted(name)} = {{ constant = {quoted(value)} }}  # no column has it; one for all records"
    used = {item.column for item in match.items if not item.held}
    for column in source.columns:
        if column.name not in used:
            yield f"# reserve: {_comment(column.name)} — {_comment(describe(column, source.records))}"
    given = {*named, _TOWN, *dict(match.constants)}
    needed = [item.name for item in match.group.items if item.output is Output.REQUIRED and item.name not in given]
    if needed:
        yield f"# required items without a column: {'、'.join(needed)}"


def _mapping(source: SourceLook, item: ItemMatch) -> str:
    if not item.steps:
        return quoted(item.column)
    steps = {word: _codes_name(source, item) if word == "codes" else value for word, value in item.steps.items()}
    entries = [f"from = {quoted(item.column)}", *(f"{word} = {_value(value)}" for word, value in steps.items())]
    return f"{{ {', '.join(entries)} }}"


def _codes(source: SourceLook) -> Iterator[str]:
    if source.match is None or source.match.lacking:
        return
    columns = {column.name: column for column in source.columns}
    for item in source.match.items:
        if item.codes:
            yield ""
            yield f"[codes.{quoted(_codes_name(source, item))}]"
            for old, new in item.codes.items():
                yield f"{quoted(old)} = {quoted(new)}"
        elif NEEDS_TABLE in item.reason and not is_secret(item.item):
            shown = ", ".join(f"{value} ×{count}" for value, count in columns[item.column].values[:_MOST_VALUES])
            yield ""
            yield f"# {_comment(item.column)} → {item.item}: values seen: {_comment(shown)}"
            yield "# write [codes.…] with the standard value of each, and { from = …, codes = … } above"


def _codes_name(source: SourceLook, item: ItemMatch) -> str:
    return f"{source.spec.name}_{item.column}"


def _cleansing(dump: Dump) -> Iterator[str]:
    """Correction rules whose occasion was seen, as far as they exist."""
    traits = {trait for source in dump.sources for column in source.columns for trait in column.traits}
    known = discover("yakuba.migration.cleansing")
    wanted = {"half_kana": "full_width_kana", "outer_space": "trailing_space", "full_digits": "half_width_digits"}
    rules = [rule for trait, rule in wanted.items() if trait in traits and rule in known]
    if rules:
        yield ""
        yield "[cleansing]"
        yield f"rules = [{', '.join(map(quoted, rules))}]  # their occasion was seen in the sample"


def quoted(text: str) -> str:
    r"""A TOML basic string.

    >>> print(quoted('a"b\n'))
    "a\"b\n"
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{quoted(key)} = {_value(one)}" for key, one in value.items()) + " }"
    return json.dumps(value) if not isinstance(value, str) else quoted(value)


def _comment(text: str) -> str:
    """One line that cannot end its comment."""
    return "".join(letter if letter.isprintable() or letter == "　" else " " for letter in text)
