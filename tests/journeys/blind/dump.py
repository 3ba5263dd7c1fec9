"""A dump as records whose cells can be spoilt by the name of the standard item that they feed.

Only the project file is asked how a column is mapped; what the checks look for is not known here.
"""

from __future__ import annotations

import csv
import io
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ERAS = (("5", "2019-05-01", 2018), ("4", "1989-01-08", 1988), ("3", "1926-12-25", 1925), ("2", "1912-07-30", 1911))
_MEIJI = 1867


def to_era7(day: str) -> str:
    """`2019-05-01` → `5010501`; nothing → zeros. The day need not exist (2023-02-30)."""
    if not day:
        return "0000000"
    digit, base = next(((sign, base) for sign, first, base in _ERAS if day >= first), ("1", _MEIJI))
    year, month, date = day.split("-")
    return f"{digit}{int(year) - base:02d}{month}{date}"


def from_era7(text: str) -> str:
    """`5010501` → `2019-05-01`; zeros → nothing."""
    if not text.strip("0 "):
        return ""
    base = {sign: base for sign, _, base in _ERAS}.get(text[0], _MEIJI)
    return f"{base + int(text[1:3]):04d}-{text[3:5]}-{text[5:7]}"


@dataclass(eq=False)
class Row:
    """One record: its cells, and how it is written when that is not the ordinary way."""

    source: Source
    cells: dict[str, str]
    line: int
    """Line in the untouched file; 0 for a record that was added."""
    damage: bytes | None = None
    gone: bool = False

    def cell(self, item: str) -> str:
        """The text that stands in the dump."""
        return self.cells[self.source.spec(item)["from"]]

    def write(self, item: str, text: str) -> None:
        """Put a text into the dump as it is."""
        self.cells[self.source.spec(item)["from"]] = text

    def get(self, item: str) -> str:
        """The value in the standard's form: ISO dates, standard codes, numbers without padding."""
        spec = self.source.spec(item)
        text = self.cells[spec["from"]]
        if "slice" in spec:
            text = text[slice(*spec["slice"])]
        if "date" in spec:
            eight = f"{text[:4]}-{text[4:6]}-{text[6:]}" if text.strip("0") else ""
            return from_era7(text) if spec["date"] == "era7" else eight
        if "codes" in spec:
            return self.source.codes[spec["codes"]].get(text, text)
        if spec.get("number"):
            return str(int(text)) if text.strip() else ""
        return text.replace("/", "-") if "年月日" in item or item in {"納期限", "在留期間の満了の日"} else text

    def put(self, item: str, value: str) -> None:
        """Put a value of the standard's form into the dump in the old system's form."""
        spec = self.source.spec(item)
        text = value
        if "date" in spec:
            text = to_era7(value) if spec["date"] == "era7" else value.replace("-", "") or "0" * 8
        elif "codes" in spec:
            table = self.source.codes[spec["codes"]]
            text = next((old for old, new in table.items() if new == value), value)
        elif spec.get("number"):
            text = value.rjust(len(self.cells[spec["from"]]), "0") if value.isdigit() else value
        if "slice" in spec:
            first, last = spec["slice"]
            whole = self.cells[spec["from"]].ljust(last)
            text = whole[:first] + text + whole[last:]
        self.cells[spec["from"]] = text

    def has(self, item: str) -> bool:
        """Whether the dump holds the item at all."""
        return item in self.source.items


@dataclass(eq=False)
class Source:
    """One file of the dump and what its columns become."""

    name: str
    path: Path
    encoding: str
    columns: list[str]
    rows: list[Row]
    items: dict[str, dict[str, Any]]
    codes: dict[str, dict[str, str]]

    def spec(self, item: str) -> dict[str, Any]:
        """Column and steps of an item."""
        return self.items[item]

    def line(self, cells: list[str]) -> str:
        """A record as this system writes it: every cell quoted."""
        stream = io.StringIO()
        csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(cells)
        return stream.getvalue()

    def pack(self, text: str) -> bytes:
        """Text in this file's encoding, without a mark at its head."""
        return text.encode("utf-16-le" if self.encoding == "utf-16" else self.encoding)

    def save(self) -> dict[int, Row]:
        """Write the file; gives back which record starts on which line."""
        head = self.line(self.columns)
        parts = [b"\xff\xfe" if self.encoding == "utf-16" else b"", self.pack(head)]
        places, line = {}, 1 + head.count("\n")
        for row in self.rows:
            if row.gone:
                continue
            places[line] = row
            text = self.pack(self.line([row.cells[column] for column in self.columns]))
            part = text if row.damage is None else row.damage
            parts.append(part)
            line += part.count(self.pack("\n"))
        self.path.write_bytes(b"".join(parts))
        return places


@dataclass
class Dump:
    """All files of a town's dump, by the group that they feed."""

    folder: Path
    form: str
    sources: dict[str, Source] = field(default_factory=dict)

    @classmethod
    def read(cls, project: Path, form: str) -> Dump:
        """Read every CSV source that the project names."""
        plan = tomllib.loads(project.read_text(encoding="utf-8"))
        dump = cls(project.parent, form)
        for declared in plan["source"]:
            tables = [table for table in plan["table"] if table["from"] == declared["name"]]
            items: dict[str, dict[str, Any]] = {}
            for table in tables:
                for item, spec in table["columns"].items():
                    full = {"from": spec} if isinstance(spec, str) else dict(spec)
                    if isinstance(full.get("from"), str) and "split" not in full:
                        items.setdefault(item, full)
            path = project.parent / declared["files"][0]
            with path.open(encoding=declared["encoding"], newline="") as stream:
                lines = list(csv.reader(stream))
            source = Source(declared["name"], path, declared["encoding"], lines[0], [], items, plan.get("codes", {}))
            source.rows = [
                Row(source, dict(zip(lines[0], cells, strict=True)), number)
                for number, cells in enumerate(lines[1:], start=2)
            ]
            dump.sources[tables[0]["group"]] = source
        return dump

    def rows(self, group: str) -> list[Row]:
        """Records of a group that are still there."""
        return [row for row in self.sources[group].rows if not row.gone]

    def every(self) -> Iterator[Row]:
        """Records of all groups that are still there."""
        for source in self.sources.values():
            yield from (row for row in source.rows if not row.gone)

    def add(self, after: Row, cells: dict[str, str]) -> Row:
        """A new record, right after another one."""
        new = Row(after.source, cells, 0)
        rows = after.source.rows
        rows.insert(rows.index(after) + 1, new)
        return new

    def save(self) -> dict[str, dict[int, Row]]:
        """Write all files; gives back source → line → record."""
        return {source.name: source.save() for source in self.sources.values()}
