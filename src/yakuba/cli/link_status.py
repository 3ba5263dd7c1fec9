"""`yakuba link status`: when the last good copy was taken and confirmed, and what waits for a person."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime

import click

from yakuba.cli import _link
from yakuba.kernel.errors import Exit


@click.command("status", epilog="\b\nExample:  yakuba link status 990019")
@_link.WHICH
@click.option("--json", "as_json", is_flag=True, help="機械で読む形 One JSON document.")
def command(which: str, *, as_json: bool) -> int:
    """連携APの状態 Show the last good copy, the outbox, the line and refused feeds.

    Exit code 1: the last good copy is too old (watch.late_hours), or something waits for a person.
    """
    from yakuba.link.status import collect, read_status

    place, settings = _link.opened(which)
    published = read_status(place)
    status = collect(place, settings, published.problem if published else "")
    late = status.late(datetime.now(UTC))
    if as_json:
        click.echo(json.dumps({**asdict(status), "late": late}, ensure_ascii=False))
    else:
        _link.told(status)
    return Exit.FINDINGS if late or status.attention else Exit.CLEAN
