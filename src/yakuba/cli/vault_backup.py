"""`yakuba vault backup PLACE FEED --keys DIR`: a folder of standard-layout tables becomes the next generation."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from yakuba.cli import _vault
from yakuba.cli._console import print_json, progress
from yakuba.kernel.errors import UsageError
from yakuba.kernel.town_time import shown


@click.command(
    epilog="\b\nExample:  yakuba vault backup /mnt/far/990019 my-run --keys vault-keys --standard kihon\n"
    "FEED is what `yakuba export` or `yakuba migrate run` wrote; with deleted/ in it, only what changed.\n"
    "Exit codes: 0 taken · 2 the feed is none, or older than the newest generation ·\n"
    "            3 the place, the disk or a clock cannot be used · 4 the vault does not verify"
)
@_vault.place
@click.argument("feed", type=click.Path(exists=True, file_okay=False, path_type=Path))
@_vault.keys
@click.option("--standard", default="kihon", show_default=True, help="標準: layouts that FEED follows (kihon@2023-09).")
@click.option("--as-of", metavar="MOMENT", help="データの時点: when FEED was true; default its newest file.")
@click.option("--state", type=click.Path(file_okay=False, path_type=Path), help="手元の状態: default KEYS/state.")
@click.option("--difference/--whole", default=None,
              help="差分・全件: what FEED is [default: as its feed.toml or deleted/ says].")  # fmt: skip
@click.option("--images", type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="画像のフォルダ: imprints that the tables name [default: FEED/images].")  # fmt: skip
@click.option("--full", is_flag=True, help="全件: by itself, not by what changed.")
@click.option("--retain-days", type=click.IntRange(0), help="保存日数: nothing may delete it before (35).")
@_vault.signer
@_vault.as_json
def command(
    place: str,
    feed: Path,
    keys: Path,
    standard: str,
    as_of: str | None,
    state: Path | None,
    difference: bool | None,
    images: Path | None,
    full: bool,
    retain_days: int | None,
    signer: str | None,
    as_json: bool,
) -> None:
    """控えを取る Seal FEED into the vault at PLACE as its next generation; no key that opens it is needed."""
    from yakuba.vault.services.backup import RETAIN_DAYS, backup

    with progress() as listener:
        made = backup(
            place,
            feed,
            keys=keys,
            state=state or keys / "state",
            standard=standard,
            as_of=_vault.moment(as_of) if as_of else _newest(feed),
            full=full,
            difference=difference,
            images=images,
            retain_days=RETAIN_DAYS if retain_days is None else retain_days,
            signer=signer,
            progress=listener,
        )
    if as_json:
        facts = {"generation": made.number, "kind": made.kind, "as_of": made.as_of.isoformat()}
        print_json({**facts, "size": made.size, "head": made.digest})
        return
    kind = "全件 full" if made.kind == "full" else "差分 delta"
    click.echo(f"世代 generation {made.number}（{shown(made.as_of)} の時点、{kind}）: {made.size:,} bytes")
    click.echo(f"台帳の先頭 head: {made.digest}")


def _newest(feed: Path) -> datetime:
    """When the newest table of a feed was written."""
    times = [path.stat().st_mtime for folder in ("data", "deleted") for path in (feed / folder).glob("*/*.csv")]
    if not times:
        remedy = "yakuba export や migrate run の出力を指定してください give what they wrote"
        raise UsageError(f"{feed}: 表がありません no table in data/", remedy=remedy)
    return datetime.fromtimestamp(max(times), UTC)
