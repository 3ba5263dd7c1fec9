"""A state that is lost, damaged, half-written or of another chain never makes a wrong generation.

Oracle: the rows of the last feed. What is done to the state is done to its files from outside.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
from typing import TYPE_CHECKING

import pytest
from tests.vault.power import Disk
from tests.vault.tables.town import ALIASES, KEYS, Table, Town, Vault, expected, feed, write

from yakuba.kernel.errors import UsageError
from yakuba.vault.tables.proving import proved
from yakuba.vault.tables.state import State
from yakuba.vault.tables.writing import write_full

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COLUMNS = (*KEYS[ALIASES], "通称")


def town(day: int) -> Town:
    rows = [(f"{number:015d}", "1", "甲" if number % 7 else f"乙{day}") for number in range(200 + day)]
    return {ALIASES: Table(COLUMNS, rows)}


def vault_of(folder: Path, days: int) -> Vault:
    vault = Vault(folder / "vault")
    for day in range(days):
        vault.backup(write(folder / str(day), town(day)))
    return vault


def test_a_state_that_is_there_gives_deltas(tmp_path: Path) -> None:
    vault = vault_of(tmp_path, 3)
    assert [one.kind for one in vault.written] == ["full", "delta", "delta"]
    assert vault.written[2].changed == {"住民基本台帳/通称履歴": (30, 29)}


def newest(vault: Vault) -> Path:
    return max((vault.state / "vault").glob("*.state"))


def oldest(vault: Vault) -> Path:
    return min((vault.state / "vault").glob("*.state"))


def cut(file: Path) -> None:
    os.truncate(file, file.stat().st_size - 1)


def flip(place: int, mask: int = 4) -> Callable[[Path], None]:
    def change(file: Path) -> None:
        data = bytearray(file.read_bytes())
        data[place] ^= mask
        file.write_bytes(data)

    return change


@pytest.mark.parametrize("which", [newest, oldest])
@pytest.mark.parametrize("harm", [cut, flip(0), flip(60), flip(200), flip(-1), flip(-200), lambda file: file.unlink()])
def test_a_doubtful_state_makes_the_next_backup_full(
    tmp_path: Path, which: Callable[[Vault], Path], harm: Callable[[Path], None]
) -> None:
    vault = vault_of(tmp_path, 3)
    harm(which(vault))
    assert vault.backup(write(tmp_path / "next", town(9))).kind == "full"
    assert vault.restored(3) == expected(town(9))


def test_a_generation_whose_state_was_not_kept_makes_the_next_one_full(tmp_path: Path) -> None:
    vault = vault_of(tmp_path, 2)
    vault.backup(write(tmp_path / "a", town(5)), keep=False)
    assert vault.backup(write(tmp_path / "b", town(6))).kind == "full"
    assert vault.backup(write(tmp_path / "c", town(7))).kind == "delta"
    assert [vault.restored(number) == expected(town(day)) for number, day in enumerate([0, 1, 5, 6, 7])] == [True] * 5


def test_a_state_of_a_generation_that_never_was_does_not_count(tmp_path: Path) -> None:
    vault = vault_of(tmp_path, 2)
    before = list(vault.generations)
    vault.backup(write(tmp_path / "a", town(5)))
    vault.generations, vault.written = before, vault.written[:2]
    vault.written[1].path.with_name("2.object").unlink()
    assert vault.backup(write(tmp_path / "b", town(6))).kind == "delta"
    assert vault.restored(2) == expected(town(6))


def test_another_writers_generation_between_makes_it_full(tmp_path: Path) -> None:
    vault = vault_of(tmp_path, 2)
    vault.generations.insert(1, (7, "f" * 64))
    known = State(vault.state).opened("vault", vault.generations)
    assert known.basis is None
    assert "doubt" in known.why


def test_whenever_the_power_goes_while_the_state_is_kept_the_next_generation_is_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Around every sync, in every form the disk may then have; the entry may have come to be afterwards or not."""
    vault, found, busy = Vault(tmp_path / "vault"), list[str](), list[bool]()
    vault.state.mkdir(parents=True)
    moments = iter(range(1_000))

    def moment() -> None:
        if busy:
            return
        busy.append(True)
        for world in disk.worlds(tmp_path / str(next(moments))):
            for entered in (False, True):
                trial = Vault(vault.folder)
                trial.generations = vault.generations + ([vault.pending[0]] if entered else [])
                trial.written = vault.written + ([vault.pending[1]] if entered else [])
                trial.number, trial.state = 100 + len(found), tmp_path / "world"
                shutil.copytree(world, trial.state)
                found.append(trial.backup(given).kind)
                assert trial.restored(len(trial.written) - 1) == expected(town(8))
                shutil.rmtree(trial.state)
        busy.clear()

    given = write(tmp_path / "given", town(8))
    disk = Disk(vault.state, monkeypatch, moment)
    for day in range(3):
        vault.backup(write(tmp_path / f"day{day}", town(day)))
    with capsys.disabled():
        sys.stdout.write(
            f"\n{len(found)} moments and disks: {found.count('delta')} deltas, {found.count('full')} full\n"
        )
    assert {"full", "delta"} == set(found)


def test_whatever_byte_of_the_state_decays_no_difference_is_sealed_that_does_not_verify(tmp_path: Path) -> None:
    """Every byte of every file, always another bit: the difference is refused and says what to do, or it is right."""
    small = [(f"{number:015d}", "1", "甲") for number in range(12)]
    vault = Vault(tmp_path / "small")
    vault.backup(write(tmp_path / "s0", {ALIASES: Table(COLUMNS, small)}))
    vault.backup(write(tmp_path / "s1", {ALIASES: Table(COLUMNS, small[1:])}))
    given = write(tmp_path / "d", {ALIASES: Table(COLUMNS, [(small[3][0], "1", "丙"), ("9", "1", "丁")])})
    write(given, {ALIASES: Table(COLUMNS[:2], [small[5][:2]])}, below="deleted")
    after = {ALIASES: Table(COLUMNS, [*(small[at] for at in (1, 2, 4, 6, 7, 8, 9, 10, 11)), (small[3][0], "1", "丙"),
                                      ("9", "1", "丁")])}  # fmt: skip
    sound = vault.generations[:], vault.written[:]
    tried = refused = right = 0
    for file in sorted((vault.state / "vault").glob("*.state")):
        whole = file.read_bytes()
        for place in range(len(whole)):
            tried += 1
            flip(place, 1 << place % 8)(file)
            try:
                vault.backup(given, keep=False)
            except UsageError as error:
                refused += "全件の控え" in error.remedy
            else:
                assert vault.restored(2) == expected(after), f"{file.name} byte {place} gave a wrong generation"
                assert list(proved(vault.line(2))) == [[], [], []], f"{file.name} byte {place}"
                right += 1
                vault.written[2].path.unlink()
            vault.generations, vault.written = sound[0][:], sound[1][:]
            (vault.folder / "2.object").unlink(missing_ok=True)
        file.write_bytes(whole)
    assert vault.backup(given).kind == "delta"
    assert vault.restored(2) == expected(after)
    assert (tried > 1_000, refused + right) == (True, tried)


def test_only_its_owner_reads_it_and_nobody_of_the_town_is_in_it(tmp_path: Path) -> None:
    vault = vault_of(tmp_path, 2)
    assert stat.S_IMODE((vault.state / "vault").stat().st_mode) == 0o700
    for file in (vault.state / "vault").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert "乙".encode() not in file.read_bytes()
        assert b"000000000000101" not in file.read_bytes()


def test_tidy_keeps_what_the_next_delta_needs_and_no_more(tmp_path: Path) -> None:
    vault = vault_of(tmp_path, 3)
    vault.backup(write(tmp_path / "f", town(4)), full=True)
    vault.backup(write(tmp_path / "g", town(5)))
    State(vault.state).opened("vault", vault.generations).tidy(vault.generations)
    assert len(list((vault.state / "vault").iterdir())) == 2
    assert vault.backup(write(tmp_path / "h", town(6))).kind == "delta"


def test_a_difference_without_a_state_is_refused_and_says_what_to_do(tmp_path: Path) -> None:
    vault = vault_of(tmp_path, 1)
    newest(vault).unlink()
    given = write(tmp_path / "d", {ALIASES: Table(COLUMNS, [("1", "1", "丙")])})
    (given / "deleted").mkdir()
    with pytest.raises(UsageError, match="全件の控え"):
        vault.backup(given)
    with pytest.raises(UsageError, match="全件の控え"):
        write_full(feed(given), State(vault.state), tmp_path / "x")
