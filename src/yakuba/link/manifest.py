"""Manifest (送り状): what a feed says of itself, in feed.toml, else in its name, else in the times of its files.

feed.toml:  municipality, standard, as_of (moment with offset), kind ("full" | "delta"), sequence, [rows]
name:       <団体コード>_<YYYYMMDDThhmmss>_<full|delta>[_<通番>], the time as at the town hall (JST)
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from yakuba.kernel.town_time import JAPAN
from yakuba.link.refusal import Reason, refused

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = "feed.toml"
FULL, DELTA = "full", "delta"
_NAME = re.compile(r"([0-9]{6})_([0-9]{8}T[0-9]{6})_(full|delta)(?:_([0-9]{1,12}))?")
_WORDS: dict[str, type | tuple[type, ...]] = {
    "municipality": str, "standard": str, "as_of": datetime, "kind": str, "sequence": int, "rows": dict,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a feed says of itself.

    Attributes:
        municipality, standard: "" = it does not say. as_of: UTC, whole seconds. stated: as_of is the sender's word,
            not only the time of a file. kind: full or delta, "" = it does not say. sequence: 通番, 0 = none.
        rows: by "業務/グループ".
    """

    municipality: str
    standard: str
    as_of: datetime
    stated: bool
    kind: str
    sequence: int = 0
    rows: dict[str, int] = field(default_factory=dict)


def read_manifest(name: str, folder: Path) -> Manifest:
    """The manifest of an unpacked feed.

    Args:
        name: of the arrival. folder: with its files.

    Raises:
        RefusedError: feed.toml cannot be meant.
    """
    path = folder / MANIFEST
    stem = re.sub(r"\.(zip|tar|tar\.gz|tgz)$", "", name)
    found = _NAME.fullmatch(stem)
    if path.is_file():
        return _written(path)
    if not found:
        newest = max((one.stat().st_mtime for one in folder.rglob("*") if one.is_file()), default=0.0)
        return Manifest("", "", datetime.fromtimestamp(int(newest), UTC), stated=False, kind="")
    moment = named_moment(found[2])
    if moment is None:
        raise refused(Reason.UNREADABLE, name, "名前の時刻がありえません")
    return Manifest(found[1], "", moment, stated=True, kind=found[3], sequence=int(found[4] or 0))


def named_moment(text: str) -> datetime | None:
    """The moment of YYYYMMDDThhmmss, which is the town hall's time; None when there is no such moment."""
    try:
        return datetime.strptime(text, "%Y%m%dT%H%M%S").replace(tzinfo=JAPAN).astimezone(UTC)
    except ValueError:
        return None


def _written(path: Path) -> Manifest:
    try:
        data = tomllib.loads(path.read_text("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, OSError) as error:
        raise refused(Reason.UNREADABLE, MANIFEST, "UTF-8 の TOML ではありません") from error
    for word, value in data.items():
        kind = _WORDS.get(word)
        if kind is None or not isinstance(value, kind) or isinstance(value, bool):
            raise refused(Reason.UNREADABLE, MANIFEST, f"{word} の書き方が違います")
    _complete(data)
    moment: datetime = data["as_of"]
    moment = moment if moment.tzinfo else moment.replace(tzinfo=JAPAN)
    return Manifest(
        municipality=data.get("municipality", ""),
        standard=data.get("standard", ""),
        as_of=moment.astimezone(UTC).replace(microsecond=0),
        stated=True,
        kind=data["kind"],
        sequence=data.get("sequence", 0),
        rows=data.get("rows", {}),
    )


def _complete(data: dict[str, Any]) -> None:
    missing = [word for word in ("as_of", "kind") if word not in data]
    if missing:
        raise refused(Reason.UNREADABLE, MANIFEST, f"{missing[0]} がありません")
    if data["kind"] not in (FULL, DELTA):
        raise refused(Reason.UNREADABLE, MANIFEST, f"kind は {FULL} か {DELTA} です")
    if not all(isinstance(count, int) for count in data.get("rows", {}).values()):
        raise refused(Reason.UNREADABLE, MANIFEST, "rows は件数の表です")
