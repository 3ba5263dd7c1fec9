"""`yakuba backup verify`: the stored bytes against what the municipalities have signed."""

from __future__ import annotations

import click

from yakuba.cli._backup import plans_of
from yakuba.cli._console import progress
from yakuba.kernel.errors import Exit


@click.command("verify", epilog="\b\nExample:  yakuba backup verify 990019 --whole")
@click.argument("codes", nargs=-1)
@click.option("--whole", is_flag=True, help="すべて読み直す Read every object, not only what is due.")
@click.pass_context
def command(context: click.Context, codes: tuple[str, ...], *, whole: bool) -> None:
    """控えを検査する Compare chains and stored bytes of CODES (default: all) with what was signed.

    Exit code 4: something is not what was signed; it is an alarm on the screen too.
    """
    plans = plans_of(codes)
    from yakuba.backup.services import look, verify

    right = True
    for plan in plans:
        with progress() as bar:
            chain = look(plan)
            done = verify(plan, chain, whole=whole, progress=bar) if chain else None
        if done is None:
            click.echo(f"{plan.municipality}\t台帳が正しくないか、届きません the chain is not right")
        else:
            click.echo(f"{plan.municipality}\t{done.objects} objects\t{done.bytes} bytes\t{len(done.faults)} faults")
            for fault in done.faults:
                click.echo(f"{plan.municipality}\t{fault}")
        right = right and done is not None and not done.faults
    context.exit(Exit.CLEAN if right else Exit.NOT_PROVEN)
