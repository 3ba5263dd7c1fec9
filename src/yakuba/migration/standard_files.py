"""Files that already are in a standard layout: found by their names, mapped to themselves, and checked.

A file belongs to a group when its stem is the group's official name or its romaji identifier; where two businesses
have a group of that name, the folder above must be the business (official name, romaji or folder name of the catalog).
"""

from __future__ import annotations

import csv
import gzip
import zlib
from collections import Counter
from dataclasses import dataclass
from glob import escape
from typing import TYPE_CHECKING

from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.kernel.finding import Finding, Severity
from yakuba.kernel.progress import SILENT
from yakuba.layouts.read import standard
from yakuba.migration.contracts import LINE, ColumnSpec, Project, SourceSpec, TableSpec
from yakuba.migration.hints import hint
from yakuba.migration.pipeline.prepare import RESERVE_FOLDER
from yakuba.migration.pipeline.run import check

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from yakuba.kernel.progress import Progress
    from yakuba.layouts.model import Group, Layout
    from yakuba.layouts.standard import Standard

_ENDINGS = (".csv.gz", ".csv")


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found.

    Attributes:
        files: per file: name, group, 公式/再構成, rows, number of findings.
        findings: all findings, in file and line order.
        wrong: whether any is of severity error or stop.
    """

    files: list[dict[str, str | int]]
    findings: list[Finding]
    wrong: bool


def check_folder(
    folder: Path,
    selector: str,
    work: Path,
    progress: Progress = SILENT,
    *,
    municipality: str = "",
    as_of: date | None = None,
) -> CheckResult:
    """Check all standard-layout files of a folder, at any depth.

    Args:
        folder: holds one CSV (UTF-8, header of official item names) per group.
        selector: the standard they claim to follow. work: empty folder for intermediate files.
        municipality: 団体コード of the town they claim to be of, "" = not known. as_of: 基準日; None = today.

    Raises:
        UsageError: no file of the folder belongs to a group of the standard.
    """
    target = standard(selector)
    found = [
        (path, *place)
        for path in sorted(folder.rglob("*"))
        if path.name.endswith(_ENDINGS) and path.is_file() and (place := group_of(path, target))
    ]
    if not found:
        raise UsageError(
            f"{folder}: no file is named like a group of {selector}",
            remedy="name each file after its group (`yakuba layouts list`), or use `yakuba migrate new`",
        )
    keyless = [finding for path, _, group in found for finding in _keyless(folder, path, group)]
    left_out = {finding.file for finding in keyless}
    usable = [one for one in found if one[0].relative_to(folder).as_posix() not in left_out]
    if not usable:
        return CheckResult([_facts(folder, *one, 0, len(one[2].keys)) for one in found], keyless, wrong=True)
    prepared, judged = check(_identity(folder, selector, usable, municipality, as_of), work, progress)
    names = {one.source.name: one.files[0].path for one in prepared.staged}
    unknown = [
        _in_header("column_unknown", one.files[0].path, name, "")
        for one, (_, _, group) in zip(prepared.staged, usable, strict=True)
        for name in one.columns
        if name not in group.by_name
    ]
    judged_ones = [_finding(row, names) for row in judged.findings.iter_rows(named=True)]
    findings = sorted([*keyless, *unknown, *judged_ones], key=lambda finding: (finding.file, finding.line))
    counts = Counter(finding.file for finding in findings)
    rows = {one.files[0].path: one.records for one in prepared.staged}
    files = []
    for path, layout, group in found:
        label = path.relative_to(folder).as_posix()
        files.append(_facts(folder, path, layout, group, rows.get(label, 0), counts[label]))
    wrong = any(finding.severity in (Severity.ERROR, Severity.STOP) for finding in findings)
    return CheckResult(files, findings, wrong)


def _facts(folder: Path, path: Path, layout: Layout, group: Group, rows: int, findings: int) -> dict[str, str | int]:
    return {
        "file": path.relative_to(folder).as_posix(),
        "group": f"{layout.business}/{group.name}",
        "standing": layout.source.standing.japanese,
        "rows": rows,
        "findings": findings,
    }


def group_of(path: Path, target: Standard) -> tuple[Layout, Group] | None:
    """The group that a file is named after; the reserve area (予備領域) of a run follows no layout."""
    stem = path.name.split(".", 1)[0]
    folder = path.parent.name
    named = [(layout, group) for layout, group in target if stem in {group.name, group.identifier}]
    for layout, group in named:
        if folder in {layout.business, layout.identifier, f"{layout.code}_{layout.identifier}"}:
            return layout, group
    return named[0] if len(named) == 1 and folder != RESERVE_FOLDER else None


def _keyless(folder: Path, path: Path, group: Group) -> list[Finding]:
    """A file without a column of its primary key has no rows that could be told apart: it is not read further."""
    header = _header(path)
    label = path.relative_to(folder).as_posix()
    if not header:
        return []
    return [_in_header("item_unmapped", label, "", item.name) for item in group.keys if item.name not in header]


def _in_header(code: str, file: str, column: str, item: str) -> Finding:
    japanese, english = hint(code)
    return Finding(code, Severity.ERROR, file, 1, column, item, "", japanese, english)


def _identity(
    folder: Path, selector: str, found: list[tuple[Path, Layout, Group]], municipality: str, as_of: date | None
) -> Project:
    sources, tables = [], []
    for number, (path, layout, group) in enumerate(found):
        name = f"{number:03d}"
        sources.append(SourceSpec(name, (escape(path.relative_to(folder).as_posix()),), encoding="utf-8-sig"))
        header = _header(path)
        columns = tuple(ColumnSpec(item.name, (item.name,)) for item in group.items if item.name in header)
        tables.append(TableSpec(f"{layout.business}/{group.name}", name, {}, columns))
    return Project(
        folder=folder,
        name=f"check {folder.name}",
        municipality=municipality,
        layout=selector,
        dump=folder,
        write=("csv",),
        sources=tuple(sources),
        tables=tuple(tables),
        codes={},
        dictionary="",
        cleansing=(),
        decisions="",
        as_of=as_of,
        options={},
    )


def _header(path: Path) -> list[str]:
    """Names in the first record; [] when there is none.

    Raises:
        CannotContinueError: the file cannot be unpacked or is no CSV in UTF-8.
    """
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        # What lies behind the first record is intake's business, which hands back a bad record alone.
        with opener(path, "rt", encoding="utf-8-sig", errors="surrogateescape", newline="") as stream:
            header: list[str] = next(csv.reader(stream), [])
        "".join(header).encode()
    except (UnicodeEncodeError, csv.Error) as error:
        raise CannotContinueError(f"{path}:1: the header is no CSV in UTF-8", remedy="save the file so") from error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise CannotContinueError(
            f"{path}: the packed file is damaged or cut off ({error})", remedy="copy or pack it again"
        ) from error
    return header


def _finding(row: dict[str, object], files: dict[str, str]) -> Finding:
    japanese, english = hint(str(row["code"]))
    return Finding(
        code=str(row["code"]),
        severity=Severity(str(row["severity"])),
        file=files[str(row["source"])],
        line=int(str(row[LINE] or 0)),
        column=str(row["column"]),
        item=str(row["item"]),
        value=str(row["value"]),
        hint_ja=japanese,
        hint_en=english,
    )
