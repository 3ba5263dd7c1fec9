"""`yakuba bcp check`: a handed back book against the main system's records, or against a later generation."""

from __future__ import annotations

from pathlib import Path

import click

from yakuba.cli._bcp import inside
from yakuba.cli._console import table
from yakuba.cli._registry import acting
from yakuba.kernel.errors import Exit, UsageError


@click.command(
    "check",
    epilog="\b\nExample:  yakuba bcp check handback --municipality 990019 --signer '1a2b …'\n"
    "Exit codes: 0 everything can be entered · 1 somebody changed the same person · 4 changed after it was signed",
)
@click.argument("package", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--municipality", metavar="CODE", help="団体コード: against the registry of this installation.")
@click.option(
    "--later",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="後の世代: against a later generation, opened with yakuba bcp open in this folder.",
)
@click.option("--signer", metavar="FINGERPRINT", help="指紋: fingerprint of the BCP's key.")
def command(package: Path, municipality: str | None, later: Path | None, signer: str | None) -> int:
    """引き継がれた受付簿を照合する Say which events of a disaster can be entered, and which collide."""
    if (municipality is None) == (later is None):
        raise UsageError("照合の相手がありません", remedy="--municipality か --later のどちらかを指定してください")
    actor = acting(municipality) if municipality else inside(later)
    from yakuba.backup.bcp.handback import CHANGED, GONE, check

    found = check(actor, package, signer=signer)
    table("", ("受付番号", "種類", "届書", "判定"), [(one.number, one.kind, one.paper, one.verdict) for one in found])
    return Exit.FINDINGS if any(one.verdict in (CHANGED, GONE) for one in found) else Exit.CLEAN
