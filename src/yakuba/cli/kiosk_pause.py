"""`yakuba kiosk pause CODE FROM UNTIL REASON`: a planned stop of a town's machines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yakuba.cli._registry import acting

if TYPE_CHECKING:
    from datetime import datetime

_MOMENT = click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d"])


@click.command("pause", epilog="\b\nExample:  yakuba kiosk pause 990019 2026-12-05T22:00 2026-12-06T06:00 '定期点検'")
@click.argument("code")
@click.argument("first", type=_MOMENT)
@click.argument("until", type=_MOMENT)
@click.argument("reason")
@click.option("--kind", default="", help="証明書の種類 Of this kind only [default: everything].")
def command(code: str, first: datetime, until: datetime, reason: str, kind: str) -> None:
    """計画停止を登録する Plan a stop of a town's machines, from FIRST to UNTIL in the town's time."""
    actor = acting(code)
    from django.utils.timezone import make_aware

    from yakuba.issuance.kiosk.administration import plan_stop

    plan_stop(actor, make_aware(first), make_aware(until), reason, kind=kind)
    click.echo(f"{first:%Y-%m-%d %H:%M} - {until:%Y-%m-%d %H:%M}")
