"""Stores (置き場所): where the entries and objects of a vault lie: a folder, or S3-compatible object storage."""

from __future__ import annotations

from pathlib import Path

from yakuba.kernel.errors import UsageError
from yakuba.vault.store.folder import FolderStore
from yakuba.vault.store.protocol import Store

__all__ = ["Store", "open_store"]


def open_store(place: str) -> Store:
    """The store at a place.

    Args:
        place: a folder's path, or s3://bucket/prefix?endpoint=http://…&region=…; credentials come from the usual
            AWS environment, never from the place.

    Raises:
        UsageError: the place is none. CannotContinueError: it does not answer.
    """
    if place.startswith("s3://"):
        from yakuba.vault.store.s3 import open_s3

        return open_s3(place)
    if "://" in place:
        remedy = "フォルダーか s3://… を指定してください give a folder, or s3://bucket/prefix"
        raise UsageError(f"{place}: 知らない種類の置き場所です no kind of store that is known", remedy=remedy)
    return FolderStore(Path(place))
