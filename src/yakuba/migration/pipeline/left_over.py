"""Left over (残り物): what of a dump goes nowhere in the standard, told once a file and once a column, never a row.

`file_unread`: a file of the dump's folder that no source reads. `column_reserved`: a column that no item takes, so
that it goes to the reserve area (予備領域). Both are notes of C14: nothing is wrong, but a person should know of it.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.migration.contracts import FILE, FINDINGS, LINE, RECORD, REPLAYED
from yakuba.migration.intake.files import listing
from yakuba.migration.verification.files import INCOMPLETE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from yakuba.migration.contracts import Project
    from yakuba.migration.pipeline.prepare import Prepared

MANY = 20
"""More unread files of one folder and ending than this are told in one finding: a folder of images has thousands."""
_MARKS = ("run.json", INCOMPLETE)
"""Files by which a run folder is known, finished or not."""
_PAPERS = ("truth.csv", "codes.csv")
"""What the town maker lays beside the project file for people to read."""


def left_over(prepared: Prepared, own: Iterable[Path]) -> pl.DataFrame:
    """FINDINGS about files that nothing reads and columns that no item takes.

    Args:
        prepared: the project, ready to run.
        own: files and folders that may lie in the dump's folder but are the program's: project file, run folder.
    """
    rows = [*_files(prepared, set(own)), *_columns(prepared)]
    return pl.DataFrame(rows, schema=FINDINGS)


def _finding(code: str, source: str, group: str, column: str, value: str) -> dict[str, str | int | None]:
    return {
        "code": code,
        "severity": str(Severity.NOTE),
        "category": "C14",
        "group": group,
        "source": source,
        RECORD: None,
        FILE: None,
        LINE: 0,
        "column": column,
        "item": column,
        "key": "",
        "value": value,
        "proposal": None,
    }


def _files(prepared: Prepared, own: set[Path]) -> Iterator[dict[str, str | int | None]]:
    known = {facts.path for staged in prepared.staged for facts in staged.files}
    dump = prepared.project.dump
    aside = {path.resolve() for path in (*own, *_beside(prepared.project))}
    aside |= {mark.parent for name in _MARKS for mark in dump.rglob(name) if mark.parent != dump}
    unread: dict[tuple[str, str], list[str]] = defaultdict(list)
    for file in listing(dump):
        if file.label not in known and aside.isdisjoint((file.path, *file.path.parents)):
            name = PurePosixPath(file.label)
            unread[name.parent.as_posix(), name.suffix].append(file.label)
    for (folder, ending), labels in unread.items():
        if len(labels) > MANY:
            labels = [f"{folder}/*{ending} ({len(labels):,})".removeprefix("./")]  # noqa: PLW2901 - told as one
        for label in labels:
            yield _finding("file_unread", label, "", "", label)


def _beside(project: Project) -> Iterator[Path]:
    """Files that the project names without being a source of the dump."""
    named = (project.dictionary, project.decisions, *_PAPERS, *(source.gaiji for source in project.sources))
    replays = (name for source in project.sources if source.name.endswith(REPLAYED) for name in source.files)
    yield from (project.folder / name for name in (*named, *replays) if name)


def _columns(prepared: Prepared) -> Iterator[dict[str, str | int | None]]:
    taken: dict[str, set[str]] = defaultdict(set)
    for plan in prepared.plans:
        if not plan.reserve:
            taken[plan.spec.source] |= {*plan.spec.where, *(name for column in plan.columns for name in column.sources)}
    for plan in prepared.plans:
        source = plan.spec.source
        if plan.reserve and not source.endswith(REPLAYED):
            for name in dict.fromkeys(name for column in plan.columns for name in column.sources):
                if name not in taken[source]:
                    yield _finding("column_reserved", source, plan.target, name, "")
