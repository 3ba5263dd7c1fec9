"""`yakuba backup put-back`: one municipality's records as they were in a generation; its neighbours' stay."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from yakuba.cli._console import progress
from yakuba.cli._registry import acting
from yakuba.kernel.errors import Exit
from yakuba.kernel.town_time import shown

if TYPE_CHECKING:
    from datetime import datetime


@click.command(
    "put-back",
    epilog="\b\nExample:  yakuba backup put-back --municipality 990019 --vault vaults/990019 --identity identity.txt"
    " --as-of 2026-11-20 --saved saved --reason '誤った一括更新の取消し' --yes\n"
    "Exit codes: 0 put back · 2 --yes is missing, or no such generation · 3 somebody wrote meanwhile ·\n"
    "            4 the vault does not verify; nothing was changed",
)
@click.option("--municipality", required=True, metavar="CODE", help="団体コード (6 digits).")
@click.option("--vault", required=True, metavar="PLACE", help="保管庫: folder or s3://…")
@click.option("--identity", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="鍵: file with AGE-SECRET-KEY-….")  # fmt: skip
@click.option("--signer", metavar="FINGERPRINT", help="指紋: fingerprint of the key that must have signed.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="この日の終わりまでの最新 [default: the newest].")
@click.option("--generation", type=click.IntRange(0), metavar="NUMBER", help="世代の番号: this very one.")
@click.option("--saved", required=True, type=click.Path(file_okay=False, path_type=Path),
              help="いまの記録の書出し先: new folder for what is there now.")  # fmt: skip
@click.option("--reason", required=True, help="理由: kept in the log.")
@click.option("--yes", is_flag=True, help="書き込まれた記録が消えることを承知している.")
def command(
    municipality: str,
    vault: str,
    identity: Path,
    signer: str | None,
    as_of: datetime | None,
    generation: int | None,
    saved: Path,
    reason: str,
    yes: bool,
) -> int:
    """過去時点への復元 Put one 団体 of a shared database back to a generation, all or nothing."""
    from yakuba.backup.bcp.fetching import Source
    from yakuba.backup.bcp.putting_back import Wanted, owner, put_back, would_lose

    owner()
    actor = acting(municipality)
    wanted = Wanted(
        Source(vault, identity, municipality, signer), saved, reason, as_of.date() if as_of else None, generation
    )
    if not yes:
        click.echo(
            f"取込みの後に書き込まれた記録 {would_lose(actor):,} 件が、登録簿から消えます（{saved} に書き出してから）。"
        )
        click.echo("よければ --yes を付けて実行してください nothing was done; say --yes")
        return Exit.USAGE
    with progress() as listener:
        done = put_back(wanted, actor, listener)
    click.echo(f"世代 {done.number}（{shown(done.as_of)} 時点）に戻しました: {done.rows:,} rows")
    click.echo(f"入れ替えた印影などの画像 pictures: {done.imprints:,} 枚")
    click.echo(f"戻す前に書き込まれていた記録 written since: {done.written:,} 件　{done.saved}")
    return Exit.CLEAN
