"""What a feed says of itself (送り状): whether it is whole or a difference."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = "feed.toml"


def said_of(folder: Path) -> bool | None:
    """Whether a feed says of itself that it is differential; None when it says nothing.

    Raises:
        UsageError: it says something that cannot be meant.
    """
    path = folder / MANIFEST
    if not path.is_file():
        return None
    try:
        kind = tomllib.loads(path.read_text("utf-8-sig")).get("kind")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        remedy = "UTF-8 の TOML として直してください write it as TOML in UTF-8"
        raise UsageError(f"{path}: 送り状が読めません unreadable", remedy=remedy) from error
    if kind not in (None, "full", "delta"):
        raise UsageError(f"{path}: kind = {kind!r}", remedy='"full"（全件）か "delta"（差分）を書いてください')
    return None if kind is None else bool(kind == "delta")
