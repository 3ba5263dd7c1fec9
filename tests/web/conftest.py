"""The screens' tests share one served installation (tests/web/serving.py)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.installation import prepared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).parents[2]
prepared()


@dataclass(frozen=True)
class Served:
    """Where the installation is and whom it knows. people: by 団体コード. logins: password, totp, session by role.

    samples: what fills an address, by 団体コード and name. addresses: all of them (tests/web/matrix).
    """

    address: str
    people: dict[str, dict[str, Any]]
    logins: dict[str, dict[str, str]]
    group: int
    samples: dict[str, dict[str, str]]
    addresses: list[dict[str, Any]]


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    """Two towns in a process of their own."""
    home = Path(tempfile.mkdtemp(prefix="yakuba-web-"))
    home.chmod(0o755)
    command = [sys.executable, "-m", "tests.web.serving", str(home)]
    # A database of its own, not that of this process, which other tests empty.
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "YAKUBA_"))}
    with (
        (home / "server.log").open("w") as log,
        subprocess.Popen(command, cwd=ROOT, env=plain, stdout=subprocess.PIPE, stderr=log, text=True) as process,
    ):
        assert process.stdout is not None
        line = process.stdout.readline()
        try:
            assert line, (home / "server.log").read_text()
            yield Served(**json.loads(line))
        finally:
            process.terminate()
            process.wait(60)
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def enter(served: Served, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page as a role: `enter("clerk")`. What the browser complains of fails the test at its end."""
    said: list[str] = []
    contexts: list[BrowserContext] = []

    def page(role: str = "", width: int = 1280, *, scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=served.address,
            viewport={"width": width, "height": 900},
            locale="ja-JP",
            java_script_enabled=scripts,
            accept_downloads=True,
        )
        contexts.append(context)
        if role:
            session = served.logins[role]["session"]
            context.add_cookies([{"name": "sessionid", "value": session, "url": served.address}])
        made = context.new_page()
        made.on("pageerror", lambda error: said.append(str(error)))
        made.on("console", lambda message: said.append(message.text) if _complaint(message.text) else None)
        return made

    yield page
    for context in contexts:
        context.close()
    assert said == []


def _complaint(text: str) -> bool:
    return "Content Security Policy" in text or "Uncaught" in text
