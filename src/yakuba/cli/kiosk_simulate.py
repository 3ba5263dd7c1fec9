"""`yakuba kiosk simulate DIR`: machines as clumsy as real ones, against this installation or another."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from yakuba.cli._console import progress
from yakuba.kernel.errors import Exit
from yakuba.kernel.town_time import today

if TYPE_CHECKING:
    from yakuba.issuance.kiosk.simulation.outcome import Outcome


@click.command("simulate", epilog="\b\nExample:  yakuba kiosk simulate kiosk-trial --requests 500 --kiosks 20")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--requests", type=click.IntRange(min=1), default=500, show_default=True, help="受付の数 Visits.")
@click.option("--kiosks", type=click.IntRange(1, 500), default=20, show_default=True, help="端末の数 Machines at once.")
@click.option(
    "--rate", type=float, default=0.0, help="毎秒の受付 Visits per second by all [default: as fast as they can]."
)
@click.option("--seconds", type=float, default=0.0, help="最長の秒 End after so long.")
@click.option("--seed", type=int, default=1, show_default=True, help="乱数の種 Makes the choices repeatable.")
@click.option("--calm", is_flag=True, help="失敗を起こさない Nothing goes wrong: for measuring.")
@click.option("--url", help="接続先 A service that runs already [default: one is started here].")
@click.option("--json", "as_json", is_flag=True, help="機械で読む形 One JSON document.")
@click.pass_context
def command(
    context: click.Context, folder: Path, requests: int, kiosks: int, rate: float, seconds: float, seed: int,
    url: str | None, *, calm: bool, as_json: bool,
) -> None:  # fmt: skip
    """交付センターを模擬する Drive the service as the centre would: delays, repeats, dropped lines; read every paper.

    FOLDER is made by `yakuba kiosk trial`. Every paper's person is read on its page. Exit code 1: a paper was wrong,
    came twice, or an answer came that never should.
    """
    from yakuba.issuance.kiosk.simulation.line import context as tls
    from yakuba.issuance.kiosk.simulation.machine import CALM, Clumsiness
    from yakuba.issuance.kiosk.simulation.people import read_people
    from yakuba.issuance.kiosk.simulation.run import Plan, end_of_day, reach, simulate

    people = read_people(folder / "people.csv")
    lines = tls(folder / "centre.pem", folder / "centre.key", folder / "authority.pem")
    with ExitStack() as stack:
        where = url or _served(folder, stack)
        plan = Plan(where, requests, kiosks, seed, rate, seconds, CALM if calm else Clumsiness())
        reach(plan, people, lines)
        with progress() as bar:
            bar.stage("受付 visits", requests)
            outcome = simulate(plan, people, lines, bar.advance)
        differences = end_of_day(outcome, plan, lines, today())
        gaps = None if url else _gaps(people.towns)
    _tell(outcome, differences, gaps, as_json=as_json)
    fine = outcome.clean and not differences and not gaps
    context.exit(Exit.CLEAN if fine else Exit.FINDINGS)


def _served(folder: Path, stack: ExitStack) -> str:
    """A service of this installation on a free port, until the run is over; its address."""
    from yakuba.cli._site import site

    serving = site("kiosk.serving")
    door = serving.Door(folder / "server.pem", folder / "server.key", folder / "authority.pem")
    address: str = stack.enter_context(serving.served("127.0.0.1:0", door))
    return address


def _gaps(towns: tuple[str, ...]) -> int:
    """Numbers that no entry of the ledger has, over all towns."""
    from yakuba.issuance.queries import gaps
    from yakuba.tenancy.acting import system

    return sum(sum(gaps(system(town)).values()) for town in towns)


def _tell(outcome: Outcome, differences: int, gaps: int | None, *, as_json: bool) -> None:
    said = outcome.as_dict() | {"list_differences": differences, "gaps": gaps}
    if as_json:
        click.echo(json.dumps(said, ensure_ascii=False))
        return
    for name, count in said["counts"].items():
        click.echo(f"{name}\t{count}")
    times = said["document_ms"]
    click.echo(f"証明書までの時間 document ms\tp50 {times['p50']}\tp95 {times['p95']}")
    click.echo(f"別人の証明書 wrong persons\t{len(outcome.wrong)}")
    click.echo(f"二重の交付 duplicates\t{len(outcome.twice)}")
    click.echo(f"番号の抜け gaps\t{'—' if gaps is None else gaps}")
    click.echo(f"一覧の不一致 list differences\t{differences}")
    for problem in [*outcome.wrong, *outcome.twice, *(f"{name} x{count}" for name, count in outcome.faults.items())]:
        click.echo(problem)
