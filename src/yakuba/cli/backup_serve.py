"""`yakuba backup serve`: the receiving door of the backup centre, until Ctrl-C."""

from __future__ import annotations

from pathlib import Path

import click

from yakuba.cli._site import site

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    "serve",
    epilog="\b\nExample:  yakuba backup serve --bind 127.0.0.1:8444 --certificate server.pem --key server.key"
    " --authorities authority.pem",
)
@click.option(
    "--bind", metavar="ADDRESS:PORT", default="127.0.0.1:8444", show_default=True, help="待ち受け Where to listen."
)
@click.option("--certificate", type=_FILE, help="サーバー証明書 This server's certificate (PEM).")
@click.option("--key", type=_FILE, help="その秘密鍵 Its key (PEM).")
@click.option("--authorities", type=_FILE, help="団体の認証局 Authorities of the municipalities (PEM).")
@click.option(
    "--behind-proxy", metavar="HEADER", default="", help="TLS を終端する逆プロキシの見出し Header of a proxy."
)
def command(bind: str, certificate: Path | None, key: Path | None, authorities: Path | None, behind_proxy: str) -> None:
    """控えの受け口を動かす Take in what municipalities send, with mutual TLS, until Ctrl-C.

    A certificate opens the vault of the one municipality whose plan names it (yakuba backup plan --link). Without
    --certificate the TLS is a reverse proxy's, which must set HEADER to the client's certificate and delete it from
    everybody else's requests.
    """
    serving = site("backup.serving")
    serving.serve(
        bind,
        serving.door_of(certificate, key, authorities),
        header=behind_proxy,
        ready=lambda address: click.echo(f"開きました ready: {address}   (Ctrl-C で終了 to stop)"),
    )
