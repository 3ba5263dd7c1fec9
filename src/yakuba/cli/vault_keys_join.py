"""`yakuba vault keys join SHEET…`: the key that opens a vault, put together again from custodians' sheets."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(
    epilog="\b\nExample:  yakuba vault keys join sheet-1.txt sheet-4.txt sheet-5.txt --out identity.txt\n"
    "A file holds the 33 words of one sheet, typed in order, with or without their numbers.\n"
    "Exit codes: 0 written · 2 the file is there already · 3 too few sheets, wrong words, sheets of different keys"
)
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="書出し先: new file, for its owner alone.")
def command(files: tuple[Path, ...], out: Path) -> None:
    """鍵の復元 Put the identity together again from the sheets of enough custodians."""
    from yakuba.kernel.errors import CannotContinueError, UsageError
    from yakuba.kernel.secret_file import write_secret
    from yakuba.vault.custodians import join
    from yakuba.vault.keys import open_identity
    from yakuba.vault.sheets import words_of

    try:
        texts = [file.read_text(encoding="utf-8") for file in files]
    except UnicodeDecodeError as error:
        remedy = "33 語を UTF-8 のテキストで保存してください save the words as plain text"
        raise CannotContinueError("テキストではないファイルがあります a file is no text", remedy=remedy) from error
    secret = join(words_of(text) for text in texts)
    try:
        write_secret(out, f"{secret}\n".encode("ascii"))
    except FileExistsError as error:
        raise UsageError(f"{out}: すでにあります is there already", remedy="choose another file") from error
    click.echo(f"公開鍵 recipient: {open_identity(out).to_public()}")
    click.echo(str(out))
