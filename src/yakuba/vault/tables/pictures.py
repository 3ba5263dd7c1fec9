"""Pictures (画像) that a table names, such as imprints (印影): one more table of a generation, a row for each file.

So they are counted by their changes, padded, digested and restored like any other row. In a feed and in what a restore
writes they are files in `images/`, under the names that the tables give them.
"""

from __future__ import annotations

import base64
import binascii
import csv
import re
from itertools import islice
from typing import TYPE_CHECKING

from yakuba.kernel.errors import CannotContinueError, NotProvenError, UsageError
from yakuba.vault.disk import told

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FOLDER = "images"
PLACE = (FOLDER, FOLDER)
"""Folder and file that the table has among the others; a list of pictures that went is deleted/images/images.csv."""
BUSINESS = "画像"
NAME = f"{BUSINESS}/画像"
COLUMNS = (KEY, CONTENT) = ("名前", "内容")
"""Of the table: name of the file, and its bytes in Base64."""
_NAMED = re.compile(r"[^\W_][\w.-]{0,119}")
"""What a name may be: never one that leads elsewhere, and no longer than the registry keeps."""
_LARGEST = 4 << 20


def gathered(folder: Path, out: Path) -> Path:
    """The pictures of a folder as the CSV of their table.

    Raises:
        UsageError: something there is no file, or its name cannot be kept. CannotContinueError: one is too large, or
            the disk does not let us.
    """
    with told(folder):
        paths = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
        with out.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows((path.name, base64.b64encode(_content(path)).decode("ascii")) for path in paths)
    return out


def may_be_named(name: str) -> bool:
    """Whether a file of this name can be kept."""
    return _NAMED.fullmatch(name) is not None


def _content(path: Path) -> bytes:
    if path.is_symlink() or not path.is_file() or not may_be_named(path.name):
        remedy = "画像のフォルダには、文字・数字・「.」「-」「_」の名前のファイルだけを置いてください plain names only"
        raise UsageError(f"{path}: 画像のファイルとして控えられません cannot be kept as a picture", remedy=remedy)
    if path.stat().st_size > _LARGEST:
        raise CannotContinueError(f"{path}: 大きすぎます is too large", remedy="4 MB 以内の画像にしてください")
    return path.read_bytes()


def write_out(folder: Path, text: Iterable[bytes]) -> None:
    """Write the pictures into a new folder.

    Args:
        text: the CSV of their table, the header and then whole records at a time, as `Merged.csv` gives it.

    Raises:
        NotProvenError: a row is no picture.
    """
    folder.mkdir()
    for block in islice(text, 1, None):
        for line in block.splitlines():
            name, _, content = line.decode().partition(",")
            if not may_be_named(name):
                raise NotProvenError("ありえない画像の名前があります an impossible name of a picture", remedy=_REMEDY)
            try:
                (folder / name).write_bytes(base64.b64decode(content, validate=True))
            except binascii.Error as error:
                raise NotProvenError("画像でない行があります a row that is no picture", remedy=_REMEDY) from error


_REMEDY = "送った側の yakuba を確かめ、別の世代を使ってください look at the sender, use another generation"
