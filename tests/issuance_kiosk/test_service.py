"""The service as the centre meets it: real TLS on loopback, the command that serves, the simulator that drives it.

Oracle: issue 4 no. 5 (mutual TLS, OpenAPI, simulator) and no. 6 (the right paper for the right person).
"""

from __future__ import annotations

import json
import os
import shutil
import ssl
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.world import TOWN_A, TOWN_B

from yakuba.issuance.kiosk import trial_keys
from yakuba.issuance.kiosk.simulation.line import BrokenLineError, Line, context
from yakuba.kernel.errors import Exit, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

HOUSE = Path(__file__).parents[2]
KASAI = {"reception": "R1", "serial": "T9900191000000015", "machine": "K1", "company": "C1"}


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """An installation of its own with both towns and the trial folder, made by a process that has ended."""
    path = Path(tempfile.mkdtemp(prefix="yakuba-"))
    path.chmod(0o755)
    command = [sys.executable, "-m", "tests.issuance_kiosk.furnishing", str(path)]
    subprocess.run(command, cwd=HOUSE, env=environment(path), check=True)
    yield path
    shutil.rmtree(path, ignore_errors=True)


def environment(home: Path) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "YAKUBA_"))}
    return clean | {
        "YAKUBA_HOME": str(home), "YAKUBA_PROCESSES": "2", "YAKUBA_THREADS": "4", "YAKUBA_LOG_LEVEL": "ERROR",
    }  # fmt: skip


@contextmanager
def serving(home: Path, *words: str) -> Iterator[str]:
    """`yakuba kiosk serve` and the address that it tells."""
    program = [sys.executable, "-m", "yakuba", "kiosk", "serve", "--bind", "127.0.0.1:0", *words]
    with subprocess.Popen(
        program, env=environment(home), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
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
    trial = home / "trial"
    keys = ["--certificate", str(trial / "server.pem"), "--key", str(trial / "server.key")]
    with serving(home, *keys, "--authorities", str(trial / "authority.pem")) as found:
        assert found.startswith("https://127.0.0.1:")
        yield found


@pytest.fixture(scope="module")
def tls(home: Path) -> ssl.SSLContext:
    """The centre's own certificate."""
    trial = home / "trial"
    return context(trial / "centre.pem", trial / "centre.key", trial / "authority.pem")


@pytest.fixture
def line(address: str, tls: ssl.SSLContext) -> Iterator[Line]:
    """The centre's line."""
    with Line(address, tls) as opened:
        yield opened


# ---- the door ----------------------------------------------------------------------------------------------------


def test_the_centre_is_let_in(line: Line) -> None:
    kinds = line.ask("GET", f"{TOWN_A}/kinds")
    assert (kinds.status, kinds.headers["cache-control"]) == (200, "no-store")
    assert {"juminhyo", "kisai"} <= {one["kind"] for one in json.loads(kinds.body) if one["open"]}


def test_without_a_certificate_of_its_authority_nobody_is_answered(home: Path, address: str, tmp_path: Path) -> None:
    trial = home / "trial"
    own = ssl.create_default_context(cafile=str(trial / "authority.pem"))
    stranger = trial_keys.issued(trial_keys.authority("other"), "centre").write(tmp_path, "stranger")
    server = trial / "server.pem", trial / "server.key"
    root = _authority(trial)
    late = trial_keys.issued(root, "centre", valid=timedelta(days=-1)).write(tmp_path, "late")
    refused = [own, *(context(*pair, trial / "authority.pem") for pair in (stranger, late, server))]
    for each in refused:
        with pytest.raises(BrokenLineError), Line(address, each) as line:
            line.ask("GET", f"{TOWN_A}/kinds")


def test_a_certificate_that_a_town_does_not_know_finds_nothing(
    home: Path, address: str, line: Line, tmp_path: Path
) -> None:
    trial = home / "trial"
    other = trial_keys.issued(_authority(trial), "another centre").write(tmp_path, "other")
    with Line(address, context(*other, trial / "authority.pem")) as stranger:
        unknown = stranger.ask("GET", f"{TOWN_A}/kinds")
    assert unknown.status == 404
    assert unknown.body == line.ask("GET", "990035/kinds").body


def _authority(trial: Path) -> trial_keys.Pair:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    key = load_pem_private_key((trial / "authority.key").read_bytes(), None)
    assert isinstance(key, EllipticCurvePrivateKey)
    return trial_keys.Pair(x509.load_pem_x509_certificate((trial / "authority.pem").read_bytes()), key)


def test_the_screens_are_not_behind_this_door(line: Line) -> None:
    for path in ("../../", "../../accounts/login/", "../../api/v1/me", "../../healthz"):
        assert line.ask("GET", path).status == 404


# ---- a conversation ----------------------------------------------------------------------------------------------


def test_the_description_tells_every_operation(line: Line) -> None:
    told = line.ask("GET", "openapi.json").json()
    names = {one["operationId"] for path in told["paths"].values() for one in path.values()}
    assert names == {"kinds", "open_session", "look", "select", "pay", "document", "report", "cancel", "reconcile"}
    manual = (HOUSE / "docs/ja/kiosk.md").read_text("utf-8")
    assert [path for path in told["paths"] if path.removeprefix("/kiosk/v1/") not in manual] == []
    assert told["components"]["securitySchemes"]["ByCertificate"]["type"] == "mutualTLS"


def test_a_conversation_over_the_line(line: Line) -> None:
    opened = line.ask("POST", f"{TOWN_A}/sessions", KASAI).json()
    place = f"{TOWN_A}/sessions/{opened['session']}"
    assert opened["members"] == ["葛󠄂西　一", "葛󠄂西　ハナ"]
    chosen = line.ask("POST", f"{place}/selection", {"kind": "juminhyo", "members": [1, 2]}).json()
    assert (chosen["state"], chosen["fee"]) == ("SELECTED", 200)
    assert line.ask("POST", f"{place}/document", {}).status == 409
    assert line.ask("POST", f"{place}/payment", {"amount": 200}).json()["state"] == "PAID"
    made = line.ask("POST", f"{place}/document", {})
    assert (made.status, made.headers["content-type"]) == (200, "application/pdf")
    assert (
        line.ask("POST", f"{place}/result", {"printed": True}).json()["number"] == made.headers["x-certificate-number"]
    )
    assert line.ask("POST", f"{place}/cancel", {}).status == 409


@pytest.mark.parametrize(
    ("path", "content", "status"),
    [
        ("sessions", {}, 422),
        ("sessions", KASAI | {"serial": "x" * 21}, 422),
        ("sessions", KASAI | {"reception": "R 1\0"}, 422),
        ("sessions/nonsense/payment", {"amount": 1}, 422),
        ("sessions/00000000-0000-4000-8000-000000000000/payment", {"amount": 1}, 404),
        ("days/2026-02-31", {"csv": ""}, 400),
        ("days/2026-11-21", {"csv": "nonsense"}, 400),
    ],
)
def test_what_cannot_be_meant_is_one_sentence(line: Line, path: str, content: dict[str, Any], status: int) -> None:
    answer = line.ask("POST", f"{TOWN_A}/{path}", content)
    assert answer.status == status
    assert answer.json()["detail"]


# ---- the simulator -----------------------------------------------------------------------------------------------


def test_many_machines_at_once_get_the_right_papers(home: Path) -> None:
    """Both towns have people with the same 宛名番号; some of the requests are repeated, dropped and given up."""
    program = [sys.executable, "-m", "yakuba", "kiosk", "simulate", str(home / "trial"), "--requests", "150"]
    ended = subprocess.run(
        [*program, "--kiosks", "12", "--json"], env=environment(home), capture_output=True, text=True, check=False
    )
    assert "Traceback" not in ended.stderr
    assert ended.stdout, ended.stderr
    said = json.loads(ended.stdout)
    assert ended.returncode == Exit.CLEAN, said
    assert (said["wrong_persons"], said["duplicates"], said["faults"]) == ([], [], {})
    assert (said["gaps"], said["list_differences"]) == (0, 0)
    assert said["counts"]["printed"] > 50
    assert said["counts"]["refused_counter"] > 5


def test_nobody_there_is_one_sentence(home: Path) -> None:
    program = [
        sys.executable,
        "-m",
        "yakuba",
        "kiosk",
        "simulate",
        str(home / "trial"),
        "--url",
        "https://127.0.0.1:1/",
    ]
    ended = subprocess.run(program, env=environment(home), capture_output=True, text=True, check=False)
    assert ended.returncode == Exit.CANNOT_CONTINUE
    assert len(ended.stderr.strip().splitlines()) == 1


def test_a_door_without_keys_does_not_open(home: Path, tmp_path: Path) -> None:
    nonsense = tmp_path / "x.pem"
    nonsense.write_text("nonsense")
    for words in ([], ["--certificate", nonsense, "--key", nonsense, "--authorities", nonsense], ["--key", nonsense]):
        program = [sys.executable, "-m", "yakuba", "kiosk", "serve", "--bind", "127.0.0.1:0", *map(str, words)]
        ended = subprocess.run(program, env=environment(home), capture_output=True, text=True, check=False)
        assert ended.returncode == Exit.USAGE, ended.stderr
        assert len(ended.stderr.strip().splitlines()) == 1
    with pytest.raises(UsageError):
        context(nonsense, nonsense, nonsense)


def test_the_other_town_is_there_too(line: Line) -> None:
    """The same 宛名番号 in the other town is another person."""
    arrival = KASAI | {"reception": "R2", "serial": f"T{TOWN_B}1000000015"}
    assert line.ask("POST", f"{TOWN_B}/sessions", arrival).json()["members"] == ["伊藤　葵"]
    assert line.ask("POST", f"{TOWN_A}/sessions", arrival).json()["told"] == "counter"
