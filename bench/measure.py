"""Runs a program in a process of its own and measures it from outside: wall time, processor time, peak memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Measured:
    """One run of a program.

    Attributes:
        wall, cpu: seconds, start of the interpreter included. peak: most memory held at once, MB.
        said: the JSON it printed last.
    """

    wall: float
    cpu: float
    peak: float
    said: dict[str, Any]


def measure(module: str, *arguments: str | Path, accept: tuple[int, ...] = (0,)) -> Measured:
    """Run `python -m module arguments` once. See `measure_command`."""
    return measure_command([sys.executable, "-m", module, *map(str, arguments)], accept=accept)


def measure_command(
    command: Sequence[str | Path],
    *,
    accept: tuple[int, ...] = (0,),
    folder: Path = ROOT,
    environment: Mapping[str, str] | None = None,
) -> Measured:
    """Run a program once.

    Args:
        accept: exit codes that mean it worked. folder: where it runs. environment: variables besides our own.

    Raises:
        RuntimeError: it ended otherwise; the message has the end of what it said.
    """
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        started = time.perf_counter()
        surroundings = {**os.environ, **(environment or {})}
        process = subprocess.Popen(command, stdout=output, stderr=errors, cwd=folder, env=surroundings)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        text = output.read().strip()
        if process.returncode not in accept:
            raise RuntimeError(f"{' '.join(map(str, command))}: exit {process.returncode}: {errors.read()[-2000:]}")
    said = json.loads(text.splitlines()[-1]) if text.endswith("}") and "\n{" in f"\n{text}" else {}
    return Measured(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, said)


def median(runs: list[Measured]) -> Measured:
    """The run in the middle by wall time, with the highest peak of all."""
    middle = sorted(runs, key=lambda run: run.wall)[len(runs) // 2]
    return Measured(middle.wall, middle.cpu, max(run.peak for run in runs), middle.said)
