"""How gunicorn runs a listener for machines: the site's way, and TLS (--config python:yakuba.site.mutual.gunicorn)."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Any

from yakuba.site.gunicorn import (
    accesslog,
    child_exit,
    control_socket_disable,
    forwarded_allow_ips,
    graceful_timeout,
    keepalive,
    limit_request_line,
    loglevel,
    max_requests,
    max_requests_jitter,
    on_starting,
    threads,
    timeout,
    worker_class,
    worker_tmp_dir,
    workers,
)

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "accesslog",
    "child_exit",
    "control_socket_disable",
    "forwarded_allow_ips",
    "graceful_timeout",
    "keepalive",
    "limit_request_line",
    "loglevel",
    "max_requests",
    "max_requests_jitter",
    "on_starting",
    "ssl_context",
    "threads",
    "timeout",
    "worker_class",
    "worker_tmp_dir",
    "workers",
]


def ssl_context(config: Any, default: Callable[[], ssl.SSLContext]) -> ssl.SSLContext:  # noqa: ARG001 - its signature
    """TLS 1.2 or newer; whoever has no certificate of an authority that is let in is not even answered."""
    context = default()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.verify_mode = ssl.CERT_REQUIRED
    return context
