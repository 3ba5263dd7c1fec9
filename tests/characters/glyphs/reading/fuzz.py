"""Damaged files by the hundred, in a process of their own: `python fuzz.py CASES SEED FILE...` prints the outcome.

Every case takes one of the files and flips bytes, cuts it off, doubles or zeroes a stretch, or writes extreme numbers
where a table begins. Reading it must give a reading: no exception, no crash, no minute of waiting.
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path

from yakuba.characters.glyphs._reader import confine
from yakuba.characters.glyphs.inside import read_data
from yakuba.characters.glyphs.wire import packed, unpacked

EXTREME = (b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x80\x00\x00\x00", b"\x00\x00\x00\x00", b"\xff\xff", b"\x00\x01")


def damaged(raw: bytes, rng: random.Random) -> bytes:
    data = bytearray(raw)
    for _ in range(rng.randint(1, 8)):
        place = int(len(data) * rng.random() ** rng.choice((1, 3)))  # the beginning holds the tables' places
        match rng.randrange(5):
            case 0:
                data[place : place + 1] = bytes([rng.randrange(256)])
            case 1:
                number = rng.choice(EXTREME)
                data[place : place + len(number)] = number
            case 2:
                data[place : place + rng.randint(1, 64)] = bytes(rng.randint(0, 64))
            case 3:
                data[place:place] = data[place : place + rng.randint(1, 256)]
            case _:
                if rng.random() < 0.2:
                    del data[place:]
    return bytes(data)


def main(cases: int, seed: int, files: list[Path]) -> None:
    confine(3 << 30, 600)
    rng = random.Random(seed)  # noqa: S311 - a fuzz wants the same cases again
    sources = [(path.name, path.read_bytes()) for path in files]
    told: dict[str, int] = {}
    glyphs, slowest = 0, 0.0
    for case in range(cases):
        name, raw = sources[case % len(sources)]
        data = damaged(raw, rng)
        print(f"case {case} {name}", file=sys.stderr, flush=True)  # noqa: T201 - the last one, should it crash
        begun = time.monotonic()
        reading = read_data(data, name)
        slowest = max(slowest, time.monotonic() - begun)
        assert len(unpacked(packed(reading)).glyphs) == len(reading.glyphs)
        assert reading.glyphs or reading.findings
        glyphs += len(reading.glyphs)
        for finding in reading.findings:
            told[finding.code] = told.get(finding.code, 0) + 1
    print(json.dumps({"cases": cases, "glyphs": glyphs, "slowest": slowest, "told": told}))  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), [Path(name) for name in sys.argv[3:]])
