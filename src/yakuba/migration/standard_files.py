"""Files that already are in a standard layout: found by their names, mapped to themselves, and checked.

A file belongs to a group when its stem is the group's official name or its romaji identifier; where two businesses
have a group of that name, the folder above must be the business (official name, romaji or folder name of the catalog).
"""

from __future__ import annotations

import csv
import gzip
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.kernel.errors import UsageError
from yakuba.kernel.finding import Finding, Severity
from yakuba.kernel.progress import SILENT
from yakuba.layouts.read import standard
from yakuba.migration.contracts import FILE, LINE, ColumnSpec, Project, SourceSpec, TableSpec
from yakuba.migration.hints import hint
from yakuba.migration.pipeline.handback import file_names
from yakuba.migration.pipeline.run import check

if TYPE_CHECKING:
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


def check_folder(folder: Path, selector: str, work: Path, progress: Progress = SILENT) -> CheckResult:
    """Check all standard-layout files of a folder, at any depth.

    Args:
        folder: holds one CSV (UTF-8, header of official item names) per group.
        selector: the standard they claim to follow. work: empty folder for intermediate files.

    Raises:
        UsageError: no file of the folder belongs to a group of the standard.
    """
    target = standard(selector)
    found = [
        (path, *place)
        for path in sorted(folder.rglob("*"))
        if path.name.endswith(_ENDINGS) and (place := _group_of(path, target))
    ]
    if not found:
        raise UsageError(
            f"{folder}: no file is named like a group of {selector}",
            remedy="name each file after its group (`yakuba layouts list`), or use `yakuba migrate new`",
        )
    prepared, judged = check(_identity(folder, selector, found), work, progress)
    placed = judged.findings.join(
        file_names(prepared.staged), on=["source", FILE], how="left", maintain_order="left"
    ).sort("path", LINE, maintain_order=True)
    findings = [_finding(row) for row in placed.iter_rows(named=True)]
    counts = dict(judged.findings.group_by("source").len().iter_rows())
    files = [
        {
            "file": one.files[0].path,
            "group": f"{layout.business}/{group.name}",
            "standing": layout.source.standing.japanese,
            "rows": one.records,
            "findings": counts.get(one.source.name, 0),
        }
        for one, (_, layout, group) in zip(prepared.staged, found, strict=True)
    ]
    wrong = judged.findings["severity"].is_in([str(Severity.ERROR), str(Severity.STOP)]).any()
    return CheckResult(files, findings, wrong)


def _group_of(path: Path, target: Standard) -> tuple[Layout, Group] | None:
    stem = path.name.split(".", 1)[0]
    folder = path.parent.name
    named = [(layout, group) for layout, group in target if stem in {group.name, group.identifier}]
    for layout, group in named:
        if folder in {layout.business, layout.identifier, f"{layout.code}_{layout.identifier}"}:
            return layout, group
    return named[0] if len(named) == 1 else None


def _identity(folder: Path, selector: str, found: list[tuple[Path, Layout, Group]]) -> Project:
    sources, tables = [], []
    for number, (path, layout, group) in enumerate(found):
        name = f"{number:03d}"
        sources.append(SourceSpec(name, (path.relative_to(folder).as_posix(),), encoding="utf-8-sig"))
        header = _header(path)
        columns = tuple(ColumnSpec(item.name, (item.name,)) for item in group.items if item.name in header)
        tables.append(TableSpec(f"{layout.business}/{group.name}", name, {}, columns))
    return Project(
        folder=folder,
        name=f"check {folder.name}",
        municipality="",
        layout=selector,
        dump=folder,
        write=("csv",),
        sources=tuple(sources),
        tables=tuple(tables),
        codes={},
        dictionary="",
        cleansing=(),
        decisions="",
        as_of=None,
        options={},
    )


def _header(path: Path) -> list[str]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8-sig", newline="") as stream:
        try:
            return next(csv.reader(stream), [])
        except (UnicodeDecodeError, csv.Error) as error:
            raise UsageError(f"{path}:1: {error}", remedy="a standard-layout file is CSV in UTF-8") from error


def _finding(row: dict[str, object]) -> Finding:
    japanese, english = hint(str(row["code"]))
    return Finding(
        code=str(row["code"]),
        severity=Severity(str(row["severity"])),
        file=str(row["path"] or ""),
        line=int(str(row[LINE] or 0)),
        column=str(row["column"]),
        item=str(row["item"]),
        value=str(row["value"]),
        hint_ja=japanese,
        hint_en=english,
    )
