"""A child ends with its parent, even where the parent is killed and can say nothing."""

from __future__ import annotations

import os
import signal
import time
from threading import Thread

PARENT = "YAKUBA_PARENT"
"""Process number of the `yakuba serve` that started this process; not set for a process started by itself."""


def leave_with_parent() -> None:
    """Watch the parent from a thread; once it is gone, end as if asked to."""
    parent = os.environ.get(PARENT, "")
    if parent:
        Thread(target=_watch, args=(int(parent),), daemon=True, name="parent").start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
