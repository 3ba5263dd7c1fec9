"""What the commands of the link share: whose link is meant, and its status as lines."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from yakuba.cli import _console
from yakuba.kernel.town_time import shown

if TYPE_CHECKING:
    from yakuba.link.place import Place
    from yakuba.link.settings import Settings
    from yakuba.link.status import Copy, Status

WHICH = click.argument("which", metavar="CODE|FOLDER")
"""A 団体コード, or the folder of a link."""


def opened(which: str) -> tuple[Place, Settings]:
    """The link that is meant.

    Raises:
        UsageError: there is none, or its settings cannot be meant.
    """
    from yakuba.link.place import place_of
    from yakuba.link.settings import read_settings

    place = place_of(which)
    return place, read_settings(place)


def told(status: Status) -> None:
    """The status for people, on stdout."""
    rows = [
        ("最後の控え last good copy", _copy(status.good)),
        ("センター受領 confirmed", _copy(status.safe) if status.sends else "送信先なし no centre"),
        ("未受領の記入 not confirmed yet", status.unsent),
        ("判断待ち waiting for a person", len(status.refused)),
        ("順番待ち held", status.held),
        ("最後の接続 line reached", _local(status.line.reached_at) if status.line.reached_at else "—"),
        ("時計の差（秒） clock", status.line.clock_seconds),
        ("止まっている理由 problem", status.problem or status.line.problem or "—"),
    ]
    _console.table("", ("", ""), rows)
    for one in status.refused:
        _console.STDOUT.print(f"{one.id}  {one.name}", markup=False)
        for reason in one.reasons:
            _console.STDOUT.print(f"    {reason}", markup=False)


def _copy(one: Copy | None) -> str:
    if one is None:
        return "まだありません none yet"
    received = f"、受領 {_local(one.received_at)}" if one.received_at else ""
    return f"世代 {one.number}、データの時点 {_local(one.as_of)}、封印 {_local(one.sealed_at)}{received}"


def _local(text: str) -> str:
    return shown(datetime.fromisoformat(text))
