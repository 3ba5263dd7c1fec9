"""The receiving door over the line: real TLS on loopback, the command that serves, the queue that examines.

Oracle: docs/ja/backup.md (the protocol) and issue 5 no. 3 and 4: resumable, idempotent, nothing of another 団体.
"""

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
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.backup.founded import copied, template
from tests.world import TOWN_A

from yakuba.kernel.line import BrokenLineError, Line, Reply, context

if TYPE_CHECKING:
    from collections.abc import Iterator

HOUSE = Path(__file__).parents[2]
ROOT = "/link/v1/"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An installation of its own, made by a process that has ended."""
    path = Path(tempfile.mkdtemp(prefix="yakuba-"))
    path.chmod(0o755)
    copied(template(tmp_path_factory), path)
    command = [sys.executable, "-m", "tests.backup.furnishing", str(path)]
    subprocess.run(command, cwd=HOUSE, env=environment(path), check=True)
    yield path
    shutil.rmtree(path, ignore_errors=True)


def environment(home: Path) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "YAKUBA_"))}
    return clean | {
        "YAKUBA_HOME": str(home), "YAKUBA_PROCESSES": "1", "YAKUBA_THREADS": "4", "YAKUBA_LOG_LEVEL": "ERROR",
    }  # fmt: skip


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """`yakuba backup serve` and the address that it tells."""
    trial = home / "trial"
    words = ["--certificate", trial / "server.pem", "--key", trial / "server.key"]
    program = [sys.executable, "-m", "yakuba", "backup", "serve", "--bind", "127.0.0.1:0", *map(str, words)]
    with subprocess.Popen(
        [*program, "--authorities", str(trial / "authority.pem")],
        env=environment(home), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert "ready: " in line, process.communicate(timeout=30)
            yield line.split("ready: ")[1].split()[0]
        finally:
            process.terminate()
            _, err = process.communicate(timeout=60)
            assert "Traceback" not in err, err


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    with serving(home) as found:
        yield found


def tls(home: Path, name: str) -> ssl.SSLContext:
    trial = home / "trial"
    return context(trial / f"{name}.pem", trial / f"{name}.key", trial / "authority.pem")


@pytest.fixture
def line(home: Path, address: str) -> Iterator[Line]:
    """見本町's 連携AP."""
    with Line(address, tls(home, "a"), root=ROOT) as opened:
        yield opened


def put(line: Line, name: str, content: bytes, start: int, total: int) -> Reply:
    last = start + len(content) - 1
    return line.ask("PUT", f"objects/{name}", content, {"Content-Range": f"bytes {start}-{last}/{total}"})


def commit(line: Line, name: str, path: Path) -> Reply:
    content = path.read_bytes()
    return line.ask("POST", f"objects/{name}/commit", {"size": len(content), "sha256": sha256(content).hexdigest()})


def test_a_vault_goes_over_the_line(home: Path, line: Line) -> None:
    own = home / "home" / "a"
    assert (line.ask("GET", "head").json()["number"], line.ask("GET", "head").json()["municipality"]) == (-1, TOWN_A)
    for path in sorted((own / "objects").iterdir()):
        content = path.read_bytes()
        for start in range(0, len(content), 1 << 20):
            piece = content[start : start + (1 << 20)]
            assert put(line, path.name, piece, start, len(content)).json() == {"received": start + len(piece)}
        held = line.ask("HEAD", f"objects/{path.name}")
        assert (held.headers["x-received"], held.headers["x-complete"]) == (str(len(content)), "0")
        assert (commit(line, path.name, path).status, commit(line, path.name, path).status) == (200, 200)
        assert line.ask("HEAD", f"objects/{path.name}").headers["x-complete"] == "1"
    receipts: list[dict[str, Any]] = []
    for number, path in enumerate(sorted((own / "entries").iterdir())):
        told = line.ask("PUT", f"entries/{number:08}", path.read_bytes())
        assert told.status == 201
        receipts.append(told.json())
        again = line.ask("PUT", f"entries/{number:08}", path.read_bytes())
        assert (again.status, again.json()) == (200, told.json())
    assert line.ask("GET", "head").json()["digest"] == receipts[-1]["digest"]
    assert [one["number"] for one in line.ask("GET", "entries").json()["entries"]] == [0, 1, 2]
    names = [path.name for path in sorted((own / "objects").iterdir())]
    assert [one["name"] for one in line.ask("GET", "objects").json()["objects"]] == names
    assert there(home / "centre" / "a") == there(own)


def there(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for part in ("entries", "objects") for path in (root / part).iterdir()}


def test_the_queue_examines_and_copies_what_has_come(home: Path, line: Line) -> None:
    if line.ask("GET", "head").json()["number"] < 0:
        test_a_vault_goes_over_the_line(home, line)
    program = [sys.executable, "-m", "yakuba", "work", "--until-empty"]
    ended = subprocess.run(program, env=environment(home), capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert there(home / "second" / "a") == there(home / "home" / "a")
    told = subprocess.run(
        [sys.executable, "-m", "yakuba", "backup", "list", "--json"],
        env=environment(home), capture_output=True, text=True, check=False,
    )  # fmt: skip
    first = json.loads(told.stdout)[0]
    assert (first["good"]["number"], first["behind"], first["alarms"]) == (2, 0, [])
    assert (first["checks"]["verify"]["ok"], first["checks"]["replicate"]["ok"]) == (True, True)
    assert told.returncode == 0


def test_a_line_cut_in_the_middle_of_an_object_keeps_what_came(home: Path, address: str) -> None:
    """The sender says how much it will send, sends a part, and is gone."""
    path = min((home / "home" / "b" / "objects").iterdir())
    content = path.read_bytes()
    head = (
        f"PUT {ROOT}objects/{path.name} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(content)}\r\n"
        f"Content-Range: bytes 0-{len(content) - 1}/{len(content)}\r\n\r\n"
    )
    host, port = address.removeprefix("https://").strip("/").split(":")
    with (
        socket.create_connection((host, int(port))) as plain,
        tls(home, "b").wrap_socket(plain, server_hostname="127.0.0.1") as wire,
    ):
        wire.sendall(head.encode() + content[:1_500_000])
    with Line(address, tls(home, "b"), root=ROOT) as line:
        here = _settled(line, path.name)
        assert 0 < here <= 1_500_000
        assert put(line, path.name, content[here:], here, len(content)).json() == {"received": len(content)}
        assert commit(line, path.name, path).status == 200


def _settled(line: Line, name: str) -> int:
    """Bytes that are here once the cut connection has been noticed."""
    before = -1
    for _ in range(100):
        here = int(line.ask("HEAD", f"objects/{name}").headers["x-received"])
        if here == before > 0:
            return here
        before = here
        time.sleep(0.1)
    return before


def test_a_certificate_opens_its_own_vault_and_no_other(home: Path, address: str) -> None:
    with Line(address, tls(home, "b"), root=ROOT) as line:
        entry = (home / "home" / "a" / "entries" / "00000000.json").read_bytes()
        told = line.ask("PUT", "entries/00000000", entry)
        assert (told.status, told.json()["code"]) == (422, "signature")
        assert line.ask("GET", "objects").json() == {"objects": []}
    with Line(address, tls(home, "stranger"), root=ROOT) as line:
        assert (line.ask("GET", "head").status, line.ask("GET", "head").json()["code"]) == (403, "admission")
    nobody = ssl.create_default_context(cafile=str(home / "trial" / "authority.pem"))
    with pytest.raises(BrokenLineError), Line(address, nobody, root=ROOT) as line:
        line.ask("GET", "head")


@pytest.mark.parametrize(
    ("method", "path", "content", "headers", "told"),
    [
        ("GET", "nowhere", None, {}, (404, None)),
        ("POST", "head", b"x", {}, (405, "method")),
        ("PUT", "entries/1", b"x", {}, (404, None)),
        ("PUT", "entries/99999999", b"x", {}, (409, "gap")),
        ("PUT", "entries/00000000", b"x" * (1 << 20) + b"y", {}, (413, "large")),
        ("PUT", "objects/00000009-0123456789abcdef", b"x", {}, (400, "request")),
        ("PUT", "objects/00000009-0123456789abcdef", b"x", {"Content-Range": "bytes 5-5/9"}, (409, "offset")),
        ("PUT", "objects/00000009-0123456789abcdef", b"x", {"Content-Range": "bytes 0-5/9"}, (400, "request")),
        ("PUT", "objects/..%2f..%2fx", b"x", {"Content-Range": "bytes 0-0/1"}, (404, None)),
        ("POST", "objects/00000009-0123456789abcdef/commit", b"[]", {}, (400, "request")),
        ("POST", "objects/00000009-0123456789abcdef/commit", b'{"size":1,"sha256":"x"}', {}, (400, "request")),
        ("POST", "objects/nonsense/commit", {"size": 1, "sha256": "0" * 64}, {}, (404, "name")),
    ],
)
def test_what_cannot_be_meant_is_one_sentence(
    line: Line, method: str, path: str, content: object, headers: dict[str, str], told: tuple[int, str | None]
) -> None:
    answer = line.ask(method, path, content, headers)
    assert (answer.status, answer.json().get("code")) == told
    assert answer.headers["cache-control"] == "no-store"


def test_the_screens_are_not_behind_this_door(line: Line) -> None:
    assert [line.ask("GET", path).status for path in ("../../", "../../accounts/login/", "../../healthz")] == [404] * 3


def test_the_same_entry_sent_by_many_at_once_is_taken_once(home: Path, address: str) -> None:
    raw = (home / "home" / "b" / "entries" / "00000000.json").read_bytes()

    def send(_: int) -> tuple[int, bytes]:
        with Line(address, tls(home, "b"), root=ROOT) as line:
            reply = line.ask("PUT", "entries/00000000", raw)
            return reply.status, reply.body

    with ThreadPoolExecutor(8) as senders:
        told = list(senders.map(send, range(8)))
    assert sorted(status for status, _ in told) == [200] * 7 + [201]
    assert len({body for _, body in told}) == 1
