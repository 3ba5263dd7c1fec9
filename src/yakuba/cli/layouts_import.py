"""`yakuba layouts import`: an official workbook becomes a folder of the catalog."""

from __future__ import annotations

from pathlib import Path

import click

from yakuba.cli._console import STDOUT, print_json
from yakuba.kernel.discover import catalog_root
from yakuba.layouts.importing import Facts, import_workbook


@click.command(
    name="import",
    epilog="\b\nExample:  yakuba layouts import book.xlsx --edition 2026-08 --code 031 --business 住登外者宛名番号管理 "
    "--identifier jutogaishaatenabangokanri --title 基本データリスト",
)
@click.argument("workbook", type=click.Path(path_type=Path))
@click.option("--family", type=click.Choice(["kihon", "chukan"]), default="kihon", show_default=True)
@click.option("--edition", required=True, help="Folder of the edition: its date, e.g. 2026-08.")
@click.option("--code", required=True, help="業務コード as printed, e.g. 031.")
@click.option("--business", required=True, help="Official business name 業務名.")
@click.option("--identifier", required=True, help="Romaji of the business name.")
@click.option("--title", required=True, help="Title of the document.")
@click.option("--printed-edition", default="", help="Edition as printed, e.g. 第2.1版.")
@click.option("--licence", default="公共データ利用規約（第1.0版）、出典: デジタル庁", show_default=True)
@click.option("--group", "groups", multiple=True, metavar="名=ROMAJI", help="Romaji name of a group; repeatable.")
@click.option(
    "--into", type=click.Path(file_okay=False, path_type=Path), help="Folder of standards [catalog/standards]"
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(
    workbook: Path,
    family: str,
    edition: str,
    code: str,
    business: str,
    identifier: str,
    title: str,
    printed_edition: str,
    licence: str,
    groups: tuple[str, ...],
    into: Path | None,
    as_json: bool,
) -> None:
    """公式ブックの取込 Read an official workbook (項目定義書 / 基本データリスト) into the catalog."""
    named = dict(pair.partition("=")[::2] for pair in groups)
    facts = Facts(
        family=family,
        edition=edition,
        code=code,
        business=business,
        identifier=identifier,
        title=title,
        printed_edition=printed_edition,
        date=edition,
        licence=licence,
        groups=named,
    )
    layout = import_workbook(workbook, into or catalog_root() / "standards", facts)
    counts = {
        "id": layout.id,
        "standing": layout.source.standing.value,
        "groups": len(layout.groups),
        "items": sum(len(group.items) for group in layout.groups),
        "codes": len(layout.codes),
    }
    if as_json:
        print_json(counts)
        return
    line = "{id} ({standing}): {groups} グループ、{items} 項目、{codes} コード一覧".format_map(counts)
    STDOUT.print(line, markup=False)
