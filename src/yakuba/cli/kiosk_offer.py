"""`yakuba kiosk offer CODE KIND …`: what can be had at the machines of a town, and when."""

from __future__ import annotations

import click

from yakuba.cli._registry import acting


@click.command("offer", epilog="\b\nExample:  yakuba kiosk offer 990019 juminhyo inkan --hours 06:30-23:00")
@click.argument("code")
@click.argument("kinds", nargs=-1, required=True)
@click.option("--hours", metavar="HH:MM-HH:MM", help="利用時間 From and until [default: 06:30-23:00].")
@click.option("--weekdays", metavar="DIGITS", default="", help="曜日 ISO weekdays, 12345 = Monday to Friday.")
@click.option("--choice", "choices", multiple=True, help="選べる記載事項 A choice that is open; all others are not.")
def command(code: str, kinds: tuple[str, ...], hours: str | None, weekdays: str, choices: tuple[str, ...]) -> None:
    """端末で取り扱う証明書を決める Offer kinds of certificate at machines, or change their hours and choices."""
    actor = acting(code)
    from yakuba.issuance.kiosk.administration import offer, span

    for kind in kinds:
        offer(actor, kind, hours=span(hours) if hours else None, weekdays=weekdays, choices=choices or None)
        click.echo(kind)
