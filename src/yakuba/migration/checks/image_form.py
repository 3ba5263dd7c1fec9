"""An image that is named like no image: a text document or a spreadsheet where an 印影 belongs.

Judged are names of files; content in the cell itself (Base64) has no ending and is not judged.
Not this rule: a missing image (`conditional_missing`), one image for two registrations (`image_shared`).

Source: 不正データ category C13 (orphan images). Example: 印影 = "IN000123.docx".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from yakuba.kernel.finding import Severity
from yakuba.layouts.model import DataType
from yakuba.migration.checks._gate import Gated
from yakuba.migration.checks._items import of_type

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.layouts.model import Group
    from yakuba.migration.rules import Cells, Context

CATEGORY = "C13"
SEVERITY = Severity.WARNING
HINT_JA = "画像ではない形式の名前です。正しい画像を確かめてください。"
HINT_EN = "The file's name is not that of an image: look for the right one."

_NAME = 1_000
"""Bytes: no name of a file is longer."""
_ENDING = r"^.{0,250}\.[A-Za-z0-9]{1,5}$"
_IMAGE = r"(?i)\.(?:png|tiff?|bmp|jpe?g|jpe|gif|jp2|jpx|j2k|jbig2?|jb2|pdf|svg|webp|g[34]|mmr|mh|mr|ico|heic)$"


def cells(group: Group, _context: Context) -> Iterator[Cells]:
    """Names of files whose ending is none of an image."""
    for item in of_type(group, DataType.BLOB):
        value = pl.col(item.name)
        # A name is short; what is longer is the image itself, and no pattern needs to walk through it.
        named = (value.str.len_bytes() < _NAME) & value.str.contains(".", literal=True)
        yield Gated(item.name, value.str.contains(_ENDING) & ~value.str.contains(_IMAGE), gate=named)
