"""`yakuba backup plan CODE …`: where a municipality's copy lies and what is expected of it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from yakuba.cli._console import print_json, table
from yakuba.cli._registry import acting

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_COUNT = click.IntRange(0)


@click.command(
    "plan",
    epilog="\b\nExample:  yakuba backup plan 990019 --place /srv/vaults/990019 --link 990019.pem --max-age-hours 26"
    " --signer '3f2a …'",
)
@click.argument("code")
@click.option("--place", help="置き場所 Where its vault lies: a folder, or s3://bucket/prefix?endpoint=…")
@click.option("--second-place", help="第二センター Where the second copy lies; '' = none.")
@click.option("--signer", help="署名鍵の指紋 Fingerprint of the key that signs, told over another channel.")
@click.option("--link", type=_FILE, help="連携APの証明書 Certificate (PEM) of the sender that may put it in.")
@click.option("--max-age-hours", type=click.IntRange(1), help="控えの古さの上限 Older is an alarm.")
@click.option("--quota-mb", type=click.IntRange(1), help="割当 MiB that all objects may take.")
@click.option("--lock-days", type=click.IntRange(1), help="消せない日数 Nothing that arrived goes sooner.")
@click.option("--keep-daily", type=click.IntRange(1), help="残す日数 Days whose newest generation never goes.")
@click.option("--keep-weekly", type=_COUNT, help="残す週数 Weeks, likewise.")
@click.option("--keep-monthly", type=_COUNT, help="残す月数 Months, likewise.")
@click.option("--keep-yearly", type=_COUNT, help="残す年数 Years, likewise.")
@click.option("--shrink-percent", type=click.IntRange(1, 100), help="減少の上限 A table losing more is an alarm.")
@click.option("--paused/--running", default=None, help="休止・再開 Take nothing in, raise no alarm.")
@click.option("--json", "as_json", is_flag=True, help="機械で読む形 The plan as JSON.")
def command(code: str, link: Path | None, *, as_json: bool, **given: str | int | bool | None) -> None:
    """控えの計画を決める・見る Make, change or show a municipality's plan; what is not said stays, or is the usual."""
    actor = acting(code)
    from yakuba.backup.queries import plan
    from yakuba.backup.services import set_plan
    from yakuba.kernel.certificate import fingerprint_of
    from yakuba.kernel.errors import UsageError

    changes = {name: value for name, value in given.items() if value is not None}
    if link is not None:
        changes["link"] = fingerprint_of(link.read_bytes())
    if changes:
        set_plan(actor, code, **changes)
    found = plan(code)
    if found is None:
        raise UsageError(f"団体 {code} の計画はありません no plan", remedy="--place と --signer を指定してください")
    if as_json:
        print_json(asdict(found))
    else:
        table(f"控えの計画 {code}", ("項目", "値"), [(name, str(value)) for name, value in asdict(found).items()])
