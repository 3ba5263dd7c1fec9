"""The reader's process: `python -m yakuba.characters.glyphs._reader PATH CODES MEMORY SECONDS`, a reading on stdout."""

from __future__ import annotations

import sys
from pathlib import Path

from yakuba.characters.glyphs.inside import read_inside
from yakuba.characters.glyphs.wire import packed


def confine(memory: int, seconds: int) -> None:
    """Take the limits on, and write no file, where the system has such; else the caller's clock ends the process."""
    if sys.platform == "win32":
        return
    import resource

    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
    }
    for what, most in limits.items():
        _, hard = resource.getrlimit(what)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (bound, bound))


def main(path: str, codes: str, memory: str, seconds: str) -> None:
    """Read, and hand over."""
    confine(int(memory), int(seconds))
    sys.stdout.buffer.write(packed(read_inside(Path(path), codes)))


if __name__ == "__main__":
    main(*sys.argv[1:])
