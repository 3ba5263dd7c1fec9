"""Words of the report: what a finding code means in a clerk's language, and which department a business belongs to.

Both are small tables beside this file. A town whose offices have other names says so in its project:

    [options.departments]
    "住民基本台帳" = "町民課"
"""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from yakuba.migration.hints import hint

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

OFFICE = "情報政策課"
"""Department of whatever belongs to no business: unreadable records, the project itself."""


@cache
def _table(name: str) -> Mapping[str, str]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return {row[0]: row[1] for row in list(csv.reader(text.splitlines()))[1:]}


def title(code: str) -> str:
    """What a code says, as a short Japanese phrase; its hint, or the code, when it has none."""
    return _table("titles.csv").get(code) or hint(code)[0] or code


def advice(code: str) -> str:
    """What to do about a code, in one Japanese sentence."""
    return hint(code)[0]


def short(value: str | None, limit: int = 60) -> str:
    """A value cut to what a table cell can show.

    >>> short("一二三四五", 4)
    '一二三…'
    """
    text = value or ""
    return text if len(text) <= limit else text[: limit - 1] + "…"


class Departments:
    """Which department (担当課) answers for a group or a source, as the project in a run folder says.

    Args:
        project: the project file of the run; its `[options.departments]` goes before our table.
    """

    def __init__(self, project: Path) -> None:
        data = tomllib.loads(project.read_text(encoding="utf-8"))
        self._own: dict[str, str] = dict(data.get("options", {}).get("departments", {}))
        tables = data.get("table", [])
        self._businesses = {str(one["from"]): str(one["group"]) for one in reversed(tables)}

    def of_group(self, group: str) -> str:
        """Department of "業務/グループ"."""
        business = group.partition("/")[0]
        return self._own.get(business) or _table("departments.csv").get(business) or OFFICE

    def of_source(self, source: str) -> str:
        """Department of a source: that of the first table made from it."""
        return self.of_group(self._businesses.get(source, ""))
