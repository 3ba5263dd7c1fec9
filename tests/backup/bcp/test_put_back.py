"""One town of a shared database goes back to a generation, whole or not at all; its neighbour does not notice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections
from tests.backup.bcp.vaults import Sealed, yakuba
from tests.installation import prepared
from tests.world import TOWN_A, TOWN_B

from yakuba.backup.bcp.putting_back import Wanted, put_back
from yakuba.issuance.services import keep_images
from yakuba.kernel.errors import CannotContinueError
from yakuba.registry import queries
from yakuba.registry.services import add_history, load
from yakuba.tenancy.acting import system
from yakuba.tenancy.database import embedded
from yakuba.tenancy.database.walls import wall
from yakuba.town.imprints import imprints

if TYPE_CHECKING:
    from yakuba.tenancy.acting import Actor

_LEFT_OUT = ("tenancy_auditentry", "tenancy_audithead", "django_session")


@pytest.fixture
def towns(database: Path, moved: Path) -> Actor:  # noqa: ARG001 - the towns are put into it
    """見本町, loaded and since written to, beside 例示村."""
    from tests.issuance.town import people

    from yakuba.tenancy.models import Municipality

    for code, name in ((TOWN_A, "見本町"), (TOWN_B, "例示村")):
        Municipality.objects.create(code=code, name=name, kana="", prefecture="見本県")
    people(TOWN_B)
    actor = system(TOWN_A)
    load(moved, actor)
    one = queries.usual_residents(actor, most=1, place="試験")[0]
    add_history(actor, one, {"異動事由": "32", "住所_方書": "コーポ誤り"}, 1, reason="誤った更新")
    return actor


def state(municipality: str) -> dict[str, str]:
    """Digest of everything a municipality has in every table behind the wall, as the owner sees it inside."""
    found = {}
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT set_config('yakuba.municipality', %s, false)", [municipality])
        cursor.execute(
            "SELECT table_name FROM information_schema.columns WHERE column_name = 'municipality'"
            " AND table_schema = 'public' ORDER BY 1"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(
                f"SELECT coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '') FROM {table} t"  # noqa: S608
                " WHERE municipality = %s",
                [municipality],
            )
            found[str(table)] = sha256(cursor.fetchone()[0].encode()).hexdigest()
        cursor.execute("SELECT set_config('yakuba.municipality', '', false)")
    return {name: digest for name, digest in found.items() if name not in _LEFT_OUT}


def words(vault: Sealed, saved: Path, *more: str) -> list[str]:
    return ["backup", "put-back", "--municipality", TOWN_A, "--vault", vault.place, "--identity", str(vault.identity),
            "--saved", str(saved), "--reason", "誤った更新の取消し", *more]  # fmt: skip


def addresses() -> dict[str, str]:
    found = embedded.start(prepared())
    return {"DATABASE_URL": found.app, "DATABASE_OWNER_URL": found.owner, "YAKUBA_HOME": str(prepared())}


def lines(folder: Path) -> dict[str, list[bytes]]:
    found = sorted((folder / "data").rglob("*.csv"))
    return {path.relative_to(folder).as_posix(): sorted(path.read_bytes().splitlines()) for path in found}


def test_the_town_is_as_it_was_and_its_neighbour_as_it_is(
    towns: Actor, vault: Sealed, moved: Path, tmp_path: Path
) -> None:
    from yakuba.issuance.models import Image
    from yakuba.registry.services import export

    right = dict(imprints(moved))
    first, *rest = sorted(right)
    keep_images(
        towns, [(name, right[name]) for name in rest[1:]] + [(first, right[rest[0]]), ("later.png", right[first])]
    )
    neighbour, before = state(TOWN_B), state(TOWN_A)
    told = yakuba(*words(vault, tmp_path / "saved"), more=addresses())
    assert (told.returncode, "1 件" in told.stdout) == (2, True), told.stderr
    assert state(TOWN_A) == before
    done = yakuba(*words(vault, tmp_path / "saved", "--yes"), more=addresses())
    assert done.returncode == 0, done.stderr
    assert "written since: 1 件" in done.stdout
    assert "pictures: 2 枚" in done.stdout  # one was another's, one was missing
    with wall(TOWN_A):
        held = {name: bytes(data) for name, data in Image.objects.order_by("id").values_list("name", "data")}
    assert held == right | {"later.png": right[first]}
    export(tmp_path / "now", towns, "kihon")
    assert lines(tmp_path / "now") == lines(moved)
    saved = lines(tmp_path / "saved")["data/001_juminkihondaicho/juminjoho.csv"]
    assert len(saved) == len(lines(moved)["data/001_juminkihondaicho/juminjoho.csv"]) + 1
    assert [line for line in saved if "コーポ誤り".encode() in line]
    assert state(TOWN_B) == neighbour
    assert queries.search(towns, queries.usual_residents(towns, most=1, place="試験")[0]).total == 1


def test_the_programs_own_role_may_not(towns: Actor, vault: Sealed, tmp_path: Path) -> None:
    before = state(TOWN_A)
    with pytest.raises(CannotContinueError, match="所有者"):
        put_back(Wanted(vault.source, tmp_path / "saved", "試験"), towns)
    assert {name: digest for name, digest in state(TOWN_A).items() if name.startswith("registry_")} == {
        name: digest for name, digest in before.items() if name.startswith("registry_")
    }


@pytest.mark.usefixtures("towns")
@pytest.mark.parametrize(
    "table",
    [
        "registry_statistic",  # the records are gone already when it is waited for
        "issuance_image",  # the records of then are there, their pictures are not
    ],
)
def test_killed_in_the_middle_it_has_never_happened(vault: Sealed, tmp_path: Path, table: str) -> None:
    before = {town: state(town) for town in (TOWN_A, TOWN_B)}
    with connections["owner"].cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
        command = [str(Path(sys.executable).with_name("yakuba")), *words(vault, tmp_path / "saved", "--yes")]
        child = subprocess.Popen(
            command, env=os.environ | addresses(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        waits = f"SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = '{table}'::regclass"  # noqa: S608
        _wait_for(cursor, waits)
        child.send_signal(signal.SIGKILL)
        child.wait()
        cursor.execute("ROLLBACK")
        _wait_for(cursor, "SELECT count(*) = 0 FROM pg_locks WHERE relation = 'registry_record'::regclass")
    assert {town: state(town) for town in (TOWN_A, TOWN_B)} == before


def _wait_for(cursor: Any, question: str) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        cursor.execute(question)
        if cursor.fetchone()[0]:
            return
        time.sleep(0.05)
    pytest.fail(f"never came true: {question}")
