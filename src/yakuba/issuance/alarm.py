"""Alarm (非常停止): a finished paper was not the one that was asked for. It is thrown away and the municipality stops.

The stop is written on a connection of its own and stands whatever becomes of the request that met it.
"""

from __future__ import annotations

import logging
from threading import Thread
from typing import TYPE_CHECKING

from django.db import connection

from yakuba.issuance.services.stopping import stop
from yakuba.tenancy.acting import system

if TYPE_CHECKING:
    from yakuba.tenancy.acting import Actor

_log = logging.getLogger("yakuba.issuance")


def sound(actor: Actor, *, request: str, what: str) -> None:
    """Stop the municipality at once, and say so where somebody looks: log, home, /metrics.

    Args:
        request: id of the request. what: which check failed, never a value.
    """
    _log.critical("certificate mismatch", extra={"fields": {
        "municipality": actor.municipality, "request": request, "what": what,
    }})  # fmt: skip
    failed: list[BaseException] = []

    def write() -> None:
        try:
            stop(system(actor.municipality, "alarm"), f"別人の証明書の疑い（{what}）。受付 {request}")
        except BaseException as error:  # noqa: BLE001 - handed to the waiting thread, which raises it
            failed.append(error)
        finally:
            connection.close()

    thread = Thread(target=write, name="certificate-alarm")
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
