"""`yakuba backup list`: how every municipality's copy stands."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from yakuba.cli._console import print_json, table
from yakuba.cli._tenancy import installation
from yakuba.kernel.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yakuba.backup.queries import Standing

_HOUR, _MIB = 3600, 1 << 20
_HEADS = ("コード", "名称", "良い控え", "データの時点", "時間前", "世代", "MiB", "行", "複製待ち", "警報")


@click.command("list", epilog="\b\nExample:  yakuba backup list --json")
@click.option("--json", "as_json", is_flag=True, help="機械で読む形 One JSON document.")
@click.pass_context
def command(context: click.Context, *, as_json: bool) -> None:
    """控えのようすを示す Show every municipality's last good copy, size and alarms. Exit code 1: an alarm holds."""
    actor = installation()
    from yakuba.backup.queries import standings

    found = standings(actor)
    if as_json:
        print_json([asdict(one) for one in found])
    else:
        _print(found)
    alarms = [alarm for one in found for alarm in one.alarms if alarm.ended_at is None]
    context.exit(Exit.FINDINGS if alarms else Exit.CLEAN)


def _print(found: Sequence[Standing]) -> None:
    from yakuba.backup.words import ALARMS

    rows = []
    for one in found:
        good = one.good
        age = f"{good.age.total_seconds() / _HOUR:.1f}" if good else ""
        alarms = "、".join(ALARMS.get(alarm.kind, alarm.kind) for alarm in one.alarms if alarm.ended_at is None)
        number, as_of = (good.number, good.as_of.isoformat()) if good else ("なし", "")
        copies = (one.generations, round(one.bytes / _MIB), one.rows, one.behind)
        rows.append((one.plan.municipality, one.plan.name, number, as_of, age, *copies, alarms))
    table("控えのようす", _HEADS, rows)
