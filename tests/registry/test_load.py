"""Loads: proven or nothing, all or nothing, once, and gone only while nobody wrote."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, connection, connections, transaction
from tests.installation import prepared
from tests.registry.desk import csv_files, somebody
from tests.world import TOWN_A, TOWN_B

from yakuba.cli import root
from yakuba.kernel.errors import CannotContinueError, NotProvenError, UsageError
from yakuba.registry import queries
from yakuba.registry.models import Ledger, Load, Record, Resident, SearchEntry, Statistic
from yakuba.registry.services import add_history, export, load
from yakuba.tenancy import audit
from yakuba.tenancy.acting import NotAllowedError, system
from yakuba.tenancy.database import embedded
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from yakuba.tenancy.acting import Actor

MINOR = "32"
"""異動事由: 軽微な修正."""
TABLES = (Load, Ledger, Record, Resident, SearchEntry, Statistic)


def counts(municipality: str = TOWN_A) -> list[int]:
    with wall(municipality):
        return [table.objects.count() for table in TABLES]


def test_every_row_comes_in_and_goes_out_byte_for_byte(clerk: Actor, moved: Path, tmp_path: Path) -> None:
    loaded = load(moved, clerk)
    files = csv_files(moved)
    assert len(loaded.tables) == len(files)
    exported = export(tmp_path / "out", clerk, "kihon")
    assert csv_files(tmp_path / "out") == files
    assert exported.rows == loaded.rows == sum(loaded.tables.values())


def test_the_same_evidence_is_taken_once(town: Actor, moved: Path) -> None:
    before = counts()
    again = load(moved, town)
    assert again.already
    assert counts() == before


def test_another_municipalitys_run_is_refused(clerk: Actor, moved: Path) -> None:
    with pytest.raises(UsageError, match=TOWN_A):
        load(moved, system(TOWN_B))
    assert counts(clerk.municipality) == [0] * len(TABLES)


def test_who_may_not_load_is_told(clerk: Actor, moved: Path) -> None:
    from tests.registry.desk import counter

    with pytest.raises(NotAllowedError, match="取込み"):
        load(moved, counter(clerk))


@pytest.mark.parametrize(
    "spoiled", ["data/001_juminkihondaicho/juminjoho.csv", "evidence/evidence.json", "report.html"]
)
def test_evidence_that_does_not_verify_is_refused(clerk: Actor, run: Path, spoiled: str) -> None:
    path = run / spoiled
    content = path.read_bytes()
    other = b"2" if content[-20:-19] == b"1" else b"1"
    path.write_bytes(content[:-20] + other + content[-19:])
    with pytest.raises(NotProvenError, match="取り込みません"):
        load(run, clerk)
    assert counts() == [0] * len(TABLES)


def test_a_file_changed_while_it_is_read_takes_everything_back(
    clerk: Actor, run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from yakuba.registry.services import load as _  # noqa: F401 - the package must be there before its module is named

    module = sys.modules["yakuba.registry.services.taking_in"]
    copied = module.copy_records

    def spoil_then_copy(table, *others):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN002, ANN202
        if table.group == "yokushi":
            table.csv.write_bytes(table.csv.read_bytes().replace(b"990019", b"990027", 1))
        return copied(table, *others)

    monkeypatch.setattr(module, "copy_records", spoil_then_copy)
    with pytest.raises(NotProvenError, match="検証の後に"):
        load(run, clerk)
    assert counts() == [0] * len(TABLES)


def test_a_further_rehearsal_needs_to_be_told_to_replace(town: Actor, tmp_path: Path) -> None:
    from tests.journeys.towns import move

    other = move(tmp_path, "vendor-a", "realistic", residents=60).out
    before = counts()
    with pytest.raises(UsageError, match="already loaded"):
        load(other, town)
    assert counts() == before
    replaced = load(other, town, replace=True)
    assert replaced.replaced == 1
    assert export(tmp_path / "out", town, "kihon").rows == replaced.rows
    assert csv_files(tmp_path / "out") == csv_files(other)


def test_nothing_that_was_written_since_is_replaced(town: Actor, tmp_path: Path) -> None:
    from tests.journeys.towns import move

    other = move(tmp_path, "vendor-a", "none", residents=30).out
    one = somebody(town, removed=False, outsider=False, protected=False)
    add_history(town, one.addressee, {"異動事由": MINOR, "住所_方書": "コーポ見本"}, one.version, reason="軽微な修正")
    before = counts()
    with pytest.raises(CannotContinueError, match="1 件"):
        load(other, town, replace=True)
    assert counts() == before


def test_the_other_towns_records_stay_when_one_is_replaced(town: Actor, moved: Path, tmp_path: Path) -> None:
    from tests.journeys.towns import move

    other = move(tmp_path, "vendor-a", "none", residents=30).out
    with transaction.atomic(), wall(TOWN_B):
        taken = Load.objects.create(
            municipality_id=TOWN_B, evidence="b", signer="", standard="kihon", as_of="2026-11-20", by=""
        )
    load(other, town, replace=True)
    with wall(TOWN_B):
        assert Load.objects.get().pk == taken.pk
    assert moved.exists()


def test_a_load_killed_half_way_leaves_the_registry_as_it_was(clerk: Actor, moved: Path) -> None:
    """The records are in, the people are waited for, then the process is gone without a word."""
    owner = connections["owner"]
    with transaction.atomic(using="owner"), owner.cursor() as cursor:
        cursor.execute("LOCK TABLE registry_resident IN EXCLUSIVE MODE")
        command = [
            str(Path(sys.executable).with_name("yakuba")),
            "load",
            str(moved),
            "--municipality",
            clerk.municipality,
        ]
        found = embedded.start(prepared())
        there = os.environ | {"DATABASE_URL": found.app, "DATABASE_OWNER_URL": found.owner}
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=there)
        _wait_for(
            cursor, "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'registry_resident'::regclass"
        )
        child.send_signal(signal.SIGKILL)
        child.wait()
    with owner.cursor() as cursor:
        _wait_for(cursor, "SELECT count(*) = 0 FROM pg_locks WHERE relation = 'registry_record'::regclass")
    assert counts() == [0] * len(TABLES)
    assert not load(moved, clerk).already


def _wait_for(cursor, question: str) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - Django's cursor
    until = time.monotonic() + 60
    while time.monotonic() < until:
        cursor.execute(question)
        if cursor.fetchone()[0]:
            return
        time.sleep(0.05)
    pytest.fail(f"never came true: {question}")


def indexes() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexdef FROM pg_indexes WHERE tablename IN ('registry_resident', 'registry_searchentry')"
        )
        return {definition for (definition,) in cursor.fetchall()}


def _unindexed() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT registry_unindex()")
        return bool(cursor.fetchone()[0])


def test_a_first_load_builds_its_indexes_at_its_end_and_leaves_none_out(clerk: Actor, moved: Path) -> None:
    before = indexes()
    load(moved, clerk)
    assert indexes() == before
    with wall(TOWN_B):
        assert not _unindexed()
    assert indexes() == before


@pytest.mark.usefixtures("clerk")
def test_indexes_that_are_taken_away_and_not_made_again_are_there_all_the_same() -> None:
    before = indexes()

    def forget() -> None:
        with transaction.atomic():
            assert _unindexed()
            assert len(indexes()) < len(before)

    with pytest.raises(DatabaseError, match="not made again"):
        forget()
    assert indexes() == before


def test_the_log_says_what_was_loaded_and_by_whom(town: Actor) -> None:
    (entry,) = audit.entries(town, audit.Filter(action="load"))[0]
    assert entry.actor == "system"
    assert entry.detail["rows"] == queries.loads(town)[0].rows


def test_the_commands(clerk: Actor, moved: Path, tmp_path: Path) -> None:
    def call(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(root, arguments, standalone_mode=False)
        assert result.exception is None, result.exception
        return int(result.return_value), result.output

    code, said = call("load", str(moved), "--municipality", clerk.municipality)
    assert (code, "数え直しも一致" in said) == (0, True)
    code, said = call("load", str(moved), "--municipality", clerk.municipality)
    assert (code, "取込み済み" in said) == (0, True)
    code, said = call("export", "--municipality", clerk.municipality, "--layout", "kihon", "--out", str(tmp_path / "x"))
    assert (code, "書き出しました" in said) == (0, True)
    assert csv_files(tmp_path / "x") == csv_files(moved)


def test_the_commands_name_what_is_wrong(clerk: Actor, moved: Path, tmp_path: Path) -> None:
    def refused(*arguments: str) -> str:
        result = CliRunner().invoke(root, arguments, standalone_mode=False)
        assert isinstance(result.exception, CannotContinueError)
        return str(result.exception)

    assert "登録されていません" in refused("load", str(moved), "--municipality", "131016")
    assert "移行結果のフォルダではありません" in refused("load", str(tmp_path), "--municipality", clerk.municipality)
    out = ("--municipality", clerk.municipality, "--out", str(tmp_path / "new"))
    assert "no standard" in refused("export", "--layout", "unknown", *out)
    assert "nothing is loaded" in refused("export", "--layout", "kihon", *out)
    assert "is not empty" in refused("export", "--layout", "kihon", *out[:2], "--out", str(moved))
