"""`yakuba kiosk cards CODE FILE --sequence N`: whose certificate a serial number is."""

from __future__ import annotations

from pathlib import Path

import click

from yakuba.cli._registry import acting


@click.command("cards", epilog="\b\nExample:  yakuba kiosk cards 990019 cards.csv --sequence 42")
@click.argument("code")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--sequence", type=click.IntRange(min=1), required=True, help="通番 Number of the message.")
@click.option("--whole", is_flag=True, help="全件の一覧 The whole list as it stands; heals a gap.")
def command(code: str, file: Path, sequence: int, *, whole: bool) -> None:
    """電子証明書のシリアル番号を取り込む Take serial numbers from FILE (CSV: シリアル番号, 宛名番号; empty = ended).

    Messages follow one another by number. With one missing the town's machines stand still until a whole list comes.
    """
    actor = acting(code)
    from yakuba.issuance.kiosk.cards import feed_cards, read_cards, replace_cards

    lines = read_cards(file)
    if whole:
        count = replace_cards(actor, sequence, lines)
        click.echo(f"カード {count:,} 枚になりました {count:,} cards now")
    elif feed_cards(actor, sequence, lines):
        click.echo(f"{len(lines):,} 件を反映しました {len(lines):,} changes")
    else:
        click.echo("すでに反映しています heard before, nothing changed")
