"""Search at the browser at a million residents: the real program, real sign-ins, whole pages, the log written.

    python -m bench.programs.search_browser HOME [PEOPLE] [SECONDS]

One client over HTTP, 50 who search every two seconds, and Chromium from Enter to the frame that shows the results.
Prints JSON: p50/p95/p99 in milliseconds of each; `browser` is null on a machine without Chromium.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
import threading
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from bench.counter import Counter, accounts, served
from bench.crowd import town
from bench.typed import CLIENTS, EVERY, SEARCHES, TYPED, quantiles

if TYPE_CHECKING:
    from playwright.sync_api import Page

_ENTERED = """
addEventListener('keydown', event => {
  if (event.key === 'Enter') sessionStorage.setItem('entered', performance.timeOrigin + performance.now());
}, true);
addEventListener('DOMContentLoaded', () => requestAnimationFrame(() => setTimeout(() => {
  document.documentElement.dataset.painted = performance.timeOrigin + performance.now();
})));
"""
"""Moments of the one clock that two pages share: the key in the old one, the first frame of the new one."""


def main() -> None:
    """Settle, serve, sign in, warm up, measure."""
    home = Path(sys.argv[1])
    people = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    seconds = float(sys.argv[3]) if len(sys.argv) > 3 else 20.0
    with town(home, people), served(home) as address:
        counters = [Counter(address, login, password) for login, password in accounts(CLIENTS).items()]
        _one(counters[0], 2)
        said = {"people": people, "one": _one(counters[0], 10), "fifty": _many(counters, seconds)}
        said["browser"] = _in_chromium(address, counters[0], 5)
    print(json.dumps(said, ensure_ascii=False))


def _one(counter: Counter, times: int) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = defaultdict(list)
    for _ in range(times):
        for kind, asked in SEARCHES:
            taken[kind].append(counter.search(asked))
    return quantiles(taken)


def _many(counters: list[Counter], seconds: float) -> dict[str, list[float]]:
    """Everybody at once, each with their own moment."""
    taken: dict[str, list[float]] = defaultdict(list)
    failed: list[Exception] = []
    until = time.perf_counter() + seconds

    def client(number: int, counter: Counter) -> None:
        rng = random.Random(number)  # noqa: S311 - the same queries in every run
        time.sleep(rng.random() * EVERY)
        while time.perf_counter() < until:
            kind, asked = rng.choice(SEARCHES)
            try:
                took = counter.search(asked)
            except (OSError, RuntimeError) as error:
                failed.append(error)
                return
            taken[kind].append(took)
            time.sleep(max(0.0, EVERY - took / 1000))

    clients = [threading.Thread(target=client, args=pair) for pair in enumerate(counters)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    if failed:
        raise failed[0]
    return quantiles(taken)


def _in_chromium(address: str, counter: Counter, times: int) -> dict[str, list[float]] | None:
    """From Enter to the painted results, in Debian's Chromium."""
    chromium = shutil.which("chromium")
    if chromium is None:
        return None
    from playwright.sync_api import sync_playwright

    taken: dict[str, list[float]] = defaultdict(list)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(locale="ja-JP", viewport={"width": 1280, "height": 900})
        context.add_cookies([
            {"name": cookie.name, "value": cookie.value or "", "url": address} for cookie in counter.jar
        ])  # fmt: skip
        context.add_init_script(_ENTERED)
        page = context.new_page()
        page.goto(address)
        for place in range(times + 1):
            for kind, texts in TYPED.items():
                for text in texts:
                    took = _typed(page, text)
                    if place:
                        taken[kind].append(took)
        browser.close()
    return quantiles(taken)


def _typed(page: Page, text: str) -> float:
    page.fill("#q", text)
    page.evaluate("delete document.documentElement.dataset.painted")
    page.press("#q", "Enter")
    page.wait_for_selector("html[data-painted]", state="attached")
    both = "Number(document.documentElement.dataset.painted) - Number(sessionStorage.getItem('entered'))"
    return float(page.evaluate(both))


if __name__ == "__main__":
    main()
