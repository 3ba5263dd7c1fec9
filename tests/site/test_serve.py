"""`yakuba serve`, `db`: as a person starts and stops them, with everything that can go wrong at the start.

Oracle: the operating system (what still runs, what still listens) and issue 3 no. 1, 7.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.request import urlopen

import psutil  # type: ignore[import-untyped]
import pytest

from yakuba.kernel.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """An installation of its own, upgraded; short path, as a socket lies in it."""
    path = Path(tempfile.mkdtemp(prefix="yakuba-"))
    path.chmod(0o755)
    assert yakuba(path, "db", "upgrade").returncode == 0
    yield path
    assert users(path) == []
    shutil.rmtree(path)


def environment(home: Path, **more: str) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "YAKUBA_"))}
    return clean | {"YAKUBA_HOME": str(home), "YAKUBA_PROCESSES": "1", "YAKUBA_THREADS": "4"} | more


def yakuba(home: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-m", "yakuba", *words]
    return subprocess.run(
        program, env=environment(home, **more), capture_output=True, text=True, check=False, timeout=120
    )


def users(home: Path) -> list[str]:
    """Processes that work for an installation: ours, and its database server."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        try:
            known = process.environ().get("YAKUBA_HOME") == str(home)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            known = False
        words = process.info["cmdline"] or []
        if (known and process.pid != os.getpid()) or any(str(home) in word for word in words):
            found.append(" ".join(words))
    return found


@contextmanager
def serving(home: Path, *words: str, **more: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The program and the address that it tells."""
    program = [sys.executable, "-m", "yakuba", "serve", "--bind", "127.0.0.1:0", *words]
    with subprocess.Popen(
        program, env=environment(home, **more), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert "http://127.0.0.1:" in line, process.communicate(timeout=30)
            yield process, line.split("ready: ")[1].split()[0]
        finally:
            process.terminate()
            process.communicate(timeout=60)


def get(address: str) -> tuple[int, str]:
    try:
        with urlopen(address, timeout=30) as answer:  # noqa: S310 - our own server
            return answer.status, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()


def free(address: str) -> bool:
    port = int(address.rstrip("/").rpartition(":")[2])
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_and_stops_everything_it_started(home: Path, how: signal.Signals) -> None:
    with serving(home) as (process, address):
        status, body = get(address + "healthz")
        assert (status, json.loads(body)["status"]) == (200, "ok")
        status, page = get(address)
        assert status == 200
        assert 'lang="ja"' in page
        assert 'name="password"' in page
        assert "yakuba_answers_total" in get(address + "metrics")[1]
        assert len(users(home)) >= 4
        process.send_signal(how)
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
    assert "Traceback" not in out + err
    lines = [json.loads(line) for line in err.splitlines()]
    assert {"healthz", ""} & {line.get("route") for line in lines}
    assert users(home) == []
    assert free(address)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("delay", [0.4, 0.9, 1.4, 2.2])
def test_stopped_while_it_starts_it_leaves_nothing(home: Path, how: signal.Signals, delay: float) -> None:
    program = [sys.executable, "-m", "yakuba", "serve", "--bind", "127.0.0.1:0"]
    with subprocess.Popen(
        program, env=environment(home), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        time.sleep(delay)
        process.send_signal(how)
        _, err = process.communicate(timeout=60)
    assert "Traceback" not in err
    end = time.monotonic() + 20
    while users(home) and time.monotonic() < end:
        time.sleep(0.2)
    assert users(home) == []


def test_killed_it_leaves_no_server_behind(home: Path) -> None:
    """Nobody can clean up after SIGKILL but the children; the database is found running at the next start."""
    with serving(home) as (process, address):
        process.kill()
        process.wait()
        end = time.monotonic() + 30
        while (not free(address) or any("gunicorn" in one or "yakuba work" in one for one in users(home))) and (
            time.monotonic() < end
        ):
            time.sleep(0.2)
        assert free(address)
        assert not any("gunicorn" in one or "yakuba work" in one for one in users(home))
    with serving(home) as (_, address):
        assert get(address + "healthz")[0] == 200
    assert users(home) == []


def test_a_worker_that_is_killed_is_started_anew(home: Path) -> None:
    with serving(home) as (process, address):
        [first] = workers(process.pid)
        first.kill()
        end = time.monotonic() + 30
        while get(address + "healthz")[0] == 503 or not workers(process.pid) or workers(process.pid) == [first]:
            assert time.monotonic() < end
            time.sleep(0.2)
        assert get(address + "healthz")[0] == 200


def workers(parent: int) -> list[psutil.Process]:
    found = []
    for child in psutil.Process(parent).children():
        try:
            if child.cmdline()[-1:] == ["work"]:
                found.append(child)
        except psutil.NoSuchProcess:
            continue
    return found


def test_a_port_in_use_is_one_sentence(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = yakuba(home, "serve", "--bind", f"127.0.0.1:{taken.getsockname()[1]}")
    assert said.returncode == Exit.CANNOT_CONTINUE
    assert said.stderr.count("\n") == 1
    assert "in use" in said.stderr
    assert "--bind" in said.stderr


@pytest.mark.parametrize("bind", ["nonsense", "127.0.0.1:99999", "127.0.0.1:", "127.0.0.1:８０"])
def test_an_address_that_is_none(home: Path, bind: str) -> None:
    said = yakuba(home, "serve", "--bind", bind)
    assert said.returncode == Exit.USAGE
    assert "Traceback" not in said.stderr
    assert said.stderr.count("\n") == 1


def test_a_database_that_does_not_answer_is_one_sentence_without_its_password(home: Path) -> None:
    url = "postgresql://yakuba_app:s3cretw0rd@127.0.0.1:1/yakuba"
    for words in (["serve"], ["work"], ["db", "status"], ["db", "upgrade"]):
        said = yakuba(home, *words, DATABASE_URL=url, DATABASE_OWNER_URL=url)
        assert said.returncode == Exit.CANNOT_CONTINUE, said
        assert said.stderr.count("\n") == 1
        assert "127.0.0.1:1/yakuba" in said.stderr
        assert "s3cretw0rd" not in said.stderr + said.stdout


def test_tables_of_another_version_are_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    del tmp_path_factory
    with tempfile.TemporaryDirectory(prefix="yakuba-") as folder:
        path = Path(folder)
        path.chmod(0o755)
        status = yakuba(path, "db", "status", "--json")
        assert status.returncode == Exit.FINDINGS
        assert "tenancy.0001_initial" in json.loads(status.stdout)["pending"]
        said = yakuba(path, "serve", "--bind", "127.0.0.1:0")
        assert said.returncode == Exit.CANNOT_CONTINUE
        assert "yakuba db upgrade" in said.stderr
        assert said.stderr.count("\n") == 1
        assert users(path) == []


def test_status_of_an_upgraded_database(home: Path) -> None:
    said = yakuba(home, "db", "status", "--json")
    assert said.returncode == 0
    state: dict[str, Any] = json.loads(said.stdout)
    assert (state["pending"], state["walled"], state["role"]) == ([], True, "yakuba_app")
    assert state["server"].startswith("18.")
    again = yakuba(home, "db", "upgrade", "--json")
    assert json.loads(again.stdout) == {"upgraded": []}
    assert "0" in yakuba(home, "db", "status").stdout


@pytest.mark.parametrize("role", ["owner", "superuser", "bypass"])
def test_a_role_that_could_bypass_the_walls_is_refused(home: Path, role: str) -> None:
    program = (
        "import sys, psycopg\n"
        "from pathlib import Path\n"
        "from yakuba.tenancy.database import embedded\n"
        "home, role = Path(sys.argv[1]), sys.argv[2]\n"
        "addresses = embedded.start(home)\n"
        "word = embedded._passwords(home / embedded._SECRETS)[embedded.SUPERUSER]\n"
        "boss = addresses.app.replace('//yakuba_app:', '//postgres:', 1)\n"
        "boss = boss.replace(embedded._passwords(home / embedded._SECRETS)[embedded.APP], word, 1)\n"
        "url = {'owner': addresses.owner, 'superuser': boss}.get(role)\n"
        "if url is None:\n"
        "    with psycopg.connect(boss, autocommit=True) as one:\n"
        "        one.execute('DROP ROLE IF EXISTS mighty')\n"
        "        one.execute(\"CREATE ROLE mighty LOGIN BYPASSRLS PASSWORD 'x9' IN ROLE yakuba_app\")\n"
        "    app = embedded._passwords(home / embedded._SECRETS)[embedded.APP]\n"
        "    url = addresses.app.replace('//yakuba_app:' + app, '//mighty:x9', 1)\n"
        "import os\n"
        "os.environ['DATABASE_URL'] = url\n"
        "from yakuba.cli import main\n"
        "main(['serve', '--bind', '127.0.0.1:0'])\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", program, str(home), role],
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert said.returncode == Exit.CANNOT_CONTINUE, said.stderr
    assert "bypass the walls" in said.stderr
    assert said.stderr.count("\n") == 1


def test_production_refuses_default_secrets_and_works_with_its_own(home: Path) -> None:
    said = yakuba(home, "serve", "--bind", "127.0.0.1:0", YAKUBA_PRODUCTION="1")
    assert said.returncode == Exit.USAGE
    assert "YAKUBA_SECRET_KEY" in said.stderr
    assert said.stderr.count("\n") == 1
    key = "Zq3vT8nLw5Rk1Xc7Jd2Hf9Gb4Ms6Pa0Ye-uIoQtWrExVzNlKjCb"
    with serving(home, YAKUBA_PRODUCTION="1", YAKUBA_SECRET_KEY=key) as (_, address):
        assert get(address + "healthz")[0] == 200
        port = address.rstrip("/").rpartition(":")[2]
        plain = raw(port, "Host: localhost")
        assert plain.startswith("HTTP/1.1 301")
        assert "location: https://localhost/" in plain.lower()
        page = raw(port, "Host: localhost\r\nX-Forwarded-Proto: https").lower()
        assert "strict-transport-security: max-age=31536000" in page
        for cookie in [line for line in page.splitlines() if line.startswith("set-cookie:")]:
            assert "__host-" in cookie
            assert "secure" in cookie
            assert "httponly" in cookie
            assert "samesite=lax" in cookie
        assert raw(port, "Host: evil.example\r\nX-Forwarded-Proto: https").startswith("HTTP/1.1 400")


def raw(port: str, headers: str) -> str:
    """A request as bytes, for headers that a library would not send; gives status line and headers."""
    with socket.create_connection(("127.0.0.1", int(port)), timeout=30) as line:
        line.sendall(f"GET /accounts/login/ HTTP/1.1\r\n{headers}\r\nConnection: close\r\n\r\n".encode())
        told = b""
        while piece := line.recv(65536):
            told += piece
    return told.decode().split("\r\n\r\n")[0]
