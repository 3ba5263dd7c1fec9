"""`yakuba link once`: one look at the watched folder, for cron."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from yakuba.cli import _console, _link
from yakuba.kernel.errors import Exit


@click.command("once", epilog="\b\nExample:  yakuba link once 990019")
@_link.WHICH
@click.option("--json", "as_json", is_flag=True, help="機械で読む形 One JSON document.")
def command(which: str, *, as_json: bool) -> int:
    """一度だけ調べて送る Look once: take what is complete, send what is not confirmed.

    Exit code 1: a feed was refused, or something else waits for a person.
    """
    from yakuba.link.running import once
    from yakuba.link.status import collect

    place, settings = _link.opened(which)
    with _console.progress() as progress:
        look = once(place, settings, progress)
    status = collect(place, settings)
    if as_json:
        click.echo(json.dumps({"sealed": [asdict(one) for one in look.sealed], "refused": look.refused,
                               "status": asdict(status)}, ensure_ascii=False))  # fmt: skip
    else:
        for one in look.sealed:
            click.echo(f"封印 sealed\t世代 {one.number}\t{one.name}\t{one.as_of}")
        _link.told(status)
    return Exit.FINDINGS if look.refused or status.attention else Exit.CLEAN
