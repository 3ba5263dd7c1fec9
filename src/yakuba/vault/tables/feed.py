"""Feed (差し出す表): the folder that a backup is taken of, in the form that `yakuba migrate run` and `export` write.

`data/<業務フォルダ>/<グループ>.csv` is a table, `images/` has the pictures that tables name. A differential feed (差分)
holds new and changed rows and pictures only, and in `deleted/<業務フォルダ>/<グループ>.csv` the primary keys of what
went. A table without a primary key is always given whole.

Which of both it is, whoever gives it says, or `kind` in a `feed.toml` in it ("full", "delta"). Where neither does, a
folder `deleted/`, even an empty one, makes it differential; and one without is looked at with doubt (`stated`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.layouts.read import standard as standard_named
from yakuba.vault.tables import pictures
from yakuba.vault.tables.raw import head
from yakuba.vault.tables.saying import said_of
from yakuba.vault.tables.totals import number_items

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from yakuba.layouts.standard import Standard

DATA, DELETED = "data", "deleted"
RESERVE_FOLDER, RESERVE = "yobi", "予備"
"""Tables of the reserve area (予備領域) follow no layout and have no primary key."""
ATTACHED = ("mapping.csv",)
"""Files beside the tables that are kept with them: what the columns of the reserve area mean."""
_ATTACHED_MOST = 16 << 20
"""Bytes of such a file."""


@dataclass(frozen=True, slots=True)
class FeedTable:
    """One table of a feed.

    Attributes:
        name: "業務/グループ". layout: id of its layout; "" in the reserve area. folder, group: below data/.
        columns: of the header. keys: the primary key, () when rows cannot be told apart.
        path: the CSV, None in a differential feed that only deletes. start: bytes before its first record.
        deleted: CSV of the keys that went; None when nothing went. numbers: items that are added up, in their order.
    """

    name: str
    layout: str
    folder: str
    group: str
    columns: tuple[str, ...]
    keys: tuple[str, ...]
    path: Path | None
    start: int = 0
    deleted: Path | None = None
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """Tables of one 団体 at one moment.

    Attributes:
        standard: selector of the layouts. as_of: moment of the data, UTC. municipality: 団体コード.
        differential: see the module. stated: somebody has said so. attachments: content by file name.
    """

    tables: tuple[FeedTable, ...]
    as_of: datetime
    standard: str
    municipality: str
    differential: bool
    stated: bool = True
    attachments: Mapping[str, bytes] = field(default_factory=dict)


def open_feed(
    folder: Path, selector: str, *, as_of: datetime, municipality: str, difference: bool | None = None,
    images: Path | None = None,
) -> Feed:  # fmt: skip
    """Look at a feed; of the tables only the headers are read.

    Args:
        difference: what the giver says that it is; None = look at the feed. images: CSV of its pictures' table.

    Raises:
        UsageError: the standard is unknown, a file is no group of it, nothing is there, or it contradicts itself.
        CannotContinueError: a file cannot be read.
    """
    said = said_of(folder) if difference is None else difference
    listed = (folder / DELETED).is_dir()
    if said is False and listed:
        problem = f"{folder}: 全件なのに {DELETED}/ があります a whole feed with a list of deleted rows"
        raise UsageError(problem, remedy="全件か差分かを確かめてください find out which of both it is")
    differential = listed if said is None else said
    given = _files(folder / DATA)
    gone = _files(folder / DELETED) if differential else {}
    if not given and not differential:
        raise UsageError(
            f"{folder}: 表がありません no table in {DATA}/",
            remedy="yakuba export や migrate run の出力を指定してください",
        )
    shown = _pictures(images, gone.pop(pictures.PLACE, None))
    businesses = {business for business, _ in {*given, *gone}} - {RESERVE_FOLDER}
    known = standard_named(selector, frozenset(businesses))
    tables = [_table(known, place, given.get(place), gone.get(place)) for place in sorted({*given, *gone})]
    sure = listed or said is not None
    return Feed((*tables, *shown), as_of, selector, municipality, differential, sure, _attachments(folder))


def _files(folder: Path) -> dict[tuple[str, str], Path]:
    """Tables of a folder by (folder, stem); other forms of the same tables lie beside them and are left alone."""
    return {(path.parent.name, path.stem): path for path in folder.glob("*/*.csv")}


def _table(known: Standard, place: tuple[str, str], path: Path | None, deleted: Path | None) -> FeedTable:
    folder, stem = place
    columns, start = head(path) if path else ((), 0)
    if folder == RESERVE_FOLDER and path and not deleted:
        return FeedTable(f"{RESERVE}/{stem}", "", folder, stem, columns, (), path, start)
    for layout, group in known:
        if (f"{layout.code}_{layout.identifier}", group.identifier) == place:
            keys = tuple(item.name for item in group.keys)
            if path and set(keys) - set(columns):
                raise UsageError(
                    f"{path}:1: 主キーの列がありません lacks {'、'.join(sorted(set(keys) - set(columns)))}"
                )
            name = f"{layout.business}/{group.name}"
            numbers = number_items(group)
            return FeedTable(name, layout.id, folder, stem, columns, keys, path, start, deleted, numbers)
    raise UsageError(
        f"{path or deleted}: {known.selector} の表ではありません is no group of it",
        remedy="標準 --standard を確かめてください give the standard that it follows, or take the file away",
    )


def _pictures(path: Path | None, deleted: Path | None) -> list[FeedTable]:
    """The pictures' table, when there is one."""
    if path is None and deleted is None:
        return []
    columns, start = head(path) if path else ((), 0)
    return [FeedTable(pictures.NAME, "", *pictures.PLACE, columns, (pictures.KEY,), path, start, deleted)]


def _attachments(folder: Path) -> dict[str, bytes]:
    found = {name: path for name in ATTACHED if (path := folder / name).is_file()}
    for path in found.values():
        if path.stat().st_size > _ATTACHED_MOST:
            raise CannotContinueError(f"{path}: 大きすぎます is too large", remedy="表でないファイルは除いてください")
    return {name: path.read_bytes() for name, path in found.items()}
