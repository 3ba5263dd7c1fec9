"""Which generation is opened, and what is not: another town's, an unknown day, a wrong key, a folder in use."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.backup.bcp.vaults import NOW, Sealed
from tests.world import TOWN_B

from yakuba.backup.bcp.fetching import FIRST, chosen, fetch, parted
from yakuba.backup.bcp.opening import Declaration, open_town
from yakuba.kernel.errors import CannotContinueError, NotProvenError, UsageError
from yakuba.kernel.town_time import JAPAN
from yakuba.registry.services.generation import generation

if TYPE_CHECKING:
    from pathlib import Path


def test_the_newest_of_a_day_is_chosen(vault: Sealed) -> None:
    chain = vault.source.chain()
    assert chosen(chain).number == 2
    assert chosen(chain, number=1).number == 1
    day = (NOW - timedelta(hours=48)).astimezone(JAPAN).date()
    assert chosen(chain, as_of=day).number == 1
    with pytest.raises(UsageError, match="世代がありません"):
        chosen(chain, as_of=day - timedelta(days=1))
    with pytest.raises(UsageError):
        chosen(chain, number=77)


def test_the_counter_comes_first_and_nothing_is_left_out(vault: Sealed) -> None:
    newest = chosen(vault.source.chain())
    first, rest = parted(newest)
    assert {name.partition("/")[0] for name in first} <= set(FIRST)
    assert "住民基本台帳/住民情報" in first
    assert sorted([*first, *rest]) == sorted(newest.health)


def test_another_towns_vault_and_another_signer_are_refused(vault: Sealed) -> None:
    with pytest.raises(UsageError, match="another municipality"):
        vault.of(TOWN_B).chain()
    with pytest.raises(NotProvenError):
        replace(vault.source, signer="0" * 40).chain()


def test_a_wrong_key_opens_nothing(vault: Sealed, tmp_path: Path) -> None:
    from yakuba.vault.keys import make_keys

    make_keys(tmp_path / "keys")
    other = replace(vault.source, identity=tmp_path / "keys" / "identity.txt")
    with pytest.raises(CannotContinueError):
        fetch(other, 1, tmp_path / "out")
    assert not [path for path in (tmp_path / "out").rglob("*") if path.is_file()]


def test_what_was_restored_is_read_as_it_was_sealed(vault: Sealed, moved: Path, tmp_path: Path) -> None:
    fetch(vault.source, 2, tmp_path / "out")
    run = generation(tmp_path / "out")
    assert run.municipality == vault.code
    assert run.as_of == (NOW - timedelta(hours=2)).astimezone(JAPAN).date()
    files = {path.relative_to(moved / "data").as_posix() for path in (moved / "data").rglob("*.csv")}
    assert {f"{table.folder}/{table.group}.csv" for table in run.tables} == files
    for table in run.tables:
        reading = table.proof.reading(table.title, table.columns, table.csv)
        assert sum(block.height for block in reading.blocks()) == table.rows
        assert reading.holds()


def test_a_file_changed_after_the_restore_is_noticed_while_it_is_read(vault: Sealed, tmp_path: Path) -> None:
    fetch(vault.source, 2, tmp_path / "out")
    run = generation(tmp_path / "out")
    table = next(one for one in run.tables if one.rows)
    content = table.csv.read_bytes()
    assert b"990019," in content
    table.csv.write_bytes(content.replace(b"990019,", b"990018,", 1))
    reading = table.proof.reading(table.title, table.columns, table.csv)
    assert sum(block.height for block in reading.blocks()) == table.rows
    assert not reading.holds()


def test_a_folder_of_something_else_is_left_alone(vault: Sealed, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("大切", "utf-8")
    with pytest.raises(UsageError, match="空では"):
        open_town(Declaration(vault.source, tmp_path, "試験", "test"))
    with pytest.raises(UsageError, match="理由"):
        open_town(Declaration(vault.source, tmp_path, " ", "test"))
    with pytest.raises(CannotContinueError, match="別のデータベース"):
        open_town(Declaration(vault.source, tmp_path / "new", "試験", "test"))
    assert (tmp_path / "mine.txt").read_text("utf-8") == "大切"
    shutil.rmtree(tmp_path)


def test_no_restored_folder_is_no_generation(tmp_path: Path) -> None:
    with pytest.raises(CannotContinueError, match="復元した世代"):
        generation(tmp_path)
