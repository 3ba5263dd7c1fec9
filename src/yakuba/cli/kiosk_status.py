"""`yakuba kiosk status CODE`: how コンビニ交付 of a town stands."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from yakuba.cli._registry import acting
from yakuba.kernel.errors import Exit


@click.command("status", epilog="\b\nExample:  yakuba kiosk status 990019")
@click.argument("code")
@click.option("--json", "as_json", is_flag=True, help="機械で読む形 One JSON document.")
@click.pass_context
def command(context: click.Context, code: str, *, as_json: bool) -> None:
    """コンビニ交付の状態を示す Show what is open, the cards' age, and who may ask. Exit code 1: nothing is open."""
    actor = acting(code)
    from yakuba.issuance.kiosk.queries import standing

    found = standing(actor)
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, default=str))
    else:
        state = "停止中" if found.stopped else "稼働" if found.running else "休止"
        click.echo(f"コンビニ交付\t{state}\t{found.stopped}")
        age = "通番の抜け" if found.gap else "有効" if found.fresh else "古い"
        click.echo(f"カード情報\t{age}\t通番 {found.sequence}\t{found.fed_at or ''}")
        for one in found.offers:
            state = "受付中" if one.now else one.closed or "時間外・停止"
            click.echo(f"{one.kind}\t{one.label}\t{one.opens:%H:%M}-{one.closes:%H:%M}\t{state}")
        for window in found.windows:
            click.echo(f"計画停止\t{window.kind or 'すべて'}\t{window.first}\t{window.last}\t{window.reason}")
        for name, fingerprint, valid in found.centres:
            click.echo(f"交付センター\t{name}\t{fingerprint}\t{'有効' if valid else '取消し'}")
        for session, count in found.open.items():
            click.echo(f"受付\t{session.label}\t{count}")
    context.exit(Exit.CLEAN if any(one.now for one in found.offers) else Exit.FINDINGS)
