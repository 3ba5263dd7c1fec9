"""What the receiver counts again: rows, digests, destinations of records, sums. Nothing is taken on trust."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from yakuba.kernel.errors import NotProvenError
from yakuba.kernel.problem import Problem
from yakuba.migration.contracts import RECORD
from yakuba.migration.verification.counts import kept_rejects, loaded_records
from yakuba.migration.verification.reread import UNREADABLE, CsvReread, ParquetReread, as_parquet_text, typed_items
from yakuba.migration.verification.written import Written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from yakuba.kernel.progress import Progress

_SUMS = ("records", "loaded", "merged", "rejected", "unread")


def recount(
    folder: Path, of: Callable[[str], list[dict[str, Any]]], changed: frozenset[str], progress: Progress
) -> list[Problem]:
    """Count everything again.

    Args:
        folder: the run folder.
        of: kind → contents of the entries of that kind.
        changed: files that are known not to be as signed; a damaged Parquet is not opened at all.
    """
    try:
        return list(_all(folder, of, changed, progress))
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        said = f"{type(error).__name__}"
        return [Problem("evidence_form", "evidence/evidence.json", said, "証拠に欠けた値があります", "lacks values")]


def _all(
    folder: Path, of: Callable[[str], list[dict[str, Any]]], changed: frozenset[str], progress: Progress
) -> Iterator[Problem]:
    progress.stage("読み直しと数え直し recount", len(of("group")), "tables")
    for group in of("group"):
        yield from _group(folder, group, changed)
        progress.advance(1)
    yield from _sums(of)
    if any(path.endswith(".parquet") and not path.startswith("data/") for path in changed):
        return
    try:
        yield from _destinations(folder, of)
    except UNREADABLE:
        where = "dispositions.parquet, lineage/"
        yield Problem("unreadable", where, "", "行の行き先を読み直せません", "destinations cannot be read again")


def _group(folder: Path, group: dict[str, Any], changed: frozenset[str]) -> Iterator[Problem]:
    """Rows and column digests of the written files of one group, each form on its own."""
    files = {form: folder / path for form, path in group["files"].items() if form == "csv" or path not in changed}
    items = tuple(column["name"] for column in group["columns"])
    numeric = frozenset(total["item"] for total in group["totals"])
    lineage = folder / group["files"]["lineage"]
    written = Written(group["group"], items, lineage, files["csv"], files.get("parquet"), numeric)
    try:
        yield from _form(CsvReread(written), group, "csv", written)
        if written.parquet:
            yield from _form(ParquetReread(written), group, "parquet", written)
    except NotProvenError as error:
        yield Problem("unreadable", group["group"], "", "表として読み直せません", error.message)
    if not group["proven"]:
        yield Problem(
            "never_proven", group["group"], "", "突合で差が残ったまま署名されています", "was signed with differences"
        )


def _form(reread: CsvReread | ParquetReread, group: dict[str, Any], form: str, written: Written) -> Iterator[Problem]:
    path = group["files"][form]
    for _ in reread:
        pass
    found = [facts.as_dict() for facts in reread.digest.facts()]
    signed = group["columns"] if form == "csv" else group["twin_columns"]
    rows = found[0]["cells"] if found else 0
    if rows != group["loaded"]:
        place = f"{group['loaded']} → {rows}"
        yield Problem("rows", path, place, "行数が署名のときと違います", "the number of rows is not the signed one")
    changed = [column["name"] for column, was in zip(found, signed, strict=True) if column != was]
    if changed and rows == group["loaded"]:
        place = _cell(written, changed) or f"items {', '.join(changed)}"
        yield Problem("cells", path, place, "値が署名のときと違います", "values are not the signed ones")


def _cell(written: Written, items: list[str]) -> str:
    """The first row and item in which CSV and Parquet differ: one of the two was changed there."""
    if written.parquet is None:
        return ""
    row = 0
    typed = typed_items(written.parquet)
    other = pl.read_parquet(written.parquet, columns=items).select(pl.all().cast(pl.String).fill_null(""))
    for block in CsvReread(written):
        beside = other.slice(row, block.height)
        same = block.with_columns(as_parquet_text(block, typed))
        for item in items:
            differs = same[item] != beside[item]
            if differs.any():
                return f"row {row + 1 + int(differs.arg_max() or 0)}, item {item}"
        row += block.height
    return ""


def _sums(of: Callable[[str], list[dict[str, Any]]]) -> Iterator[Problem]:
    result = of("result")[0]
    for account in of("account"):
        for one in [*account["files"], account]:
            if one["records"] != one["loaded"] + one["merged"] + one["rejected"]:
                name = one.get("path", account["source"])
                yield Problem("sum", name, "", "件数が合いません", "records are not loaded + merged + rejected")
        wrong = [field for field in _SUMS if account[field] != sum(file[field] for file in account["files"])]
        if wrong:
            yield Problem(
                "sum", account["source"], ", ".join(wrong), "ファイルの合計が合いません", "files do not add up"
            )
    wrong = [field for field in _SUMS if result[field] != sum(account[field] for account in of("account"))]
    if wrong or not result["proven"]:
        yield Problem(
            "never_proven", "result", ", ".join(wrong), "証明できていない移行です", "this run was never proven"
        )
    for group in of("group"):
        if group["offered"] != group["loaded"] + group["merged"] + group["rejected"]:
            yield Problem("sum", group["group"], "", "件数が合いません", "rows are not loaded + merged + rejected")


def _destinations(folder: Path, of: Callable[[str], list[dict[str, Any]]]) -> Iterator[Problem]:
    """Lineage and dispositions against the account of each source and each of its files."""
    lineages = [
        pl.read_parquet(folder / group["files"]["lineage"], columns=["source", RECORD]) for group in of("group")
    ]
    for group, lineage in zip(of("group"), lineages, strict=True):
        if lineage.height != group["loaded"]:
            name = group["files"]["lineage"]
            yield Problem("rows", name, "", "書いた行と来歴の数が違います", "lineage and rows differ in number")
    dispositions = pl.read_parquet(folder / "dispositions.parquet")
    for account in of("account"):
        source = account["source"]
        loaded = loaded_records(lineages, source)
        mine = dispositions.filter(pl.col("source") == source)
        merged = mine.filter(pl.col("disposition") == "merged").height
        for file in account["files"]:
            inside = int(loaded.is_between(file["first"], file["last"]).sum()) if file["first"] else 0
            if inside != file["loaded"]:
                yield Problem("sum", file["path"], "", "移した件数が来歴と違います", "lineage tells another number")
        if kept_rejects(folder, source) != account["rejected"]:
            yield Problem(
                "rows", f"rejected/{source}.parquet", "", "差し戻した行の数が違います", "holds another number"
            )
        twice = int(loaded.is_in(mine[RECORD].drop_nulls().implode()).sum())
        if twice:
            yield Problem("sum", source, f"{twice} records", "行き先が二つある行があります", "have two destinations")
        if (loaded.len(), merged, mine.height - merged) != (account["loaded"], account["merged"], account["rejected"]):
            yield Problem("sum", source, "", "件数が行き先の記録と違います", "destinations tell other numbers")
