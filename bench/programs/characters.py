"""characters.convert on a column of names, against a loop over strings and characters in plain Python.

One name in a hundred has a private-use character that a vendor's table knows. Both must give the same names.
"""

from __future__ import annotations

import json
import time

import polars as pl

from bench.people import block
from yakuba.characters import convert
from yakuba.characters.vendor import VendorTable

NAMES = 1_000_000
GAIJI = "\ue000"


def main() -> dict[str, float]:
    """Strings per second of both."""
    people = block(0, 200_000)
    names = people.select(pl.concat_str("SEI", "MEI", separator="　"))["SEI"]
    names = pl.concat([names] * (NAMES // names.len()), rechunk=True)
    marked = pl.int_range(NAMES, eager=True) % 100 == 0
    names = names.zip_with(~marked, names.str.replace("^.", GAIJI))
    vendor = VendorTable(forms={GAIJI: "髙"}, undecided=frozenset())
    started = time.perf_counter()
    converted = convert(names, source="unicode", vendor=vendor).values
    ours = time.perf_counter() - started
    known = {GAIJI: "髙"}
    texts = names.to_list()
    started = time.perf_counter()
    floor = ["".join([known.get(char, char) for char in text]) for text in texts]
    loop = time.perf_counter() - started
    if converted.to_list() != floor:
        raise ValueError("the two conversions differ")
    return {"ours": NAMES / ours, "loop": NAMES / loop}


if __name__ == "__main__":
    print(json.dumps(main()))
