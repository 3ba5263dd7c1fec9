"""Checking (検査): what `yakuba check` would say of a feed, and what of it lets nobody seal the feed unasked."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.errors import CannotContinueError
from yakuba.kernel.finding import Severity
from yakuba.kernel.town_time import JAPAN
from yakuba.layouts.read import standard
from yakuba.link.manifest import DELTA
from yakuba.link.refusal import Ground, Reason, RefusedError
from yakuba.link.staging import DATA, DELETED
from yakuba.migration.ruling import checks
from yakuba.migration.standard_files import check_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from yakuba.kernel.finding import Finding
    from yakuba.kernel.progress import Progress
    from yakuba.link.manifest import Manifest
    from yakuba.link.settings import Settings
    from yakuba.link.staging import Staged

_MUNICIPALITY = "市区町村コード"
_WITHIN_ONE_FEED = ("key_duplicate",)
"""Checks over several rows that also hold for a difference, which has only the rows that changed."""
_WARDED = ("00", "30", "50")
"""Ends of the codes, before the check digit, of 指定都市, whose wards have codes of their own."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A feed that may be sealed, as far as it can be told from itself.

    Attributes:
        rows: by "業務/グループ". findings: of the check. errors: number of weight error, by "業務/グループ code".
    """

    rows: dict[str, int]
    findings: tuple[Finding, ...]
    errors: dict[str, int]


@dataclass(frozen=True, slots=True)
class Bar:
    """What findings are held against.

    Attributes:
        accepted: errors that a person let through before, by "業務/グループ code". waived: whether a person has let a
            ground of this very feed through.
    """

    settings: Settings
    accepted: Mapping[str, int]
    waived: Callable[[Ground], bool]


def check(staged: Staged, manifest: Manifest, bar: Bar, work: Path, progress: Progress) -> Checked:
    """Check the files of a feed.

    Args:
        work: new folder.

    Raises:
        RefusedError: with all grounds and all findings.
    """
    settings = bar.settings
    unusable = list(_keys(staged, settings.standard))
    if unusable:
        raise RefusedError(unusable)
    data = staged.folder / DATA
    rows: dict[str, int] = {}
    findings: list[Finding] = []
    if any(place.startswith(f"{DATA}/") for place in staged.tables):
        try:
            result = check_folder(
                data,
                settings.standard,
                work,
                progress,
                municipality=settings.municipality,
                as_of=manifest.as_of.astimezone(JAPAN).date(),
            )
        except CannotContinueError as error:
            raise RefusedError([Ground(Reason.UNREADABLE, "", error.message)]) from error
        rows = {str(one["group"]): int(one["rows"]) for one in result.files}
        findings = [one for one in result.findings if manifest.kind != DELTA or _holds_alone(one.code)]
    errors = Counter(f"{staged.tables[f'{DATA}/{one.file}']} {one.code}" for one in findings if _heavy(one))
    grounds = [
        *_counts(manifest, rows),
        *_unreadable(findings, staged),
        *_too_many(errors, rows, bar),
    ]
    if not any(one.reason is Reason.UNREADABLE for one in grounds):
        grounds += _foreign(staged, settings.municipality)
    grounds = [one for one in grounds if not bar.waived(one)]
    if grounds:
        raise RefusedError(grounds, findings)
    return Checked(rows, tuple(findings), dict(errors))


def _holds_alone(code: str) -> bool:
    rule = checks().get(code)
    return rule is None or rule.verb == "cells" or code in _WITHIN_ONE_FEED


def _heavy(finding: Finding) -> bool:
    return finding.severity in (Severity.ERROR, Severity.STOP)


def _counts(manifest: Manifest, rows: Mapping[str, int]) -> Iterator[Ground]:
    for table, count in manifest.rows.items():
        if rows.get(table, 0) != count:
            yield Ground(Reason.COUNTS, table, f"送り状 {count:,} 件、ファイル {rows.get(table, 0):,} 件")


def _unreadable(findings: list[Finding], staged: Staged) -> Iterator[Ground]:
    """Rows that the vault could not take: a lost row is never a matter of a limit."""
    broken = Counter(
        (one.file, one.code) for one in findings if one.severity is Severity.STOP and one.code not in checks()
    )
    for (file, code), count in broken.items():
        yield Ground(Reason.UNREADABLE, staged.tables[f"{DATA}/{file}"], f"{code} {count:,} 件")


def _too_many(errors: Mapping[str, int], rows: Mapping[str, int], bar: Bar) -> Iterator[Ground]:
    for name, count in errors.items():
        table, _, code = name.rpartition(" ")
        free, known = (
            int(rows.get(table, 0) * bar.settings.bounds(table).errors_percent / 100),
            bar.accepted.get(name, 0),
        )
        if count > known + free:
            yield Ground(Reason.FINDINGS, table, f"{code} {count:,} 件（認めた数 {known:,} 件）")


def _keys(staged: Staged, selector: str) -> Iterator[Ground]:
    """A table has the columns of its key, a list of deleted rows has nothing else."""
    for place, table in staged.tables.items():
        _, group = standard(selector).group(table)
        keys, header = {item.name for item in group.keys}, _header(staged.folder / place)
        lacking = [item.name for item in group.keys if item.name not in header]
        listed = place.startswith(f"{DELETED}/")
        if lacking:
            yield Ground(Reason.UNREADABLE, table, f"主キーの列がありません: {'、'.join(lacking)}")
        elif listed and (not keys or keys != set(header)):
            yield Ground(Reason.UNREADABLE, table, "削除の一覧は主キーの列だけで作ってください")


def _header(path: Path) -> list[str]:
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            return next(csv.reader(stream), [])
    except (UnicodeDecodeError, csv.Error):
        return []


def _foreign(staged: Staged, municipality: str) -> Iterator[Ground]:
    """Tables that carry a 団体コード and not one row of ours."""
    same = municipality[:3] if municipality[3:5] in _WARDED else municipality
    for place, table in staged.tables.items():
        if not place.startswith(f"{DATA}/"):
            continue
        frame = pl.scan_csv(staged.folder / place, infer_schema=False)
        if _MUNICIPALITY not in frame.collect_schema():
            continue
        code = pl.col(_MUNICIPALITY)
        there = frame.filter(code != "").select(code.len(), code.str.starts_with(same).sum().alias("ours"))
        count, ours = there.collect().row(0)
        if count and not ours:
            yield Ground(Reason.FOREIGN, table, f"{_MUNICIPALITY} が {municipality} の行がありません")
