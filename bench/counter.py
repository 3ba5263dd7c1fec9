"""Counters (窓口): clerks of the crowd's municipality at the real program, who sign in with their passwords.

The second factor is switched off for the length of the benchmark: it is over before the first search.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from http.cookiejar import CookieJar
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, build_opener

from bench.crowd import TOWN
from bench.measure import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FOUND = "検索結果"


class Counter:
    """One clerk: a session of their own, a connection per page."""

    def __init__(self, address: str, login: str, password: str) -> None:
        self.jar = CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self.jar))
        self._staying = build_opener(HTTPCookieProcessor(self.jar), _Stay)
        self._address = address.rstrip("/")
        self._post("/accounts/login/", login=login, password=password)

    def search(self, asked: dict[str, str]) -> float:
        """Milliseconds until the whole page of results is here, or the way to the one person found.

        Raises:
            RuntimeError: it is another page.
        """
        fields = {("q" if name == "text" else name): value for name, value in asked.items()}
        started = time.perf_counter()
        try:
            with self._staying.open(f"{self._address}/search/?{urlencode(fields)}", timeout=60) as answer:
                page = str(answer.read(), "utf-8")
        except HTTPError as error:
            page = _FOUND if "/residents/" in error.headers.get("Location", "") else str(error)
        took = (time.perf_counter() - started) * 1000
        if _FOUND not in page:
            raise RuntimeError(f"{asked}: no results but {re.findall('<title>(.*?)</title>', page) or page}")
        return took

    def _get(self, path: str) -> str:
        with self._opener.open(self._address + path, timeout=60) as answer:
            return str(answer.read(), "utf-8")

    def _post(self, path: str, **fields: str) -> None:
        token = re.findall('name="csrfmiddlewaretoken" value="([^"]+)"', self._get(path))[0]
        body = urlencode({**fields, "csrfmiddlewaretoken": token}).encode()
        with self._opener.open(self._address + path, body, timeout=60) as answer:
            answer.read()


class _Stay(HTTPRedirectHandler):
    """Follows nowhere."""

    def redirect_request(self, *_: object) -> None:
        """Not."""


def accounts(count: int) -> dict[str, str]:
    """Clerks with the right to look at residents: login → password."""
    from yakuba.tenancy import services
    from yakuba.tenancy.acting import system
    from yakuba.tenancy.database.walls import wall
    from yakuba.tenancy.models import Staff
    from yakuba.tenancy.rights import ALL, Action

    made = {}
    for number in range(count):
        login = f"bench{number:03}-{os.getpid()}"
        staff, made[login] = services.add_staff(system(TOWN), login, "見本　花子")
        services.grant(system(TOWN), staff, Action.VIEW, business=ALL)
        with wall(TOWN):
            Staff.objects.filter(pk=staff).update(initial_password=False)
    return made


@contextmanager
def served(home: Path) -> Iterator[str]:
    """`yakuba serve` with its own number of processes; gives the address."""
    command = [sys.executable, "-m", "yakuba", "serve", "--bind", "127.0.0.1:0"]
    told = {"YAKUBA_LOG_LEVEL": "ERROR", "YAKUBA_JOBS": "0", "YAKUBA_SECOND_FACTOR": "0", "YAKUBA_HOME": str(home)}
    quiet = os.environ | told
    with (
        (home / "serve.log").open("w") as log,
        subprocess.Popen(command, cwd=ROOT, env=quiet, stdout=subprocess.PIPE, stderr=log, text=True) as server,
    ):
        try:
            assert server.stdout is not None
            line = server.stdout.readline()
            if "http" not in line:
                raise RuntimeError(f"no server: {(home / 'serve.log').read_text()[-2000:]}")
            yield re.findall(r"http\S+", line)[0]
        finally:
            server.terminate()
