"""What the commands of a vault have in common: place, generation, keys, moments."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from yakuba.cli._console import print_json
from yakuba.kernel.errors import UsageError
from yakuba.kernel.town_time import JAPAN, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from yakuba.vault.services.restore import Restored

place = click.argument("place", metavar="PLACE")
keys = click.option(
    "--keys", required=True, type=click.Path(path_type=Path), help="鍵のフォルダー: folder with signer.key."
)
identity = click.option(
    "--identity", required=True, type=click.Path(exists=True, path_type=Path),
    help="復号の鍵: identity.txt, or the folder of keys that holds it.",
)  # fmt: skip
out = click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="書出し先: new folder, for its owner alone."
)
signer = click.option("--signer", metavar="FINGERPRINT", help="指紋: of a key that must have written to the vault.")
upto = click.option("--upto", type=int, metavar="ENTRY", help="記入の番号: read no further; what follows is damaged.")
as_json = click.option("--json", "as_json", is_flag=True, help="結果を JSON で: the outcome as JSON.")


def generation(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options that say which generation: by number, or by the day of its data; the newest without them."""
    number = click.option(
        "--generation", "number", type=int, metavar="N", help="世代の番号: the newest when not given."
    )
    day = click.option("--as-of", metavar="DAY", help="時点: the newest whose data are not after it (2026-11-21).")
    return number(day(command))


def moment(text: str, *, end: bool = False) -> datetime:
    """The moment of `2026-11-21`, `2026-11-21T03:00` (Japan) or one with its own offset.

    Args:
        end: a day means its end, not its beginning.

    Raises:
        UsageError: it is none of them.
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        remedy = "2026-11-21 または 2026-11-21T03:00 の形で指定してください give a day or a moment"
        raise UsageError(f"{text}: 日時として読めません no moment", remedy=remedy) from error
    if end and "T" not in text and " " not in text:
        found = datetime.combine(found, time.max)
    return (found if found.tzinfo else found.replace(tzinfo=JAPAN)).astimezone(UTC)


def tell(restored: Restored, out: Path, *, as_json: bool) -> None:
    """What a restore or an extract wrote, with what a person should look at."""
    if as_json:
        print_json(
            {
                "generation": restored.number,
                "as_of": restored.as_of.isoformat(),
                "rows": restored.rows,
                "tables": dict(restored.tables),
                "head": restored.head,
                "signer": restored.signer,
                "warnings": list(restored.warnings),
                "out": str(out),
            }
        )
        return
    for warning in restored.warnings:
        click.echo(warning, err=True)
    click.echo(
        f"世代 generation {restored.number}（{shown(restored.as_of)} の時点）: "
        f"{restored.rows:,} rows in {len(restored.tables)} tables → {out}"
    )
    click.echo("行数と要約値は送った側と一致しました counts and digests are the sender's")
    click.echo(f"署名者の指紋 signer: {restored.signer}")
    click.echo(f"台帳の先頭 head: {restored.head}")
