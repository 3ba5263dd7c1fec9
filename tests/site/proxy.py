"""nginx with the file of the manual, in front of an installation in production; the machine's own places filled in."""

from __future__ import annotations

import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPSConnection
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from tests.architecture.manual import blocks
from tests.site.test_serve import serving, users
from tests.site.test_settings import PAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
KEY = "Zq3vT8nLw5Rk1Xc7Jd2Hf9Gb4Ms6Pa0Ye-uIoQtWrExVzNlKjCb"
PASSWORD = "Kasumi-no-Mori-2026"
needs_nginx = pytest.mark.skipif(NGINX is None, reason="nginx is not installed (apt-get install nginx-light)")


def example(language: str, holds: str) -> str:
    """A file of the manual."""
    [found] = [one.text for one in blocks(PAGE) if one.language == language and holds in one.text]
    return found


@dataclass
class Proxy:
    """nginx with the manual's file, on a port of its own."""

    folder: Path
    port: int

    def ask(
        self, path: str, fields: dict[str, str] | bytes | None = None, *, source: str = "127.0.0.1", **headers: str
    ) -> tuple[int, dict[str, str], str]:
        """One request over TLS. source: the address it comes from."""
        trusting = ssl._create_unverified_context()  # noqa: S323 - the certificate is this test's own
        line = HTTPSConnection("localhost", self.port, timeout=60, source_address=(source, 0), context=trusting)
        line._create_connection = _of_version_4  # type: ignore[attr-defined]
        body = urlencode(fields) if isinstance(fields, dict) else fields
        if isinstance(fields, dict):
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            line.request("GET" if fields is None else "POST", path, body, headers)
            answer = line.getresponse()
            return answer.status, dict(answer.headers), answer.read().decode()
        finally:
            line.close()


def _of_version_4(address: tuple[str, int], timeout: float, source: tuple[str, int]) -> socket.socket:
    return socket.create_connection(("127.0.0.1", address[1]), timeout, source)


def written(folder: Path, port: int, upstream: str, most: str = "8g") -> Path:
    """The manual's file with this machine's places, and around it what Debian's own nginx.conf says."""
    text = example("nginx", "server_name")
    changes = {
        "listen 443 ssl http2": f"listen 127.0.0.1:{port} ssl http2",
        "yakuba.town.example.jp": "localhost",
        "/etc/ssl/yakuba": str(folder),
        "/var/log/nginx": str(folder),
        "http://127.0.0.1:8000": upstream,
        "client_max_body_size 8g": f"client_max_body_size {most}",
        "Host $host": f"Host $host:{port}",
    }
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    (folder / "yakuba.conf").write_text(text)
    places = "".join(
        f"{name}_temp_path {folder}/{name}; " for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user} daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ {places} include {folder}/yakuba.conf; }}\n"
    )
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder / "nginx.conf"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


TOWN = """
import json, sys
from pathlib import Path
from tests.world import TOWN_A
from yakuba.tenancy.database import embedded
from yakuba.tenancy.database.ready import ready
home, password = Path(sys.argv[1]), sys.argv[2]
ready(home)
from yakuba.tenancy.database.upgrade import upgrade
upgrade()
from yakuba.migration.pipeline.run import run
from yakuba.registry.services import load
from yakuba.tenancy import services
from yakuba.tenancy.acting import system
from yakuba.tenancy.rights import Action
from yakuba.town.make import make
services.add_municipality(system(), TOWN_A, "見本町", prefecture="見本県")
clerk, _ = services.add_staff(system(TOWN_A), "clerk", "甲野　花子")
services.grant(system(TOWN_A), clerk, Action.VIEW, business="*")
secret = services.settle(system(TOWN_A), clerk, password)
make(60, 1, "kihon", home / "dump")
run(home / "dump" / "project.toml", home / "run", key_home=home / "keys")
load(home / "run", system(TOWN_A))
embedded.stop(home)
print(json.dumps({"totp": secret}))
"""


@pytest.fixture(scope="module")
def installed() -> Iterator[tuple[Path, str]]:
    """An installation in production with one town and one clerk; the clerk's TOTP secret."""
    home = Path(tempfile.mkdtemp(prefix="yakuba-"))
    home.chmod(0o755)
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "YAKUBA_"))}
    made = subprocess.run(
        [sys.executable, "-c", TOWN, home, PASSWORD],
        env=clean | {"YAKUBA_SECRET_KEY": KEY}, cwd=Path(__file__).parents[2], capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    yield home, json.loads(made.stdout.splitlines()[-1])["totp"]
    assert users(home) == []
    shutil.rmtree(home)


@contextmanager
def proxied(home: Path, **more: str) -> Iterator[Proxy]:
    """`yakuba serve` in production behind nginx."""
    with (
        tempfile.TemporaryDirectory(prefix="yakuba-nginx-") as name,
        serving(home, YAKUBA_PRODUCTION="1", YAKUBA_SECRET_KEY=KEY, YAKUBA_HOSTS="localhost", **more) as (_, address),
    ):
        folder, port = Path(name), free_port()
        settings = written(folder, port, address.rstrip("/"), most="2m")
        with subprocess.Popen([str(NGINX), "-c", settings], stderr=subprocess.DEVNULL) as nginx:
            try:
                _wait(port)
                yield Proxy(folder, port)
            finally:
                nginx.terminate()
                nginx.wait(30)


def _wait(port: int) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(port)
