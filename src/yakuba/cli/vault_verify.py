"""`yakuba vault verify PLACE`: everything in a vault is read again."""

from __future__ import annotations

from pathlib import Path

import click

from yakuba.cli import _vault
from yakuba.cli._console import print_json, progress
from yakuba.kernel.errors import Exit, NotProvenError


@click.command(
    epilog="\b\nExample:  yakuba vault verify /mnt/far/990019 --identity identity.txt\n"
    "Exit codes: 0 everything is as it was written · 2 there is no vault · 3 it cannot be read ·\n"
    "            4 something is not as it was written, and the output says what"
)
@_vault.place
@click.option(
    "--identity", type=click.Path(exists=True, path_type=Path),
    help="復号の鍵: also open everything and count every row; without it the stored bytes and signatures alone.",
)  # fmt: skip
@_vault.signer
@click.option("--expect-head", metavar="SHA256", help="台帳の先頭: an entry that must be in it, from a receipt.")
@_vault.as_json
def command(place: str, identity: Path | None, signer: str | None, expect_head: str | None, as_json: bool) -> int:
    """検証 Read the whole vault at PLACE again: signatures, links, every stored byte, with a key every row."""
    from yakuba.vault.services.verify import verify

    with progress() as listener:
        verdict = verify(place, identity=identity, signer=signer, expect_head=expect_head, progress=listener)
    if as_json:
        print_json(verdict.as_dict())
        return Exit.CLEAN if verdict.proven else Exit.NOT_PROVEN
    for problem in verdict.findings:
        click.echo(problem.one_line())
    if not verdict.proven:
        remedy = "上の指示に従い、第二の写しから戻してください follow what is said above"
        raise NotProvenError(f"{place}: 証明できません {len(verdict.findings)} findings", remedy=remedy)
    opened = f"、開けて数えた行 rows {verdict.rows:,}" if verdict.opened else "（開けていません not opened）"
    click.echo(
        f"証明できました proven: {verdict.generations} generations, {verdict.objects} objects, "
        f"{verdict.bytes:,} bytes{opened}"
    )
    for fingerprint in verdict.signers:
        click.echo(f"署名者の指紋 signer: {fingerprint}")
    click.echo(f"台帳の先頭 head: {verdict.head}")
    return Exit.CLEAN
