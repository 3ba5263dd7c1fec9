"""The examples of the manual as an administrator copies them: nginx and systemd take their files, and they hold."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.site.proxy import NGINX, PASSWORD, Proxy, example, free_port, installed, needs_nginx, proxied, written

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["installed"]
ANALYZE = shutil.which("systemd-analyze")


@needs_nginx
def test_nginx_takes_the_file_of_the_manual(tmp_path: Path) -> None:
    said = subprocess.run(
        [str(NGINX), "-t", "-c", written(tmp_path, free_port(), "http://127.0.0.1:8000")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert said.returncode == 0, said.stderr
    assert "[emerg]" not in said.stderr


@pytest.mark.skipif(ANALYZE is None, reason="systemd-analyze is not here")
def test_systemd_takes_the_unit_of_the_manual(tmp_path: Path) -> None:
    unit = tmp_path / "yakuba.service"
    program = shutil.which("true")
    unit.write_text(example("ini", "[Service]").replace("/opt/yakuba/bin/yakuba", str(program)))
    said = subprocess.run([str(ANALYZE), "verify", "--man=no", unit], capture_output=True, text=True, check=False)
    ours = [line for line in (said.stdout + said.stderr).splitlines() if "yakuba" in line]
    assert ours == []


@needs_nginx
def test_nobody_writes_the_own_address_and_measures_stay_inside(installed: tuple[Path, str]) -> None:
    home, _ = installed
    with proxied(home, YAKUBA_ADDRESS_FAILURES="3") as proxy:
        status, headers, _ = proxy.ask("/accounts/login/")
        assert (status, headers["Strict-Transport-Security"]) == (200, "max-age=31536000")
        assert proxy.ask("/metrics")[0] == 404
        assert proxy.ask("/healthz")[0] == 200
        for number in range(4):
            signed_in(proxy, f"nobody{number}", "127.0.0.2", f"192.0.2.{number}", "wrong")
        assert not signed_in(proxy, "clerk", "127.0.0.2", "192.0.2.99", PASSWORD)
        assert signed_in(proxy, "clerk", "127.0.0.3", "127.0.0.2", PASSWORD)


def signed_in(proxy: Proxy, login: str, source: str, claimed: str, password: str) -> bool:
    """Whether a password is listened to from an address that claims to be another."""
    _, headers, page = proxy.ask("/accounts/login/", source=source)
    cookie = headers["Set-Cookie"].split(";")[0]
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0]
    fields = {"login": login, "password": password, "csrfmiddlewaretoken": token}
    more = {"Cookie": cookie, "Referer": f"https://localhost:{proxy.port}/", "X-Forwarded-For": claimed}
    status, _, _ = proxy.ask("/accounts/login/", fields, source=source, **more)
    return status == 302


@needs_nginx
def test_a_request_too_large_for_nginx_is_answered_by_our_page(installed: tuple[Path, str]) -> None:
    home, _ = installed
    with proxied(home) as proxy:
        status, headers, page = proxy.ask("/migration/new/upload/", b"x" * (3 * 1024**2))
        assert status == 413
        assert "送られたデータが大きすぎます" in page
        assert "Content-Security-Policy" in headers
