"""Writes a town as a dump: encodes the records in a form, then the files, the project and the tables beside them."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from yakuba.kernel.progress import SILENT
from yakuba.town import gaiji, truth
from yakuba.town.encode import Sheet, beyond_ascii, file_bytes
from yakuba.town.forms._project import project_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import polars as pl

    from yakuba.kernel.progress import Progress
    from yakuba.town.bench import Bench
    from yakuba.town.forms._field import File, Form
    from yakuba.town.records import Town


@dataclass
class Written:
    """What lies in the folder: records by file name, paths in the order written, defects by category."""

    records: dict[str, int] = field(default_factory=dict)
    paths: list[str] = field(default_factory=list)
    planted: dict[str, int] = field(default_factory=dict)

    def summary(self) -> dict[str, object]:
        """Plain values, for JSON."""
        return {"records": self.records, "planted": self.planted, "files": self.paths}


def write_dump(town: Town, form: Form, out: Path, bench: Bench | None = None, progress: Progress = SILENT) -> Written:
    """Write the dump of a town in a form into `out`, which exists; with what the bench has planted, and its truth."""
    written = Written()
    private: dict[str, str] = {}
    if form.gaiji:
        private = gaiji.assign(gaiji.lacking(_texts(town, form), form.encoding))
        _csv(out / "gaiji.csv", gaiji.HEADER, gaiji.rows(private), written)
    sheets = []
    progress.stage("書き出し write", len(form.files), "files")
    for file in form.files:
        sheet = _sheet(town, file, form)
        if bench:
            sheet.damage(bench)
        (out / file.name).write_bytes(file_bytes(sheet, form, private))
        written.records[file.name] = sheet.frame.height
        written.paths.append(file.name)
        sheet.frame = sheet.frame.clear()
        sheets.append(sheet)
        progress.advance(1)
    _csv(out / "address_dictionary.csv", ("町字コード", "町字", "郵便番号"), town.dictionary, written)
    if form.codes:
        rows = [(name, old, new) for name, table in form.codes.items() for new, old in table.items()]
        _csv(out / "codes.csv", ("コード表", "旧システムの値", "標準の値"), rows, written)
    (out / "project.toml").write_text(project_text(form, town.population.municipality), encoding="utf-8")
    written.paths.append("project.toml")
    if bench:
        _truth(bench, sheets, form, out, written)
    return written


def _sheet(town: Town, file: File, form: Form) -> Sheet:
    frame = town.records[file.group].with_row_index("#row")
    if file.rows is not None:
        frame = frame.filter(file.rows)
    columns: dict[str, pl.Expr] = {}
    for one in file.fields:
        columns.setdefault(one.column, one.encode.alias(one.column))
    cells = frame.select(*columns.values())
    if form.text is not None:
        cells = form.text(cells)
    return Sheet(file, cells, frame["#row"])


def _texts(town: Town, form: Form) -> list[str]:
    """Distinct cells of the form's records that are not plain ASCII, in order."""
    found: set[str] = set()
    for group in {file.group for file in form.files}:
        frame = town.records[group]
        for name in beyond_ascii(frame):
            found.update(frame[name].unique().to_list())
    return sorted(found)


def _truth(bench: Bench, sheets: Sequence[Sheet], form: Form, out: Path, written: Written) -> None:
    found = truth.resolve(bench, sheets, header=form.header and form.format != "fixed")
    _csv(out / "truth.csv", truth.HEADER, [one.row() for one in found], written)
    for one in found:
        if one.role == "defect":
            written.planted[one.category] = written.planted.get(one.category, 0) + 1


def _csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]], written: Written) -> None:
    with path.open("w", encoding="utf-8", newline="") as target:
        out = csv.writer(target, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)
    written.paths.append(path.name)
