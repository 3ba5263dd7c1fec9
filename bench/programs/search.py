"""Search latency at a million residents: one client, then 50 who search every two seconds.

    python -m bench.programs.search [PEOPLE] [SECONDS]

Prints JSON: seconds to settle, p50/p95/p99 in milliseconds of every kind of query and of all, for both.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path

import numpy as np

from yakuba.tenancy.database import embedded
from yakuba.tenancy.database.ready import ready
from yakuba.tenancy.database.upgrade import upgrade

TYPED = {
    "common surname": ["佐藤", "鈴木", "高橋", "渡邉", "髙橋"],
    "rare surname": ["西園寺", "三枝", "江藤"],
    "full name": ["佐藤清", "鈴木　茂", "田中正一", "髙橋清"],
    "given name": ["清", "正一", "茂"],
    "one letter": ["林", "高", "佐", "子"],
    "kana": ["サトウ", "ｽｽﾞｷ", "わたなべ", "サ", "シゲル"],
    "full kana": ["サトウ キヨシ", "スズキシゲル", "たなかしょういち"],
    "wildcard": ["サ*シ", "佐藤*", "サト?", "*シゲル", "渡*清"],
    "birth": ["19580325", "3330325", "S58.4.1", "1983年4月"],
    "number": ["1000000010", "1004567890", "5000000010", "999"],
    "address": ["中央一丁目", "中央1-2-3", "桜町二丁目１９番９号"],
    "nobody": ["存在四五六", "ヌヌヌヌ", "乙葉町八十"],
}
CLIENTS, EVERY = 50, 2.0


def main() -> None:
    """Settle, warm up, measure."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 20.0
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        home.chmod(0o755)
        ready(home)
        try:
            upgrade()
            print(json.dumps(_measured(people, seconds), ensure_ascii=False))
        finally:
            embedded.stop(home)


def _measured(people: int, seconds: float) -> dict[str, object]:
    from bench.crowd import settle

    started = time.perf_counter()
    settle(people)
    settled = time.perf_counter() - started
    for _ in range(2):
        _one_client(1)
    return {"people": people, "settled": round(settled, 1), "one": _one_client(20), "fifty": _many(seconds)}


def _one_client(times: int) -> dict[str, list[float]]:
    """Every query so many times, one after the other."""
    taken: dict[str, list[float]] = defaultdict(list)
    for _ in range(times):
        for kind, texts in TYPED.items():
            for text in texts:
                taken[kind].append(_timed(text))
    return _quantiles(taken)


def _many(seconds: float) -> dict[str, list[float]]:
    """Fifty clients, each with its own moment."""
    taken: dict[str, list[float]] = defaultdict(list)
    until = time.perf_counter() + seconds
    clients = [threading.Thread(target=_client, args=(number, until, taken)) for number in range(CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return _quantiles(taken)


def _client(number: int, until: float, taken: dict[str, list[float]]) -> None:
    from django.db import connection

    rng = random.Random(number)  # noqa: S311 - the same queries in every run
    time.sleep(rng.random() * EVERY)
    while time.perf_counter() < until:
        kind = rng.choice(list(TYPED))
        took = _timed(rng.choice(TYPED[kind]))
        taken[kind].append(took)
        connection.close()
        time.sleep(max(0.0, EVERY - took / 1000))


def _timed(text: str) -> float:
    """Milliseconds of one search, its entry in the log included."""
    from bench.crowd import TOWN
    from yakuba.registry.queries import search
    from yakuba.tenancy.acting import system

    started = time.perf_counter()
    search(system(TOWN), text)
    return (time.perf_counter() - started) * 1000


def _quantiles(taken: dict[str, list[float]]) -> dict[str, list[float]]:
    every = {**taken, "all": [one for found in taken.values() for one in found]}
    parts = {kind: np.quantile(found, (0.5, 0.95, 0.99)) for kind, found in every.items()}
    return {kind: [round(float(one), 1) for one in found] for kind, found in parts.items()}


if __name__ == "__main__":
    main()
