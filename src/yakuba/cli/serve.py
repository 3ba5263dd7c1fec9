"""`yakuba serve`: the town in the browser, until Ctrl-C."""

from __future__ import annotations

import click

from yakuba.cli._site import site


@click.command(epilog="\b\nExample:  yakuba serve --upgrade --bind 127.0.0.1:8000")
@click.option("--bind", metavar="ADDRESS:PORT", help="Where to listen [default: YAKUBA_BIND or 127.0.0.1:8000].")
@click.option("--upgrade", is_flag=True, help="Bring the tables to this version first (db upgrade).")
@click.option("--jobs", type=click.IntRange(0, 64), help="Processes for long work [default: YAKUBA_JOBS or 1].")
def command(bind: str | None, jobs: int | None, *, upgrade: bool) -> None:
    """画面を動かす Serve screens, API and job queue until Ctrl-C.

    Uses the database of DATABASE_URL, or starts the embedded one and stops it at the end. Listens on this machine
    only; let others in through a reverse proxy with TLS (docs/ja/operation.md). Logs go to stderr as JSON.
    """
    if upgrade:
        for name in site("tables").upgrade():
            click.echo(f"更新しました upgraded {name}", err=True)
    site("serving").serve(
        bind or site("environment").BIND.text,
        jobs=jobs,
        ready=lambda address: click.echo(f"開きました ready: {address}   (Ctrl-C で終了 to stop)"),
    )
