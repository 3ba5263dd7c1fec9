"""`yakuba migrate new`: looks at an unknown dump and proposes a project file."""

from __future__ import annotations

from pathlib import Path

import click

from yakuba.cli import _console
from yakuba.kernel.errors import Exit, UsageError


@click.command("new")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Project file [default: DIR/project.toml]."
)
@click.option("--force", is_flag=True, help="Replace a project file that is already there.")
@click.option("--name", default="", help="Name of the move [default: name of the folder].")
@click.option("--municipality", default="", help="団体コード, 6 digits.")
@click.option("--layout", default="kihon", help="Target standard [default: kihon].", show_default=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON document instead of tables.")
def command(
    folder: Path, out: Path | None, name: str, municipality: str, layout: str, *, force: bool, as_json: bool
) -> int:
    """移行定義の提案 Look at an unknown dump and write DIR/project.toml, with a reason for every proposal.

    \b
    Example:  yakuba migrate new my-dump --municipality 990019
    """
    from yakuba.migration.proposal import look, summary, write_project

    target = out or folder / "project.toml"
    if target.exists() and not force:
        raise UsageError(f"{target}: already there, left as it is", remedy="use --force, or --out with another name")
    with _console.progress() as progress:
        dump = look(folder, progress, layout)
    write_project(dump, target, folder, name=name, municipality=municipality, layout=layout)
    rows = summary(dump)
    if as_json:
        _console.print_json({"project": str(target), "sources": rows, "skipped": dump.skipped})
        return Exit.CLEAN
    headings = (
        "ソース source",
        "形式 form",
        "文字コード encoding",
        "列 columns",
        "見た行 records",
        "割り当て proposed group",
    )
    _console.table("", headings, [list(row.values())[: len(headings)] for row in rows], right=(3, 4))
    for row in rows:
        for doubt in row["doubts"]:
            _console.STDOUT.print(f"要確認 check: {row['source']}: {doubt}", markup=False)
    for label, reason in dump.skipped:
        _console.STDOUT.print(f"対象外 not taken: {label}: {reason}", markup=False)
    _console.STDOUT.print(f"書きました wrote {target}", markup=False)
    _console.STDOUT.print(f"次 next: read it, then  yakuba migrate run {target}", markup=False)
    return Exit.CLEAN
