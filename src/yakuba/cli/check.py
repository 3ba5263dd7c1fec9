"""`yakuba check`: files that claim to be in a standard layout, checked by all rules."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from yakuba.cli import _console
from yakuba.kernel.errors import Exit

_SHOWN = 100


@click.command("check")
@click.argument("folder", type=click.Path(file_okay=False, exists=True, path_type=Path))
@click.option("--layout", "selector", default="kihon", show_default=True, help="kihon, kihon@2023-09, chukan, an id …")
@click.option("--json", "as_json", is_flag=True, help="One JSON document with all findings.")
def command(folder: Path, selector: str, *, as_json: bool) -> int:
    """検査 Check standard-layout CSV files against a standard.

    One file per group.

    \b
    Example:  yakuba check my-run/data --layout kihon
    """
    from yakuba.migration.standard_files import check_folder

    with tempfile.TemporaryDirectory(prefix="yakuba-") as work, _console.progress() as progress:
        result = check_folder(folder, selector, Path(work) / "check", progress)
    if as_json:
        _console.print_json({"files": result.files, "findings": [finding.as_dict() for finding in result.findings]})
        return Exit.FINDINGS if result.wrong else Exit.CLEAN
    for finding in result.findings[:_SHOWN]:
        _console.STDOUT.print(finding.one_line(), markup=False)
    if len(result.findings) > _SHOWN:
        _console.STDOUT.print(f"… {len(result.findings) - _SHOWN:,} more: use --json")
    _console.table(
        "",
        ("ファイル file", "グループ group", "公式/再構成", "行 rows", "指摘 findings"),
        [tuple(row.values()) for row in result.files],
        right=(3, 4),
    )
    return Exit.FINDINGS if result.wrong else Exit.CLEAN
