"""How gunicorn runs here: it reads the names of this module as its settings (--config python:yakuba.site.gunicorn)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from yakuba.site import environment as env
from yakuba.site import metrics
from yakuba.site.parent import leave_with_parent

worker_class = "gthread"
workers = env.PROCESSES.number
threads = env.THREADS.number
timeout = 120
"""Seconds until a process that does not move is replaced; long work is done by the workers of the queue."""
graceful_timeout = 10
keepalive = 5
forwarded_allow_ips = ",".join(env.PROXIES.words)
max_requests = 20_000
max_requests_jitter = 2_000
limit_request_line = 4094
accesslog = None
"""Each answer has its line from `site.middleware`, which knows what must not be written."""
loglevel = "warning"
control_socket_disable = True
_MEMORY = Path("/dev/shm")  # noqa: S108 - gunicorn's own heartbeat files, where no disk can hold them up
worker_tmp_dir = str(_MEMORY) if _MEMORY.is_dir() else None


def on_starting(server: Any) -> None:  # noqa: ARG001 - gunicorn's signature
    """End with the process that started this one, even if that one is killed."""
    leave_with_parent()


def child_exit(server: Any, worker: Any) -> None:  # noqa: ARG001 - gunicorn's signature
    """A process has ended: its counts of what is going on just now no longer hold."""
    metrics.forget(worker.pid)
