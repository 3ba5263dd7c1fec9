"""`yakuba migrate compare RUN1 RUN2`: what a rehearsal brought since the one before."""

from __future__ import annotations

from pathlib import Path

import click

from yakuba.cli._console import print_json, table

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command(epilog="\b\nExample:  yakuba migrate compare rehearsal-1 rehearsal-2 --html difference.html")
@click.argument("older", type=_FOLDER, metavar="RUN1")
@click.argument("newer", type=_FOLDER, metavar="RUN2")
@click.option("--html", "page", type=click.Path(dir_okay=False, path_type=Path), help="Write the comparison as a page.")
@click.option("--json", "as_json", is_flag=True, help="Print the comparison as JSON.")
def command(older: Path, newer: Path, page: Path | None, as_json: bool) -> None:
    """比較 Compare two rehearsals (リハーサル): which findings are gone, new, or still there, rule by rule."""
    from yakuba.migration.report.compare import compare_runs
    from yakuba.migration.report.page import comparison_page

    difference = compare_runs(older, newer)
    if as_json:
        print_json(difference.as_dict())
    else:
        counts = [(name, old, new, f"{new - old:+,}") for name, old, new in difference.counts]
        table("件数 Records", ["", difference.old_name, difference.new_name, "増減"], counts, right=(1, 2, 3))
        rows = [(one.code, one.old, one.new, one.gone, one.fresh, one.staying) for one in difference.rules]
        total = ("合計 all", difference.old, difference.new, difference.gone, difference.fresh, difference.staying)
        heads = ["規則 rule", "前回 old", "今回 now", "解消 gone", "新規 new", "残り left"]
        table("指摘 Findings", heads, [*rows, total], right=(1, 2, 3, 4, 5))
    if page:
        page.write_text(comparison_page(difference), encoding="utf-8")
        click.echo(f"比較 comparison: {page}", err=as_json)
