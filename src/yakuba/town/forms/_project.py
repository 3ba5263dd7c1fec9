"""Writes the project file of a dump: the mapping that leads its columns back to the standard items."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from yakuba.town.days import AS_OF

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from yakuba.town.forms._field import Field, File, Form


def project_text(form: Form, municipality: str) -> str:
    """The whole of project.toml."""
    return "\n".join(_lines(form, municipality)) + "\n"


def _lines(form: Form, municipality: str) -> Iterator[str]:
    yield "# Made by `yakuba town make`. Everything below is fiction; the municipality cannot exist."
    yield from _table("project", {"name": form.title, "municipality": municipality, "dump": "."})
    yield f"as_of = {AS_OF.isoformat()}"
    yield 'dictionary = "address_dictionary.csv"'
    yield ""
    yield from _table("target", {"layout": form.layout, "write": list(form.write)})
    yield ""
    for file in form.files:
        yield from _source(form, file)
    for file in form.files:
        for split in file.splits or {"": {}}:
            yield from _mapping(file, split)
    for name, table in form.codes.items():
        yield f"[codes.{_word(name)}]"
        yield from (f"{_word(old)} = {_value(new)}" for new, old in table.items())
        yield ""
    for name, table in form.reads.items():
        yield from _table(f"codes.{_word(name)}", table)
        yield ""
    if form.cleansing:
        yield from _table("cleansing", {"rules": list(form.cleansing)})


def _source(form: Form, file: File) -> Iterator[str]:
    yield "[[source]]"
    facts: dict[str, Any] = {"name": file.source, "files": [file.name], "format": form.format}
    facts["encoding"] = form.encoding
    if form.format == "fixed":
        facts["columns"] = [{"name": name, "width": width} for name, width in file.widths.items()]
    else:
        facts |= {"header": form.header}
        if not form.header:
            facts["columns"] = list(file.widths)
    if form.gaiji:
        facts["gaiji"] = "gaiji.csv"
    if form.characters != "unicode":
        facts["characters"] = form.characters
    yield from (f"{name} = {_value(value)}" for name, value in facts.items())
    if file.drop:
        yield from _table("source.drop", file.drop)
    yield ""


def _mapping(file: File, split: str) -> Iterator[str]:
    yield "[[table]]"
    yield f"group = {_value(file.target or file.group)}"
    yield f"from = {_value(file.source)}"
    if split:
        yield f"where = {_value(file.splits[split])}"
    yield "[table.columns]"
    for field in file.fields:
        if field.split in ("", split):
            yield from (f"{_word(item)} = {_value(_spec(field, steps))}" for item, steps in field.back.items())
    for item, value in file.constants.items():
        yield f"{_word(item)} = {_value({'constant': value})}"
    yield ""


def _spec(field: Field, steps: Mapping[str, Any]) -> Any:
    return {"from": field.column, **steps} if steps else field.column


def _table(name: str, values: Mapping[str, Any]) -> Iterator[str]:
    yield f"[{name}]"
    yield from (f"{_word(key)} = {_value(value)}" for key, value in values.items())


def _word(text: str) -> str:
    return text if text.isascii() and text.replace("_", "").isalnum() else json.dumps(text, ensure_ascii=False)


def _value(value: Any) -> str:
    """A TOML value on one line."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_word(key)} = {_value(one)}" for key, one in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    return json.dumps(value, ensure_ascii=False)
