"""Files of the log: digests to be anchored outside, entries for the approval (決裁)."""

from __future__ import annotations

import csv
import json
from datetime import date
from typing import IO, TYPE_CHECKING

from django.utils import timezone

from yakuba.kernel.errors import UsageError
from yakuba.tenancy.audit.digest import Digest, digests

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from yakuba.tenancy.acting import Actor
    from yakuba.tenancy.audit.log import Entry

_ANCHOR = ("団体", "日", "件数", "ハッシュ")
_COLUMNS = ("番号", "日時", "操作者", "氏名", "画面", "操作", "対象者", "項目", "理由", "詳細", "ハッシュ")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def write_anchor(stream: IO[str], actor: Actor, *, header: bool = True) -> int:
    """Write all digests of the actor's log; gives how many. The file is to be kept where the database is not."""
    writer = csv.writer(stream, lineterminator="\n")
    if header:
        writer.writerow(_ANCHOR)
    found = digests(actor)
    writer.writerows((_scope(actor), digest.day.isoformat(), digest.entries, digest.hash) for digest in found)
    return len(found)


def read_anchor(path: Path, actor: Actor) -> list[Digest]:
    """The digests of the actor's log out of an anchor file.

    Raises:
        UsageError: it is no anchor file, or a line of it means nothing.
    """
    wanted = _scope(actor)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.reader(stream)
        if tuple(next(rows, ())) != _ANCHOR:
            raise UsageError(
                f"{path}: ダイジェストの見出しがありません", remedy="audit digest で書き出したファイルを使ってください"
            )
        found = [_digest(path, line, row) for line, row in enumerate(rows, 2)]
    return [digest for scope, digest in found if scope == wanted]


def write_csv(stream: IO[str], entries: Iterable[Entry]) -> int:
    """Write entries, one a line; gives how many. What a spreadsheet would compute is made text."""
    writer = csv.writer(stream)
    writer.writerow(_COLUMNS)
    count = 0
    for count, entry in enumerate(entries, 1):  # noqa: B007 - the last one is the number of all
        moment = timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M:%S.%f")
        detail = json.dumps(entry.detail, ensure_ascii=False, sort_keys=True) if entry.detail else ""
        texts = (
            entry.actor, entry.name, entry.place, entry.action, entry.subject, "、".join(entry.items), entry.reason,
            detail, entry.hash,
        )  # fmt: skip
        writer.writerow((entry.number, moment, *map(_harmless, texts)))
    return count


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _digest(path: Path, line: int, row: list[str]) -> tuple[str, Digest]:
    try:
        scope, day, entries, value = row
        return scope, Digest(date.fromisoformat(day), int(entries), value)
    except ValueError as error:
        raise UsageError(
            f"{path}: {line}行目を読めません", remedy="書き出したときのファイルを使ってください"
        ) from error


def _scope(actor: Actor) -> str:
    return actor.municipality or f"group {actor.group}"
