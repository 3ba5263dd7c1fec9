"""The workbook (指摘一覧): one sheet for each department, to be answered there and read back as decisions."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from yakuba.kernel.finding import Severity
from yakuba.migration.contracts import FILE, LINE
from yakuba.migration.pipeline.decisions import COLUMNS, VERDICTS
from yakuba.migration.report.summary import located
from yakuba.migration.report.words import advice, title
from yakuba.migration.verification.evidence import EvidenceBuilder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import polars as pl
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    from yakuba.migration.report.model import Summary

CAP = 10_000
"""Rows of one sheet; more than that nobody answers by hand, and findings.csv has them all."""
ANSWERS = ("verdict", "new", "who", "when", "why")
"""Columns that a department fills in (names of pipeline.decisions.COLUMNS)."""
_OWN = {"what": "内容", "advice": "すること"}
_HEADS = {**COLUMNS, **_OWN}
_ORDER = (
    "severity", "what", "item", "value", "proposal", *ANSWERS, "key", "group", "file", "line", "advice", "code", "id",
)  # fmt: skip
_WIDTHS = {"severity": 10, "what": 30, "item": 22, "value": 28, "proposal": 22, "verdict": 12, "new": 22, "who": 12}
_WIDTHS |= {"when": 13, "why": 24, "key": 22, "group": 26, "file": 20, "line": 9, "advice": 44, "code": 20, "id": 19}
_RISKY = ("=", "+", "-", "@", "\t", "\r")
_HEAD = PatternFill("solid", fgColor="E8F1FE")
_INPUT = PatternFill("solid", fgColor="FFF9DB")
_BORDER = Border(bottom=Side(style="thin", color="CCCCCC"))
_WRAP = Alignment(vertical="top", wrap_text=True)


def _styles() -> list[NamedStyle]:
    """Looks of cells by name: a named look is three times as quick to write as the same one set cell by cell."""
    return [
        NamedStyle("表題", font=Font(bold=True, size=16)),
        NamedStyle("見出し", font=Font(bold=True), fill=_HEAD, border=_BORDER),
        NamedStyle("記入見出し", font=Font(bold=True), fill=_INPUT, border=_BORDER),
        NamedStyle("値", alignment=_WRAP, border=_BORDER),
        NamedStyle("記入", alignment=_WRAP, border=_BORDER, fill=_INPUT, number_format="@"),
    ]


def write_workbook(out: Path, summary: Summary) -> None:
    """Write OUT/findings.xlsx; the same run gives the same bytes.

    Raises:
        CannotContinueError: the folder has no evidence yet.
    """
    evidence = EvidenceBuilder.read(out)
    rows = located(out, evidence)
    files = {
        (one["source"], at): file["path"] for one in evidence.of("account") for at, file in enumerate(one["files"])
    }
    book = Workbook(write_only=True)
    for style in _styles():
        book.add_named_style(style)
    _legend(book, summary)
    for department in summary.departments:
        mine = rows.filter((rows["department"] == department.name) & (rows["severity"] != str(Severity.NOTE)))
        _sheet(book, department.name, mine.head(CAP), files)
    raw = io.BytesIO()
    book.save(raw)
    (out / "findings.xlsx").write_bytes(_without_clock(raw.getvalue()))


def _legend(book: Workbook, summary: Summary) -> None:
    sheet = book.create_sheet("凡例")
    _widths(sheet, [26, 70, 14, 14])
    lines: list[list[str | int]] = [
        [f"{summary.name}　データ移行 指摘一覧"],
        [],
        ["使い方", "担当課のシートを開き、黄色い欄（判断・新しい値・判断者・判断日・理由）に記入してください。"],
        ["判断：採用", "「提案」の値に直します。"],
        ["判断：値", "「新しい値」に書いた値に直します。"],
        ["判断：そのまま", "いまの値が正しいので、直しません。次の移行から指摘しません。"],
        ["判断：差し戻し", "その行は移さずに、原文のまま旧システムへ返します。"],
        ["判断日", "2026-11-20 の形で書いてください。"],
        ["伏せた値", "個人番号・住民票コード・基礎年金番号は * で伏せています。"],
        [],
        ["重要度：停止", "移せない行です（差し戻し済み）。直した行が届けば移せます。"],
        ["重要度：要修正", "移しましたが、切り替えまでに判断が要ります。"],
        ["重要度：警告", "ありうる値ですが、目を通してください。"],
        [],
        ["担当課", "", "決める（件）", "目を通す（件）"],
    ]
    lines += [
        [one.name, _capped(one.decisions + one.warnings), one.decisions, one.warnings] for one in summary.departments
    ]
    looks = {0: "表題", _line_of(lines, "担当課"): "見出し"}
    for number, line in enumerate(lines):
        sheet.append([_cell(sheet, value, looks.get(number, "値")) for value in line])


def _line_of(lines: list[list[str | int]], first: str) -> int:
    return next(at for at, line in enumerate(lines) if line and line[0] == first)


def _capped(rows: int) -> str:
    """A note when a department's sheet does not hold all of its findings."""
    return f"重いものから {CAP:,} 件だけを載せました。全 {rows:,} 件は findings.csv にあります。" if rows > CAP else ""


def _sheet(book: Workbook, name: str, rows: pl.DataFrame, files: dict[tuple[str, int], str]) -> None:
    sheet = book.create_sheet(_sheet_name(name))
    _widths(sheet, [_WIDTHS[column] for column in _ORDER])
    sheet.freeze_panes = "D2"
    last = get_column_letter(len(_ORDER))
    sheet.auto_filter.ref = f"A1:{last}{rows.height + 1}"
    column = get_column_letter(_ORDER.index("verdict") + 1)
    choices = DataValidation("list", formula1='"' + ",".join(VERDICTS) + '"', allow_blank=True)
    choices.error, choices.errorTitle = "採用・値・そのまま・差し戻し から選んでください。", "判断"
    choices.add(f"{column}2:{column}{max(rows.height + 1, 2)}")
    sheet.data_validations.append(choices)
    sheet.append(_head(sheet))
    for values in _values(rows, files):
        sheet.append(_row(sheet, values))


def _sheet_name(name: str) -> str:
    """A name that Excel takes: 31 characters, none of its separators."""
    return "".join("・" if char in "[]:*?/\\" else char for char in name)[:31]


def _head(sheet: WriteOnlyWorksheet) -> list[Any]:
    return [_cell(sheet, _HEADS[name], "記入見出し" if name in ANSWERS else "見出し") for name in _ORDER]


def _values(rows: pl.DataFrame, files: dict[tuple[str, int], str]) -> Iterator[dict[str, str | int]]:
    for row in rows.iter_rows(named=True):
        yield {
            **{name: row[name] or "" for name in ("id", "code", "group", "key", "item", "value", "proposal")},
            **dict.fromkeys(ANSWERS, ""),
            "severity": Severity(row["severity"]).japanese,
            "file": files.get((row["source"], row[FILE]), ""),
            "line": row[LINE] or "",
            "what": title(row["code"]),
            "advice": advice(row["code"]),
        }


def _row(sheet: WriteOnlyWorksheet, values: dict[str, str | int]) -> list[Any]:
    return [_cell(sheet, values[name], "記入" if name in ANSWERS else "値") for name in _ORDER]


def _cell(sheet: WriteOnlyWorksheet, value: str | int, style: str) -> Any:
    """A cell that is never a formula: text stays text, also after somebody edits it (quotePrefix)."""
    if isinstance(value, int):
        cell = WriteOnlyCell(sheet, value)
        cell.style = style
        return cell
    cell = WriteOnlyCell(sheet, "")
    cell.value = "".join(map(_visible, value)) if not value.isprintable() else value
    cell.data_type = "s"
    cell.style = style
    if value.startswith(_RISKY):
        cell.quotePrefix = True
    return cell


def _visible(char: str) -> str:
    """Control characters cannot stand in a workbook; Unicode has pictures of them (␀ … ␟). Nor can noncharacters."""
    if char in "\ufffe\uffff":
        return "\ufffd"
    return chr(0x2400 + ord(char)) if char < " " and char not in "\n\t" else char


def _widths(sheet: Any, widths: Sequence[int]) -> None:
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def _without_clock(raw: bytes) -> bytes:
    """The same workbook without the time of its making, which openpyxl writes in two places."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = _TIMELESS if info.filename == "docProps/core.xml" else old.read(info)
            new.writestr(zipfile.ZipInfo(info.filename), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


_TIMELESS = (
    b'<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties '
    b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>yakuba</dc:creator></cp:coreProperties>'
)
