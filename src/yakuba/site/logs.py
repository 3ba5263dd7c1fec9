"""Logs (動作記録): one JSON document a line, for machines. They never hold personal data (個人情報を書かない).

Who saw whose record is the business of the audit log, which lies behind the wall. Here an address is its pattern
(`residents/<addressee>`), never what was typed; of an exception there are kind and places, never its message, because
a database puts the offending row into it; of other packages' records there is the template without its values.
"""

from __future__ import annotations

import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

REQUEST: ContextVar[str] = ContextVar("yakuba_request", default="")
"""Id of the request that this thread answers, or of the job that it does."""

OURS = "yakuba"
"""Loggers below this name are written here with values that are known to be harmless."""


class JsonFormatter(logging.Formatter):
    """One record as one line of JSON: time, level, logger, message, request, and what `extra={"fields": …}` holds."""

    def format(self, record: logging.LogRecord) -> str:
        """See the module for what is left out, and why."""
        mine = record.name == OURS or record.name.startswith(OURS + ".")
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage() if mine else str(record.msg),
        }
        if REQUEST.get():
            line["request"] = REQUEST.get()
        if mine:
            line |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1]:
            line |= fault(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


def fault(error: BaseException) -> dict[str, Any]:
    """Kind of an exception and the places it came through, the innermost last."""
    frames = traceback.extract_tb(error.__traceback__)
    return {
        "error": type(error).__name__,
        "places": [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames[-8:]],
    }


def configuration(level: str) -> dict[str, Any]:
    """Django's LOGGING: everything to stderr as JSON."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": JsonFormatter}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            OURS: {"handlers": ["stderr"], "level": level, "propagate": False},
            "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
            # Each answer has its own line from us, with the pattern of its address instead of the address.
            "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
            "django.server": {"handlers": [], "level": "ERROR", "propagate": False},
            "gunicorn.error": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        },
    }
