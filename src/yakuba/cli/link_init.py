"""`yakuba link init CODE`: the folder of a municipality's link, with settings, keys and an empty outbox."""

from __future__ import annotations

from pathlib import Path

import click

from yakuba.cli import _console


@click.command("init", epilog="\b\nExample:  yakuba link init 990019 --standard kihon --folder my-link")
@click.argument("code")
@click.option("--standard", default="kihon", show_default=True, help="基幹系が出す標準 What the feeds follow.")
@click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path), help="置き場所 Where [default: HOME/link/CODE]."
)
@click.option("--watch", default="inbox", show_default=True, help="監視するフォルダ Where feeds arrive.")
@click.option("--centre", default="", metavar="URL", help="センターの受け口 The centre's door (https://…).")
@click.option("--certificate", default="", metavar="PEM", help="証明書 Our certificate for it.")
@click.option("--key", default="", metavar="PEM", help="その秘密鍵 Its key.")
@click.option("--authorities", default="", metavar="PEM", help="センターの認証局 Authorities of the centre.")
@click.option(
    "--recipient", "recipients", multiple=True, metavar="age1…", help="ほかに復号できる公開鍵 Who can open too."
)
def command(
    code: str,
    standard: str,
    folder: Path | None,
    watch: str,
    centre: str,
    certificate: str,
    key: str,
    authorities: str,
    recipients: tuple[str, ...],
) -> None:
    """連携APを用意する Make a link: settings, keys, an empty outbox.

    Everything else is set in link.toml. Bring keys/identity.txt, which opens every copy, to a safe place.
    """
    from yakuba.link.beginning import Wanted, begin
    from yakuba.link.place import Place, usual

    place = Place(folder) if folder else usual(code)
    files = [str(Path(one).absolute()) if one else "" for one in (certificate, key, authorities)]
    chain = begin(place, Wanted(code, standard, watch, centre, *files), recipients)
    rows = [
        ("団体 municipality", chain.municipality),
        ("保管庫 vault", chain.vault),
        ("署名の鍵 signer", chain.entries[0].fields["signer"]),
        *(("復号できる鍵 recipient", one) for one in chain.recipients),
    ]
    _console.table("", ("", ""), rows)
    _console.STDOUT.print(f"設定 settings: {place.settings}", markup=False)
