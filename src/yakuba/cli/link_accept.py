"""`yakuba link accept`: a person lets a refused feed through, with name and reason."""

from __future__ import annotations

import click

from yakuba.cli import _link


@click.command(
    "accept",
    epilog="\b\nExample:  yakuba link accept 990019 20261121T020001123456-1a2b --by 情報係長 --reason 一括整理のため",
)
@_link.WHICH
@click.argument("feed")
@click.option("--by", required=True, help="決めた人 Who decides.")
@click.option("--reason", required=True, help="理由 Why.")
@click.option("--as", "kind", type=click.Choice(["full", "delta"]),
              help="全件か差分か Answer to doubtful: a whole feed, or a difference.")  # fmt: skip
@click.option("--discard", is_flag=True, help="通さずに捨てる It is never let through; what follows goes on.")
def command(which: str, feed: str, by: str, reason: str, kind: str | None, *, discard: bool) -> None:
    """断った連携データを人の判断で通す Let a refused feed through (or discard it); both go into the journal.

    The next look of `yakuba link run` or `once` takes it up. Its findings count as known from then on.
    """
    from yakuba.link.refusing import decide
    from yakuba.link.status import publish

    place, settings = _link.opened(which)
    one = decide(place, feed, by, reason, discard=discard, kind=kind or "")
    publish(place, settings)
    word = "捨てました discarded" if discard else "次の確認で通します will be taken at the next look"
    click.echo(f"{one.name}: {word}")
