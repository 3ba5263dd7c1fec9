"""`yakuba kiosk set CODE …`: switch コンビニ交付 of a town on or off, and set its limits."""

from __future__ import annotations

import click

from yakuba.cli._registry import acting


@click.command("set", epilog="\b\nExample:  yakuba kiosk set 990019 --on --commission 117 --feed-minutes 60")
@click.argument("code")
@click.option("--on/--off", "running", default=None, help="稼働・休止 Switch on or off.")
@click.option("--minimum-age", type=click.IntRange(0, 120), help="年齢の下限 Years that must be completed.")
@click.option(
    "--queue-limit", type=click.IntRange(1, 1000), help="同時に作る数の上限 Papers in the making at one time."
)
@click.option("--step-seconds", type=click.IntRange(10, 3600), help="次の操作を待つ秒 How long a session waits.")
@click.option(
    "--print-seconds", type=click.IntRange(60, 86400), help="印刷の結果を待つ秒 After it the result is unknown."
)
@click.option("--commission", type=click.IntRange(0, 10000), help="委託手数料 Yen of each paper for the company.")
@click.option(
    "--feed-minutes", type=click.IntRange(1, 10080), help="カード情報の許容時間 Older cards: nothing is issued."
)
def command(code: str, *, running: bool | None, **numbers: int | None) -> None:
    """コンビニ交付の稼働と制限を決める Switch a town's machines on or off, set limits; what is not said stays."""
    actor = acting(code)
    from yakuba.issuance.kiosk.administration import configure

    given = {name: value for name, value in numbers.items() if value is not None}
    configure(actor, running=running, **given)
    click.echo(", ".join(f"{name}={value}" for name, value in given.items()) or code)
