"""`yakuba migrate run`: a whole migration, from a dump to proven standard-layout files."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from yakuba.cli import _console
from yakuba.kernel.errors import Exit
from yakuba.kernel.finding import Severity


@click.command("run")
@click.argument("project", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Run folder [default: run beside it].")
@click.option("--resume", is_flag=True, help="Go on with a run that was stopped or killed.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document instead of tables.")
def command(project: Path, out: Path | None, *, resume: bool, as_json: bool) -> int:
    """データ移行 Move a dump into the standard layout; every row and cell is accounted for.

    \b
    Example:  yakuba migrate run my-town/project.toml --out my-run

    Exit code 0: nothing to decide; 1: findings wait for a person (my-run/decisions.csv).
    """
    from yakuba.migration.pipeline.run import run

    out = out or project.parent / "run"
    with _console.progress() as progress:
        outcome = run(project, out, resume=resume, progress=progress)
    if as_json:
        _console.print_json(asdict(outcome))
    else:
        rows = [
            ("読み込んだ行 records in", outcome.records),
            ("移した行 loaded", outcome.loaded),
            ("まとめた行 merged", outcome.merged),
            ("差し戻した行 rejected", outcome.rejected),
            ("書き出した行 rows out", outcome.written),
            ("自動で直した値 corrected", outcome.corrected),
            ("人の判断が要る needing a decision", outcome.questions),
            ("判断で答えた指摘 answered", outcome.answered),
            *((f"{severity.japanese} {severity}", outcome.findings[severity]) for severity in Severity),
            ("秒 seconds", outcome.seconds),
        ]
        _console.table("", ("", ""), rows, right=(1,))
        _console.STDOUT.print(
            "すべての行と値の行き先を証明しました。 Every row and cell is accounted for."
            if outcome.proven
            else "証明できませんでした。報告書の検証の欄を見てください。 NOT PROVEN: see the report."
        )
        _console.STDOUT.print(f"報告書 report: {outcome.report}")
    if not outcome.proven:
        return Exit.NOT_PROVEN
    return Exit.FINDINGS if outcome.questions else Exit.CLEAN
