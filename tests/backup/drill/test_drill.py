"""Drills that pass, and vaults that are old or went back. Right is the issue's list, and the files that were sealed."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from django.db import connections
from tests.backup.bcp.vaults import Sealed, sealed
from tests.backup.drill.drills import alarms, codes, drill

from yakuba import __version__
from yakuba.backup import signing
from yakuba.backup.drill import judging
from yakuba.backup.models import Check
from yakuba.kernel.errors import NotProvenError
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.tenancy.acting import Actor


def test_a_town_comes_to_life_and_the_record_is_signed_and_names_nobody(
    vault: Sealed, centre: Actor, moved: Path
) -> None:
    held = drill(vault, centre)
    assert held.findings == ()
    document = json.loads(held.files[0].read_text("utf-8"))
    assert signing.holds(document, "drill")
    assert document["searched"] == 20
    assert len(document["papers"]) == 20
    lines = [path.read_bytes().count(b"\n") - 1 for path in (moved / "data").rglob("*.csv")]
    assert sorted(one["counted"] for one in document["tables"]) == sorted(lines)
    text = held.files[0].read_text("utf-8") + held.files[1].read_text("utf-8")
    people = (moved / "data/001_juminkihondaicho/juminjoho.csv").read_text("utf-8").splitlines()[1:]
    assert not [number for number in {line.split(",")[1] for line in people} if number and number in text]
    assert not signing.holds(document | {"ok": False}, "drill")
    assert alarms(centre) == []
    with wall(centre.municipality):
        assert [(one.kind, one.ok) for one in Check.objects.all()] == [("drill", True)]


@pytest.mark.usefixtures("quickly")
def test_old_then_good_then_gone_back_then_another_history(moved: Path, tmp_path: Path, centre: Actor) -> None:
    vault = sealed(tmp_path, moved, hours=49)
    old = drill(vault, centre)
    assert codes(old) == {"old"}
    assert alarms(centre) == ["drill"]
    before = shutil.copytree(vault.folder / "vault", tmp_path / "before")
    vault.take(moved, 1.0)
    good = drill(vault, centre, "good")
    assert good.ok
    assert alarms(centre) == []
    assert good.document["papers"] == old.document["papers"]
    shutil.rmtree(vault.folder / "vault")
    shutil.copytree(before, vault.folder / "vault")
    assert codes(drill(vault, centre, "back")) >= {"replayed", "rolled_back"}
    other = sealed(tmp_path / "other", moved, 3.0)
    other.take(moved, 1.0)
    assert codes(drill(other, centre, "other")) == {"rolled_back"}
    assert alarms(centre) == ["drill"]
    _spoil(centre)
    with pytest.raises(NotProvenError, match="書き換えられて"):
        drill(vault, centre, "second")


def _spoil(centre: Actor) -> None:
    """Somebody with the database makes the records of drills say something else."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT set_config('yakuba.municipality', %s, false)", [centre.municipality])
        cursor.execute("UPDATE drill_drill SET document = jsonb_set(document, '{number}', '0') WHERE ok")
        cursor.execute("SELECT set_config('yakuba.municipality', '', false)")


@pytest.mark.usefixtures("quickly")
def test_a_flipped_byte_fails_and_nothing_is_left_behind(vault: Sealed, centre: Actor) -> None:
    (sealed_object,) = (vault.folder / "vault" / "objects").iterdir()
    sealed_object.chmod(0o600)
    content = bytearray(sealed_object.read_bytes())
    content[len(content) // 2] ^= 1
    sealed_object.write_bytes(content)
    held = drill(vault, centre)
    assert codes(held) == {"stopped"}
    assert alarms(centre) == ["drill"]


def test_the_rules_that_no_vault_can_be_made_for() -> None:
    """What only a fault in Yakuba could bring about is told all the same."""
    tables = [{"table": "業務/表", "sealed": 2, "counted": 2, "digest": "0"}]
    loaded = {"residents": 1, "tables": {"業務/表": 2}}
    good = {"tables": tables, "loaded": loaded, "usual": 1, "searched": 1, "missed": 0,
            "known": 0, "asked": 0, "totals": {"differing": []},
            "papers": {"m": ["s", "d"]}, "originals": 1, "differing": 0}  # fmt: skip
    former = {"version": __version__, "papers": {"m": ["s", "d"]}}

    def told(**changes: object) -> set[str]:
        return {code for code, _ in judging.of_answer(good | changes, former)}

    assert told() == set()
    assert told(loaded={"residents": 1, "tables": {"業務/表": 1}}) == {"counts_differ"}
    assert told(totals={"differing": [["業務/表", "税額", "0"]]}) == {"totals_differ"}
    assert told(missed=1) == {"search_missed"}
    assert told(asked=3) == {"known_missing"}
    assert told(papers={}) == {"no_paper"}
    assert told(papers={"m": ["s", "other"]}) == {"paper_differs"}
    assert told(papers={"m": ["changed", "other"]}) == set()
    assert told(differing=1) == {"original_differs"}
    assert told(stopped="…") == {"stopped"}
