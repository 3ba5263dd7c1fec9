"""Search latency in the database at a million residents: one client, then 50 who search every two seconds.

    python -m bench.programs.search HOME [PEOPLE] [SECONDS]

HOME keeps the residents for other programs. Prints JSON: seconds to settle, p50/p95/p99 in milliseconds of every kind
of query and of all, for both.
"""

from __future__ import annotations

import json
import random
import sys
import threading
import time
from collections import defaultdict
from pathlib import Path

from bench.crowd import TOWN, town
from bench.typed import CLIENTS, EVERY, SEARCHES, quantiles


def main() -> None:
    """Settle, warm up, measure."""
    people = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    seconds = float(sys.argv[3]) if len(sys.argv) > 3 else 20.0
    with town(Path(sys.argv[1]), people) as settled:
        for _ in range(2):
            _one_client(1)
        said = {"people": people, "settled": round(settled, 1), "one": _one_client(20), "fifty": _many(seconds)}
    print(json.dumps(said, ensure_ascii=False))


def _one_client(times: int) -> dict[str, list[float]]:
    """Every query so many times, one after the other."""
    taken: dict[str, list[float]] = defaultdict(list)
    for _ in range(times):
        for kind, asked in SEARCHES:
            taken[kind].append(_timed(asked))
    return quantiles(taken)


def _many(seconds: float) -> dict[str, list[float]]:
    """Fifty clients, each with its own moment."""
    taken: dict[str, list[float]] = defaultdict(list)
    until = time.perf_counter() + seconds
    clients = [threading.Thread(target=_client, args=(number, until, taken)) for number in range(CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return quantiles(taken)


def _client(number: int, until: float, taken: dict[str, list[float]]) -> None:
    from django.db import connection

    rng = random.Random(number)  # noqa: S311 - the same queries in every run
    time.sleep(rng.random() * EVERY)
    while time.perf_counter() < until:
        kind, asked = rng.choice(SEARCHES)
        took = _timed(asked)
        taken[kind].append(took)
        connection.close()
        time.sleep(max(0.0, EVERY - took / 1000))


def _timed(asked: dict[str, str]) -> float:
    """Milliseconds of one search, its entry in the log included."""
    from yakuba.registry.queries import search
    from yakuba.tenancy.acting import system

    items = dict(asked)
    started = time.perf_counter()
    search(system(TOWN), items.pop("text", ""), removed=False, outsiders=False, page=1, place="検索", **items)
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
