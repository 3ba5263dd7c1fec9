"""`yakuba vault prune PLACE --keys DIR`: give up the generations that the policy no longer keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yakuba.cli import _vault
from yakuba.cli._console import print_json, progress, table

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.vault.services.prune import Pruned

_WHY = {
    "newest": "最新 newest", "daily": "日 daily", "weekly": "週 weekly", "monthly": "月 monthly",
    "yearly": "年度 yearly", "held": "保存命令 held", "retained": "保存期間 retained",
}  # fmt: skip


@click.command(
    epilog="\b\nExample:  yakuba vault prune /mnt/far/990019 --keys vault-keys --daily 35 --monthly 13 --dry-run\n"
    "What is within its retention or under hold stays, whatever the numbers say, and so does what others need.\n"
    "Exit codes: 0 done · 2 a policy that keeps nothing · 3 the place or a clock cannot be used ·\n"
    "            4 something that has to stay is damaged; nothing was deleted"
)
@_vault.place
@_vault.keys
@click.option("--newest", default=7, show_default=True, help="最新の世代をいくつ: the newest so many.")
@click.option("--daily", default=35, show_default=True, help="日ごと: the last one of so many days.")
@click.option("--weekly", default=10, show_default=True, help="週ごと: of so many weeks.")
@click.option("--monthly", default=13, show_default=True, help="月ごと: of so many months.")
@click.option("--yearly", default=5, show_default=True, help="年度ごと: of so many years, April to March.")
@click.option("--dry-run", is_flag=True, help="試し: only say what would go.")
@_vault.signer
@_vault.as_json
def command(
    place: str,
    keys: Path,
    newest: int,
    daily: int,
    weekly: int,
    monthly: int,
    yearly: int,
    dry_run: bool,
    signer: str | None,
    as_json: bool,
) -> None:
    """世代の整理 Give up the generations of the vault at PLACE that the policy no longer keeps."""
    from yakuba.vault.services.policy import Policy
    from yakuba.vault.services.prune import prune

    policy = Policy(newest, daily, weekly, monthly, yearly)
    with progress() as listener:
        done = prune(place, policy, keys=keys, dry_run=dry_run, signer=signer, progress=listener)
    if as_json:
        print_json(_plain(done, dry_run=dry_run))
        return
    table(
        "残す世代 what stays", ("世代 no.", "理由 why"), [(number, _WHY[why]) for number, why in done.plan.kept.items()]
    )
    given_up = "、".join(map(str, done.plan.generations)) or "なし none"
    click.echo(f"{'整理される' if dry_run else '整理した'}世代 given up: {given_up}")
    if not dry_run:
        click.echo(f"削除 deleted: {len(done.deleted):,} objects, {done.bytes:,} bytes")
    waiting = len(done.plan.waiting) + len(done.refused)
    if waiting:
        click.echo(f"保存期間が終わるまで残るもの within their retention, for a later prune: {waiting:,} objects")


def _plain(done: Pruned, *, dry_run: bool) -> dict[str, object]:
    return {
        "dry_run": dry_run,
        "kept": dict(done.plan.kept),
        "generations": list(done.plan.generations),
        "objects": [one.name for one in done.plan.objects],
        "waiting": [one.name for one in done.plan.waiting],
        "deleted": list(done.deleted),
        "refused": list(done.refused),
        "bytes": done.bytes,
    }
