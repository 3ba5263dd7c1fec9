"""Two towns with residents and staff, served: `python -m tests.web.serving HOME` says on stdout where, as JSON.

A process of its own, so that the browser tests need nothing of the database that the other tests empty.
"""

from __future__ import annotations

import base64
import csv
import hmac
import json
import os
import re
import signal
import sys
import time
from http import HTTPStatus
from pathlib import Path
from socketserver import ThreadingMixIn
from threading import Event, Thread
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from click.testing import CliRunner
from tests.web.counter.careful import add_careful
from tests.world import TOWN_A, TOWN_B

from yakuba.cli import root
from yakuba.migration.pipeline.run import run
from yakuba.tenancy.database import embedded
from yakuba.tenancy.database.ready import ready
from yakuba.tenancy.database.upgrade import upgrade

if TYPE_CHECKING:
    from tests.web.roles import Role

RESIDENTS = {TOWN_A: 240, TOWN_B: 60}


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 64


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Nothing: the application logs by itself."""


def main(home: Path) -> None:
    """Make everything, serve until told to end; then the database is stopped too."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    os.environ |= {"YAKUBA_LOG_LEVEL": "ERROR", "YAKUBA_IDLE_MINUTES": "600", "YAKUBA_SECRET_KEY": "t" * 60}
    ready(home)
    try:
        upgrade()
        told = furnish(home)
        from yakuba.registry.jobs.worker import work
        from yakuba.site.wsgi import application

        Thread(target=work, args=(Event(),), daemon=True).start()  # long work is done beside the pages
        server = make_server("127.0.0.1", 0, application, server_class=_Server, handler_class=_Quiet)
        sys.stdout.write(json.dumps(told | {"address": f"http://127.0.0.1:{server.server_port}"}) + "\n")
        sys.stdout.flush()
        server.serve_forever()
    finally:
        embedded.stop(home)


def furnish(home: Path) -> dict[str, Any]:
    """Two municipalities in a group, their residents, one account per role."""
    from tests.issuance.town import ready as ready_to_issue
    from tests.web.matrix.addresses import addresses
    from tests.web.matrix.samples import SAMPLES
    from tests.web.roles import ROLES

    from yakuba.registry.services import load
    from yakuba.tenancy import services
    from yakuba.tenancy.acting import system
    from yakuba.tenancy.database.walls import wall

    group = services.add_group(system(), "mihongun", "見本郡共同利用")
    people: dict[str, dict[str, Any]] = {}
    for code, name in ((TOWN_A, "見本町"), (TOWN_B, "例示村")):
        services.add_municipality(system(), code, name, prefecture="見本県")
        services.join(system(), group, code)
        out = _moved(home / "towns" / code, code)
        load(out, system(code))
        people[code] = notable(out / "data" / "001_juminkihondaicho")
        ready_to_issue(system(code), name)
    logins = {role.name: _account(role, group) for role in ROLES}
    samples = {}
    for code, found in people.items():
        with wall(code):
            samples[code] = {name: sample(code, found) for name, sample in SAMPLES.items()}
    return {"people": people, "group": group, "logins": logins, "samples": samples, "addresses": addresses()}


def _moved(folder: Path, code: str) -> Path:
    """Make the town, move it to the standard layout, give the run folder."""
    arguments = ["town", "make", "--residents", str(RESIDENTS[code]), "--form", "kihon", "--municipality", code]
    result = CliRunner().invoke(root, [*arguments, "--out", str(folder / "dump")], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    if code == TOWN_A:
        add_careful(folder / "dump")
    if code == TOWN_B:
        _renumber(folder / "dump")
    run(folder / "dump" / "project.toml", folder / "run", key_home=folder.parent / "keys")
    return folder / "run"


def _renumber(dump: Path) -> None:
    """Give the second town numbers that the first does not have, so that its objects are told from one's own."""
    for path in dump.glob("*.csv"):
        text = path.read_text("utf-8")
        path.write_text(re.sub(r"\b([15])000(?=[0-9]{6}\b)", r"\g<1>700", text), "utf-8")


def notable(folder: Path) -> dict[str, Any]:
    """宛名番号 of people that a test looks for, from the very files that were loaded."""
    rows = _rows(folder / "juminjoho.csv")
    now = {row["宛名番号"]: row for row in rows if row["最新フラグ"] == "1"}
    together = {row["併支援者_宛名番号"] for row in _rows(folder / "shiensochiheishiensha.csv")}
    protected = {row["宛名番号"] for row in _rows(folder / "shiensochi.csv")} | together - {""}
    blocks = _rows(folder / "yokushi.csv")
    blocked = {row["宛名番号"] for row in blocks} - protected
    removed = {number for number, row in now.items() if row["除票フラグ"] == "1"}
    plain = [number for number in now if number not in protected | blocked | removed]
    families = [now[number]["世帯番号"] for number in plain]
    family = next(number for number in plain if families.count(now[number]["世帯番号"]) > 2)
    moved = next(number for number in plain if sum(row["宛名番号"] == number for row in rows) > 1)
    return {
        "all": sorted(now),
        "last": max(plain),
        "last_household": now[max(plain)]["世帯番号"],
        "rows": {number: now[number] for number in {family, moved, *protected, *blocked}},
        "history": [row for row in rows if row["宛名番号"] == moved],
        "family": family,
        "moved": moved,
        "foreign": next((number for number in plain if now[number]["住民種別"] == "2"), ""),
        "protected": sorted(protected),
        "blocked": sorted(blocked),
        "asking": sorted(row["宛名番号"] for row in blocks if row["抑止対象処理"] == "3"),
        "removed": min(removed),
        "gone": sorted(removed),
    }


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def _account(role: Role, group: int) -> dict[str, str]:
    """Make the account as the services do, with its password, its second factor and a session that is signed in."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from yakuba.tenancy import services
    from yakuba.tenancy.acting import system
    from yakuba.tenancy.database.walls import group_wall, wall
    from yakuba.tenancy.models import Staff

    if role.town:
        number, password = services.add_staff(system(role.town), role.name, role.person)
        for action, business, item_group in role.rights:
            services.grant(system(role.town), number, action, business=business, item_group=item_group)
    else:
        number, password = services.add_operator(system(), group, role.name, role.person)
    with wall(role.town) if role.town else group_wall(group):
        staff = Staff.objects.get(pk=number)
        staff.initial_password = False
        staff.save(update_fields=["initial_password"])
        secret = generate_totp_secret()
        TOTP.activate(staff, secret)
    return {"password": password, "totp": secret, "session": signed_in(role.name, password, secret)}


def signed_in(login: str, password: str, secret: str) -> str:
    """Sign in as a browser does, password and code; gives the session's cookie."""
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.post("/accounts/login/", {"login": login, "password": password})
    answer = client.post("/accounts/factor/authenticate/", {"code": code(secret)})
    assert answer.status_code == HTTPStatus.FOUND, answer.content.decode()
    return client.cookies["sessionid"].value


def code(secret: str) -> str:
    """What an authenticator app shows now (RFC 6238: SHA-1, 30 seconds, six digits)."""
    counter = int(time.time() // 30).to_bytes(8, "big")
    digest = hmac.new(base64.b32decode(secret), counter, "sha1").digest()
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 10**6:06}"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
