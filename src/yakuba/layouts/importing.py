"""Official workbooks into catalog folders: what `yakuba layouts import` does.

Headings that the catalog has no column for are kept as further columns of items.csv, so the folder holds every cell of
the tables. A workbook that cannot be meant leaves nothing behind.
"""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from yakuba.kernel.errors import UsageError
from yakuba.layouts.folder import ANY_VALUE, CODE_COLUMNS, GROUP_COLUMNS, ITEM_COLUMNS, read_layout
from yakuba.layouts.table import write_table
from yakuba.layouts.workbook import Workbook, read_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yakuba.layouts.model import Layout

_FACTS = {"edition": r"\d{4}(-\d{2}){0,2}", "code": r"[0-9a-z]+", "identifier": r"[a-z0-9_]+"}


@dataclass(frozen=True)
class Facts:
    """What a workbook does not say of itself and SOURCE.toml must.

    Attributes:
        family: "kihon" or "chukan". edition: folder name, a date. code, business, identifier: of the business.
        title, printed_edition, date, licence: of the document.
        groups: romaji name of each group by official name; groups not named here are called group01, group02, …
    """

    family: str
    edition: str
    code: str
    business: str
    identifier: str
    title: str
    printed_edition: str
    date: str
    licence: str
    groups: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what cannot be the name of a folder or file.

        Raises:
            UsageError: names the field.
        """
        words = [(name, getattr(self, name), pattern) for name, pattern in _FACTS.items()]
        words += [("group", identifier, _FACTS["identifier"]) for identifier in self.groups.values()]
        for name, value, pattern in words:
            if not re.fullmatch(pattern, value):
                raise UsageError(f"{name} {value!r} cannot be used", remedy=f"write it as {pattern}")


def import_workbook(path: Path, standards: Path, facts: Facts) -> Layout:
    """Write the catalog folder of a workbook and read it back.

    Args:
        path: .xlsx file. standards: folder that holds the families (`catalog/standards`). facts: see `Facts`.

    Raises:
        CannotContinueError: no workbook. UsageError: it cannot be meant, or the folder would not read.
    """
    book = read_workbook(path)
    place = Path(facts.family, facts.edition, f"{facts.code}_{facts.identifier}")
    with TemporaryDirectory(prefix="yakuba-") as work:
        folder = Path(work) / place
        _write(folder, book, facts)
        layout = read_layout(folder)
        shutil.copytree(folder, standards / place, dirs_exist_ok=True)
    return layout


def _write(folder: Path, book: Workbook, facts: Facts) -> None:
    folder.mkdir(parents=True)
    origin = f"公式: {book.file}"
    groups = list(dict.fromkeys(item["グループ"] for item in book.items))
    unknown = [name for name in facts.groups if name not in groups]
    if unknown:
        raise UsageError(f"{book.file}: no group {unknown[0]!r}", remedy=f"its groups: {'、'.join(groups)}")
    named = [(name, facts.groups.get(name, f"group{at:02d}"), "") for at, name in enumerate(groups, 1)]
    write_table(folder / "groups.csv", GROUP_COLUMNS, named)
    header = [*ITEM_COLUMNS, *book.extra]
    records = [[(item | {"由来": origin}).get(column, "") for column in header] for item in book.items]
    write_table(folder / "items.csv", header, records)
    codes = [(*code[:4], origin, code[4]) for code in book.codes + _unlisted(book)]
    write_table(folder / "codes.csv", (*CODE_COLUMNS, "備考"), codes)
    (folder / "SOURCE.toml").write_text(_source(book.file, facts), encoding="utf-8")


def _unlisted(book: Workbook) -> list[tuple[str, str, str, str, str]]:
    """Lists that items name and the workbook does not hold: written as lists that restrict nothing."""
    listed = {code.lstrip("0") for code, *_ in book.codes}
    wanted = dict.fromkeys(item["コード"] for item in book.items if item["コード"].isdigit())
    missing = [code for code in wanted if code.lstrip("0") not in listed]
    return [(code, f"コード{code}", ANY_VALUE, ANY_VALUE, "コード一覧にない") for code in missing]


def _source(file: str, facts: Facts) -> str:
    fields = {
        "title": facts.title,
        "edition": facts.printed_edition,
        "date": facts.date,
        "licence": facts.licence,
        "how": "Imported by `yakuba layouts import`; 外字: every Ｎ item if no column says so, 不詳日: from 項目説明.",
        "standing": "official",
    }
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items()]
    lines += [f"references = [{json.dumps(file, ensure_ascii=False)}]", "", "[business]"]
    business = {"name": facts.business, "code": facts.code, "identifier": facts.identifier}
    lines += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in business.items()]
    return "\n".join([*lines, 'code_standing = "official"', ""])
