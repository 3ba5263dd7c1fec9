"""`yakuba kiosk serve`: the door of the 証明書交付センター, until Ctrl-C."""

from __future__ import annotations

from pathlib import Path

import click

from yakuba.cli._site import site

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    "serve",
    epilog="\b\nExample:  yakuba kiosk serve --bind 127.0.0.1:8443 --certificate server.pem --key server.key"
    " --authorities authority.pem",
)
@click.option(
    "--bind", metavar="ADDRESS:PORT", default="127.0.0.1:8443", show_default=True, help="待ち受け Where to listen."
)
@click.option("--certificate", type=_FILE, help="サーバー証明書 This server's certificate (PEM).")
@click.option("--key", type=_FILE, help="その秘密鍵 Its key (PEM).")
@click.option("--authorities", type=_FILE, help="交付センターの認証局 Authorities of the centres (PEM).")
@click.option(
    "--behind-proxy", metavar="HEADER", default="", help="TLS を終端する逆プロキシの見出し Header of a proxy."
)
def command(bind: str, certificate: Path | None, key: Path | None, authorities: Path | None, behind_proxy: str) -> None:
    """コンビニ交付の受け口を動かす Serve the centre's API with mutual TLS until Ctrl-C.

    Which centre may ask for which town is set per town (yakuba kiosk centre). Without --certificate the TLS is a
    reverse proxy's, which must set HEADER to the client's certificate and delete it from everybody else's requests.
    """
    serving = site("kiosk.serving")
    serving.serve(
        bind,
        serving.door_of(certificate, key, authorities),
        header=behind_proxy,
        ready=lambda address: click.echo(f"開きました ready: {address}   (Ctrl-C で終了 to stop)"),
    )
