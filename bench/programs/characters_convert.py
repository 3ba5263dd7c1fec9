"""Three million names from each source to each target: seconds, characters looked up per second, peak memory.

    .venv/bin/python -m bench.programs.characters_convert

The names are those of the fictitious towns (bench.people, 200,000 distinct residents, fifteen times over). One in a
hundred begins with a private character that a vendor's table knows, one in fifty with an Adobe-Japan1 sequence; for
juki the same names are written in 住基ネット統一文字 first, and must come back the same. `look_up` is a column of a
million single random MJ characters, most of which must be looked at. `cpu` is the processor's time, all threads.
"""

from __future__ import annotations

import json
import resource
import time
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from bench.people import block
from yakuba.characters import convert, tables
from yakuba.characters.vendor import VendorTable

if TYPE_CHECKING:
    from collections.abc import Callable

    from yakuba.characters.conversion import Conversion

NAMES = 3_000_000
GAIJI, ADOBE = "\ue000", "葛\U000e0100"
TARGET_SECONDS = 3.0


def main() -> dict[str, Any]:
    """Seconds of every way, and whether each is within the target."""
    names = _names()
    vendor = VendorTable({GAIJI: "辻\U000e0102"}, frozenset())
    mixed = _marked(names)
    in_mj = convert(mixed, source="unicode", vendor=vendor).values
    juki = convert(names, source="mj", target="juki").values
    letters = _letters()
    ways: dict[str, Callable[[], Conversion]] = {
        "unicode → mj": lambda: convert(mixed, source="unicode", vendor=vendor),
        "cp932 → mj": lambda: convert(mixed.str.replace(ADOBE, "葛"), source="cp932", vendor=vendor),
        "juki → mj": lambda: convert(juki, source="juki"),
        "mj → jis0213": lambda: convert(in_mj, source="mj", target="jis0213"),
        "mj → cp932": lambda: convert(in_mj, source="mj", target="cp932"),
        "unicode → jis0213": lambda: convert(mixed, source="unicode", target="jis0213", vendor=vendor),
        "look_up": lambda: convert(letters, source="mj", target="jis0213"),
    }
    seconds: dict[str, float] = {}
    cpu: dict[str, float] = {}
    for name, way in ways.items():
        way()
        started, busy = time.perf_counter(), time.process_time()
        made = way()
        seconds[name], cpu[name] = time.perf_counter() - started, time.process_time() - busy
        if name == "juki → mj" and not made.values.equals(names):
            raise ValueError("the names did not come back from 住基ネット統一文字")
    started = time.perf_counter()
    listed = made.characters
    return {
        "names": NAMES,
        "seconds": {name: round(taken, 2) for name, taken in seconds.items()},
        "cpu": {name: round(taken, 2) for name, taken in cpu.items()},
        "within_3_s": {name: taken <= TARGET_SECONDS for name, taken in seconds.items() if name != "look_up"},
        "look_ups_per_second": round(letters.len() / seconds["look_up"]),
        "list_seconds": round(time.perf_counter() - started, 2),
        "listed": listed.height,
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _names() -> pl.Series:
    people = block(0, 200_000)
    names = people.select(pl.concat_str("SEI", "MEI", separator="　"))["SEI"]
    return pl.concat([names] * (NAMES // names.len()), rechunk=True)


def _marked(names: pl.Series) -> pl.Series:
    place = pl.int_range(names.len(), eager=True)
    with_gaiji = names.zip_with(place % 100 != 0, names.str.replace("^.", GAIJI))
    return with_gaiji.zip_with(place % 50 != 1, with_gaiji.str.replace("^.", ADOBE))


def _letters() -> pl.Series:
    forms = pl.Series(sorted(set(tables.form_by_name().values())))
    return forms.gather(np.random.default_rng(1).integers(0, forms.len(), 1_000_000))


if __name__ == "__main__":
    print(json.dumps(main(), ensure_ascii=False))
