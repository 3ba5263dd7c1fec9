"""`yakuba bcp close`: the counter of a disaster ends."""

from __future__ import annotations

from pathlib import Path

import click

from yakuba.cli._bcp import FOLDER, inside
from yakuba.kernel.errors import Exit


@click.command("close", epilog="\b\nExample:  yakuba bcp close --reason 庁舎の復旧 --handed-back handback --erase")
@FOLDER
@click.option("--reason", required=True, help="終了の理由: kept in the log.")
@click.option("--handed-back", type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="引き継いだフォルダ: of yakuba bcp handback.")  # fmt: skip
@click.option("--erase", is_flag=True, help="住民のデータをこの機械から消す Remove the whole folder.")
def command(folder: Path | None, reason: str, handed_back: Path | None, erase: bool) -> int:
    """災害時の窓口を終える End BCP mode; nothing that was taken on paper is left behind."""
    actor = inside(folder)
    from yakuba.backup.bcp.closing import close
    from yakuba.kernel.home import yakuba_home

    close(actor, yakuba_home(), reason=reason, package=handed_back, erase=erase)
    click.echo("終了しました closed" + ("。フォルダも消しました erased" if erase else ""))
    return Exit.CLEAN
