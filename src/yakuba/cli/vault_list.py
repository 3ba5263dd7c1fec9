"""`yakuba vault list PLACE`: the generations of a vault, their age, size and rows; no secret is needed."""

from __future__ import annotations

import click

from yakuba.cli import _vault
from yakuba.cli._console import print_json, table
from yakuba.kernel.town_time import shown

_COLUMNS = ("世代 no.", "種別 kind", "時点 as of", "経過 age", "bytes", "行数 rows ≈", "保存 until", "保存命令 hold")
_DAY = 24


@click.command(
    "list",
    epilog="\b\nExample:  yakuba vault list /mnt/far/990019\n"
    "Rows are rounded. Exit codes: 0 listed · 2 there is no vault · 3 it cannot be read · 4 it does not verify",
)
@_vault.place
@click.option("--all", "also_pruned", is_flag=True, help="整理済みも: also those given up.")
@_vault.signer
@_vault.upto
@_vault.as_json
def command(place: str, also_pruned: bool, signer: str | None, upto: int | None, as_json: bool) -> None:
    """世代の一覧 List the generations of the vault at PLACE: age, size, rows, hold, and how long they are kept."""
    from yakuba.vault.services.listing import listing

    found = listing(place, signer=signer, upto=upto)
    if as_json:
        print_json(found.as_dict())
        return
    rows = [
        (
            one.number,
            {"full": "全件 full", "delta": "差分 delta"}[one.kind] + ("（整理済み pruned）" if one.pruned else ""),
            shown(one.as_of),
            _age(found.age_hours(one)),
            one.size,
            sum(one.health.values()),
            shown(one.retain_until),
            found.chain.holds.get(one.number, ""),
        )
        for one in found.chain.generations
        if also_pruned or not one.pruned
    ]
    table(f"団体 municipality {found.chain.municipality}", _COLUMNS, rows, right=(0, 3, 4, 5))
    click.echo(f"台帳の先頭 head: {found.chain.head}")
    for warning in found.warnings:
        click.echo(warning, err=True)


def _age(hours: int) -> str:
    return f"{hours} h" if hours < 2 * _DAY else f"{hours // _DAY} d"
