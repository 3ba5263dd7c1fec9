"""Hears everything the process logs, as the server would write it."""

from __future__ import annotations

import io
import json
import logging
from typing import Any, Self

from yakuba.site.logs import JsonFormatter, configuration


class Ear:
    """In a `with` block; afterwards `lines()`."""

    def __init__(self) -> None:
        self._stream = io.StringIO()
        self._handler = logging.StreamHandler(self._stream)
        self._handler.setFormatter(JsonFormatter())
        self._names = [None, *configuration("DEBUG")["loggers"]]

    def __enter__(self) -> Self:
        for name in self._names:
            logging.getLogger(name).addHandler(self._handler)
        return self

    def __exit__(self, *_: object) -> None:
        for name in self._names:
            logging.getLogger(name).removeHandler(self._handler)

    def lines(self) -> list[dict[str, Any]]:
        """What was logged, without the request ids: they are the one thing that comes in from outside."""
        found = [json.loads(line) for line in self._stream.getvalue().splitlines()]
        return [line | {"request": ""} for line in found]
