"""`python -m tests.link.dying FOLDER`: starts `yakuba link run FOLDER` for each line of stdin, to be killed.

Everything is imported once, before the fork, so that a run is at work within milliseconds of its start. Polars starts
its threads at its first use, which is after the fork.
"""

from __future__ import annotations

import os
import sys

from yakuba.cli import link_run, main
from yakuba.layouts.read import standard
from yakuba.link import running
from yakuba.migration.ruling import checks

PRELOADED = (link_run, running, checks(), standard("kihon"))


def start(folder: str) -> int:
    """A child that runs the command; its process id."""
    pid = os.fork()
    if not pid:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        main(["link", "run", folder])
    return pid


if __name__ == "__main__":
    for _ in sys.stdin:
        print(start(sys.argv[1]), flush=True)  # noqa: T201 - the test reads it
        os.wait()
        print("ended", flush=True)  # noqa: T201 - as above
