"""`yakuba backup replicate`: bring the second centre to the state of the first, and compare."""

from __future__ import annotations

import click

from yakuba.cli._backup import plans_of
from yakuba.cli._console import progress
from yakuba.kernel.errors import Exit


@click.command("replicate", epilog="\b\nExample:  yakuba backup replicate 990019")
@click.argument("codes", nargs=-1)
@click.option("--whole", is_flag=True, help="すべて読み直す Read every byte of the second copy again.")
@click.pass_context
def command(context: click.Context, codes: tuple[str, ...], *, whole: bool) -> None:
    """第二センターへ複製する Copy what the second centre lacks for CODES (default: all), then compare both sides.

    Nothing is overwritten; broken off, it goes on where it stood. Exit code 4: the two differ.
    """
    plans = [plan for plan in plans_of(codes) if plan.second_place]
    from yakuba.backup.services import look, replicate

    right = True
    for plan in plans:
        with progress() as bar:
            chain = look(plan)
            found = replicate(plan, chain, whole=whole, progress=bar) if chain else ["台帳が正しくないか、届きません"]
        click.echo(f"{plan.municipality}\t{'同じです equal' if not found else f'{len(found)} differences'}")
        for difference in found:
            click.echo(f"{plan.municipality}\t{difference}")
        right = right and not found
    context.exit(Exit.CLEAN if right else Exit.NOT_PROVEN)
