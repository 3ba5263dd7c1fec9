"""The line of one machine to the kiosk service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.kernel import line
from yakuba.kernel.line import BrokenLineError, Reply, context

if TYPE_CHECKING:
    import ssl

__all__ = ["BrokenLineError", "Line", "Reply", "context"]


class Line(line.Line):
    """A line whose requests all go to the service of kiosks."""

    def __init__(self, url: str, tls: ssl.SSLContext) -> None:
        super().__init__(url, tls, root="/kiosk/v1/")
