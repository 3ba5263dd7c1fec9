"""`yakuba characters identify`: candidates for every private glyph of a vendor's font, for a person to decide."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from yakuba.cli._console import print_json, progress, table
from yakuba.kernel.errors import Exit, UsageError

if TYPE_CHECKING:
    from yakuba.cli._characters_identify import Outcome
    from yakuba.kernel.finding import Finding

_SHOWN = 20
"""Findings on the terminal; all are in findings.csv."""


@click.command(
    epilog="\b\nExample:  yakuba town gaiji --out my-gaiji\n"
    "          yakuba characters identify my-gaiji/gaiji.tte --usage my-gaiji/usage.csv --out my-candidates\n"
    "Exit codes: 0 all was read · 1 findings: a file or a glyph needs a person · 2 usage list, option, collision ·\n"
    "            3 no glyph at all"
)
@click.argument("fonts", metavar="FONT...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--usage", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="外字使用一覧: CSV with 外字コード, 人数 and, if there are, 氏名, フリガナ, 別表記.",
)  # fmt: skip
@click.option("--encoding", default="utf-8", show_default=True, help="文字コード of the list: utf-8, cp932 or utf-16.")
@click.option("--codes", default="", help="符号の読み方: unicode or cp932, where a font's codes can be both.")
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="出力先: a new folder.")
@click.option("--json", "as_json", is_flag=True, help="The figures as JSON.")
def command(fonts: tuple[Path, ...], usage: Path | None, encoding: str, codes: str, out: Path, as_json: bool) -> int:
    """文字同定 Rank MJ candidates for each glyph of a FONT (.ttf .tte .ttc .bdf), an image, a zip or folder of images.

    \b
    A person decides: the 外字対応表 that is written has every code undecided.
    """
    from yakuba.cli._characters_identify import identify_files

    if out.exists() and any(out.iterdir()):
        raise UsageError(f"{out}: is not empty", remedy="give a new folder")
    with progress() as listener:
        outcome = identify_files(fonts, usage, out, listener, codes=codes, encoding=encoding)
    _say(outcome, out, as_json=as_json)
    return Exit.FINDINGS if outcome.stopped else Exit.CLEAN


def _say(outcome: Outcome, out: Path, *, as_json: bool) -> None:
    from yakuba.cli._characters_identify import CANDIDATES, PAGE, TABLE

    if as_json:
        print_json(
            {
                "glyphs": outcome.glyphs,
                "people": outcome.people,
                "suggested": dict(outcome.suggested),
                "findings": [each.as_dict() for each in outcome.findings],
                "out": str(out),
            }
        )
        return
    words = "　".join(f"{kind} {count:,}" for kind, count in outcome.suggested.most_common())
    click.echo(f"外字 glyphs {outcome.glyphs:,}　使う人 people {outcome.people:,}　推定 suggested: {words}")
    if outcome.findings:
        table("指摘 findings", ("重要度", "字形", "内容と対応"), [_line(each) for each in outcome.findings[:_SHOWN]])
        if len(outcome.findings) > _SHOWN:
            click.echo(f"… 全 {len(outcome.findings):,} 件: {out / 'findings.csv'}")
    click.echo(f"{out / CANDIDATES}\n{out / TABLE}\n{out / PAGE}")


def _line(each: Finding) -> tuple[str, str, str]:
    return each.severity.japanese, f"{each.file} {each.column}".strip(), each.hint_ja
