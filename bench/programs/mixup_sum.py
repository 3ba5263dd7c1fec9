"""What several runs of the mix-up test in one installation have come to, added up without leaving anything out.

A folder holds the installation, one line for every paper that somebody got (`papers.csv`), and the figures of every run
that has ended (`runs.json`). A run that was broken off has papers in the ledger that nobody has counted: they are told
as `not_counted` and are in no figure.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_RUNS, _PAPERS = "runs.json", "papers.csv"
_ADDED = ("papers", "seconds", "workers_killed", "connections_cut", "list_differences")


def add(folder: Path, path: str, said: dict[str, Any], papers: Iterable[tuple[str, str, str]]) -> None:
    """Keep the figures of a run.

    Args:
        path: "kiosk" or "service". papers: (団体コード, request, 発行番号) of every paper of the run.
    """
    with (folder / _PAPERS).open("a", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(papers)
    (folder / _RUNS).write_text(json.dumps([*_runs(folder), said | {"path": path}]), "utf-8")


def added_up(folder: Path) -> dict[str, Any]:
    """Over all runs, by path; duplicates are looked for among the papers of all of them."""
    runs = _runs(folder)
    taken: dict[tuple[str, str], str] = {}
    twice = 0
    with (folder / _PAPERS).open(encoding="utf-8", newline="") as stream:
        for town, request, number in csv.reader(stream):
            twice += taken.setdefault((town, number), request) != request
    return {
        "runs": len(runs),
        "papers": len(taken),
        "duplicates": twice,
        "by_path": {path: _sum([one for one in runs if one["path"] == path]) for path in ("kiosk", "service")},
    }


def _runs(folder: Path) -> list[dict[str, Any]]:
    path = folder / _RUNS
    found: list[dict[str, Any]] = json.loads(path.read_text("utf-8")) if path.exists() else []
    return found


def _sum(runs: list[dict[str, Any]]) -> dict[str, Any]:
    whole: Counter[str] = Counter()
    for one in runs:
        whole.update({name: one.get(name, 0) for name in _ADDED})
        whole["wrong_persons"] += len(one["wrong_persons"])
        whole["faults"] += sum(one.get("faults", {}).values())
    return dict(whole)
