"""`yakuba characters take`: a vendor's font goes to the workbench of a municipality, with candidates."""

from __future__ import annotations

from pathlib import Path

import click

from yakuba.cli._console import print_json, progress
from yakuba.cli._registry import acting
from yakuba.kernel.errors import Exit
from yakuba.kernel.finding import Severity


@click.command(
    epilog="\b\nExample:  yakuba characters take my-gaiji/gaiji.tte --usage my-gaiji/usage.csv --municipality 990019"
    " --name 旧システムAの外字\n"
    "Exit codes: 0 all was read · 1 some glyphs or codes need a person · 2 a file or an option cannot be meant"
)
@click.argument("font", type=click.Path(exists=True, path_type=Path))
@click.option("--municipality", required=True, metavar="CODE", help="団体コード (6 digits).")
@click.option("--name", required=True, help="外字の組の名前: what people will call it.")
@click.option("--vendor", default="", help="ベンダー・システム名 of the old system.")
@click.option(
    "--usage", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="外字使用一覧: CSV in UTF-8, CP932 or UTF-16: 外字コード and 人数, or 氏名 and フリガナ. No name is kept.",
)  # fmt: skip
@click.option("--codes", default="", help="符号の読み方: unicode or cp932, where a font's codes can be both.")
@click.option("--json", "as_json", is_flag=True, help="The outcome as JSON.")
def command(
    font: Path, municipality: str, name: str, vendor: str, usage: Path | None, codes: str, as_json: bool
) -> int:
    """外字を作業台へ Read a FONT or images, look for candidates, and put them on the screen where people decide."""
    actor = acting(municipality)
    from yakuba.identification.reading import read_and_identify
    from yakuba.identification.services import bring

    with progress() as listener:
        found = read_and_identify(font, usage, listener, codes=codes)
    number = bring(actor, municipality, name, found.identified, found.usage, vendor=vendor, source=font.name)
    if as_json:
        findings = [one.as_dict() for one in found.findings]
        print_json({"collection": number, "glyphs": len(found.identified), "findings": findings})
    else:
        for one in found.findings:
            click.echo(one.one_line())
        click.echo(f"外字の組 collection {number}: {len(found.identified):,} 字 glyphs → /group/characters/{number}/")
    heavy = any(one.severity in (Severity.STOP, Severity.ERROR) for one in found.findings)
    return Exit.FINDINGS if heavy else Exit.CLEAN
