"""`yakuba characters convert`: the names of a CSV file into the characters of another system."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from yakuba.cli._console import print_json
from yakuba.kernel.errors import Exit, UsageError

if TYPE_CHECKING:
    from yakuba.cli._characters import Outcome

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    epilog="\b\nExample:  yakuba characters convert names.csv --columns 氏名 --source juki --target jis0213"
    " --out names-jis\n"
    "Exit codes: 0 every character is decided · 1 some need a person · 2 wrong option, column, table or encoding"
)
@click.argument("file", type=_FILE)
@click.option("--columns", required=True, help="列: names of columns, commas between.")
@click.option(
    "--source", required=True, help="変換元: unicode, mj, juki, koseki, koseki_numbers, cp932, jis0208, jis0213."
)
@click.option("--target", default="mj", show_default=True, help="変換先: mj, juki, jis0213, cp932, unicode, font:PATH.")
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="出力先: a new folder.")
@click.option(
    "--encoding", default="", help="文字コード of FILE: utf-8, utf-16, cp932, euc_jp, cesu-8; cp932 for that source."
)
@click.option(
    "--gaiji", multiple=True, type=_FILE, help="外字対応表: what private characters stand for; may be repeated."
)
@click.option("--additions", type=_FILE, help="行政事務標準文字 (GJ): a table of the additions.")
@click.option("--decisions", type=_FILE, help="決定: a characters.csv with 決定・決定者・決定日 filled in.")
@click.option("--first", is_flag=True, help="複数候補: take the first candidate; it stays on the list.")
@click.option("--json", "as_json", is_flag=True, help="The outcome as JSON.")
def command(
    file: Path,
    columns: str,
    source: str,
    target: str,
    out: Path,
    encoding: str,
    gaiji: tuple[Path, ...],
    additions: Path | None,
    decisions: Path | None,
    first: bool,
    as_json: bool,
) -> int:
    """文字の変換 Convert columns of a CSV FILE, and list every character replaced or undecided, with its ground."""
    from yakuba.characters.additions import read_additions
    from yakuba.characters.collision import combined
    from yakuba.characters.decisions import read_decisions
    from yakuba.characters.vendor import read_vendor_table
    from yakuba.cli._characters import Wanted, convert_table, read_table, target_of

    if out.exists() and any(out.iterdir()):
        raise UsageError(f"{out}: is not empty", remedy="give a new folder")
    wanted = Wanted(
        source=source,  # type: ignore[arg-type] # convert refuses what is none
        target=target_of(target),
        vendor=combined({path.name: read_vendor_table(path) for path in gaiji}) if gaiji else None,
        additions=read_additions(additions) if additions else {},
        decisions=read_decisions(decisions) if decisions else {},
        first=first,
    )
    table = read_table(file, encoding or ("cp932" if source == "cp932" else "utf-8"))
    outcome = convert_table(table, [name.strip() for name in columns.split(",")], wanted, out)
    _say(outcome, out, as_json=as_json)
    clean = not (outcome.count("ambiguous") or outcome.count("undecided") or outcome.doubted)
    return Exit.CLEAN if clean else Exit.FINDINGS


def _say(outcome: Outcome, out: Path, *, as_json: bool) -> None:
    from yakuba.cli._characters_list import CONVERTED, LIST

    states = {state: outcome.count(state) for state in ("decided", "ambiguous", "undecided")}
    if as_json:
        figures = {"rows": outcome.rows, "changed": outcome.changed, "told_back": outcome.told_back, **states}
        print_json({**figures, "mojibake": outcome.doubted, "mojibake_rows": outcome.doubted_rows, "out": str(out)})
        return
    click.echo(
        f"{outcome.rows:,} 行 rows　変わった値 changed {outcome.changed:,}"
        f"　元に戻せる値 can be told back {outcome.told_back:,}"
    )
    click.echo(
        f"文字 characters: 決定 decided {states['decided']:,}　複数候補 ambiguous {states['ambiguous']:,}"
        f"　未決定 undecided {states['undecided']:,}"
    )
    if outcome.doubted:
        rows = ", ".join(f"{row:,}" for row in outcome.doubted_rows)
        click.echo(f"文字化けらしい値 look misread: {outcome.doubted:,} (rows {rows} …) → 文字コードを確かめてください")
    click.echo(f"{out / CONVERTED}\n{out / LIST}")
