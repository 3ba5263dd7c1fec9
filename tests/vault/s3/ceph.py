"""A real object store on this machine: Ceph (one monitor, one storage daemon in memory, its S3 gateway), on loopback.

Debian: apt-get install --no-install-recommends ceph-mon ceph-osd radosgw (some 20 s, 300 MB).
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import uuid
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

PROGRAMS = ("ceph-mon", "ceph-osd", "radosgw", "radosgw-admin", "ceph", "ceph-authtool", "monmaptool")
MISSING = [name for name in PROGRAMS if shutil.which(name) is None]
needed = pytest.mark.skipif(
    bool(MISSING), reason="Ceph is missing: apt-get install --no-install-recommends ceph-mon ceph-osd radosgw"
)
ACCESS, SECRET = "yakubatestaccess", "yakubatestsecret"
_SECONDS = 120
"""A machine that needs longer than this to start it has other troubles."""

_WITH_US = ("setpriv", "--pdeathsig", "KILL") if shutil.which("setpriv") else ()
"""No daemon outlives the tests, also when these are killed."""

_CONF = """[global]
fsid = {fsid}
mon host = v2:127.0.0.1:{monitor}
keyring = {root}/keyring
run dir = {root}
admin socket =
log file = {root}/$name.log
pid file =
mon data = {root}/mon
mon data avail crit = 1
paxos propose interval = 0.01
paxos min wait = 0.01
osd data = {root}/osd
osd objectstore = memstore
memstore device bytes = 2147483648
osd pool default size = 1
osd pool default min size = 1
mon allow pool size one = true
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
public addr = 127.0.0.1
cluster addr = 127.0.0.1
[client.rgw]
rgw frontends = beast endpoint=127.0.0.1:{gateway}
rgw data = {root}/rgw
"""


class Ceph:
    """The daemons of one such store. `endpoint` is where its S3 gateway answers."""

    def __init__(self, root: Path) -> None:
        self._root = root
        monitor, gateway = _free(), _free()
        self.endpoint = f"http://127.0.0.1:{gateway}"
        self._daemons: list[subprocess.Popen[bytes]] = []
        fsid, osd = str(uuid.uuid4()), str(uuid.uuid4())
        (root / "ceph.conf").write_text(_CONF.format(fsid=fsid, monitor=monitor, gateway=gateway, root=root))
        for name in ("mon", "osd", "rgw"):
            (root / name).mkdir()
        self._keys()
        self._call("monmaptool", "--create", "--addv", "a", f"[v2:127.0.0.1:{monitor}]", "--fsid", fsid, "monmap")
        self._call("ceph-mon", "--mkfs", "-i", "a", "--monmap", "monmap", "--keyring", "keyring")
        self._start("ceph-mon", "-i", "a")
        self._call("ceph", "osd", "new", osd)
        self._call("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", osd)
        self._start("ceph-osd", "-i", "0")
        who = ("--uid", "yakuba", "--display-name", "yakuba", "--access-key", ACCESS, "--secret-key", SECRET)
        self._call("radosgw-admin", "-n", "client.rgw", "user", "create", *who)
        self._start("radosgw", "-n", "client.rgw")
        self._wait(gateway)

    def stop(self) -> None:
        """End the daemons that were started here."""
        for daemon in reversed(self._daemons):
            daemon.kill()
            daemon.wait()

    def _keys(self) -> None:
        self._call("ceph-authtool", "--create-keyring", "keyring", "--gen-key", "-n", "mon.", "--cap", "mon", "allow *")
        everything = [word for part in ("mon", "osd", "mgr") for word in ("--cap", part, "allow *")]
        for who in ("client.admin", "client.rgw", "osd.0"):
            self._call("ceph-authtool", "keyring", "--gen-key", "-n", who, *everything)

    def _environment(self) -> dict[str, str]:
        return os.environ | {"CEPH_ARGS": f"-c {self._root}/ceph.conf"}

    def _call(self, *words: str) -> None:
        done = subprocess.run(
            words, cwd=self._root, env=self._environment(), capture_output=True, timeout=_SECONDS, check=False
        )
        assert done.returncode == 0, f"{words}: {done.stderr.decode()[-2000:]}"

    def _start(self, *words: str) -> None:
        with (self._root / f"{words[0]}.out").open("wb") as told:
            daemon = subprocess.Popen(
                [*_WITH_US, *words, "-f"], cwd=self._root, env=self._environment(), stdout=told, stderr=told
            )
        self._daemons.append(daemon)

    def _wait(self, port: int) -> None:
        for _ in range(_SECONDS * 10):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.1)
        raise AssertionError((self._root / "radosgw.out").read_text()[-2000:])


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
