"""Moves on the disk: one form begins one move, one run has one job, and no name from outside becomes a path."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from tests.world import TOWN_A, TOWN_B

from yakuba.kernel.errors import UsageError
from yakuba.registry.moves.material import add_files, begin_with_folder, begin_with_upload, folders
from yakuba.registry.moves.store import Move, move_of, moves, place
from yakuba.web.migration.upload import Received

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ONE, TWO = "0123456789abcdef", "fedcba9876543210"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YAKUBA_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def arrived(tmp_path: Path) -> Callable[[str, bytes], Received]:
    def make(name: str, content: bytes = b"A,B\r\n1,2\r\n") -> Received:
        path = tmp_path / f"upload-{len(list(tmp_path.iterdir()))}"
        path.write_bytes(content)
        return Received(path, name, len(content))

    return make


@pytest.fixture
def move(home: Path, arrived: Callable[..., Received]) -> Move:  # noqa: ARG001 - the folder has to be ours
    return begin_with_upload(TOWN_A, ONE, "旧システムA", "丁田　四郎", [arrived("JUKI.CSV")])


def test_a_form_sent_twice_begins_one_move(move: Move, arrived: Callable[..., Received]) -> None:
    again = begin_with_upload(TOWN_A, ONE, "ほかの名前", "丁田　四郎", [arrived("ZEI.CSV")])
    assert again == move
    assert [one.name for one in moves(TOWN_A)] == ["旧システムA"]
    assert [name for name, _ in again.files()] == ["JUKI.CSV"]


def test_another_municipality_does_not_have_it(move: Move) -> None:
    assert move_of(TOWN_A, move.identifier) == move
    assert move_of(TOWN_B, move.identifier) is None
    assert moves(TOWN_B) == []


@pytest.mark.parametrize("identifier", ["../990027", "..", "", "0123456789ABCDEF", "0123456789abcde/", "0" * 17])
def test_what_is_no_identifier_finds_nothing(move: Move, identifier: str) -> None:
    assert move_of(TOWN_A, identifier) is None
    assert (move.folder / "move.json").is_file()


@pytest.mark.parametrize("name", ["", ".bashrc", "a/b.csv", "a\\b.csv", "a\nb.csv", "C:x", "x" * 121, " x", "a\x00b"])
def test_a_name_that_is_no_file_name_is_refused(home: Path, arrived: Callable[..., Received], name: str) -> None:
    file = arrived("JUKI.CSV")
    file.__dict__["_name"] = name  # what a hostile program could hand over past Django's own cleaning
    with pytest.raises(UsageError, match="使えません"):
        begin_with_upload(TOWN_A, ONE, "x", "y", [file])
    assert list(home.rglob("*.csv")) == []


def test_two_files_of_one_name_are_refused(home: Path, arrived: Callable[..., Received]) -> None:
    with pytest.raises(UsageError, match="二つあります"):
        begin_with_upload(TOWN_A, ONE, "x", "y", [arrived("A.CSV"), arrived("A.CSV")])
    assert not (home / "moves" / TOWN_A / ONE / "move.json").exists()


def test_a_zip_with_a_password_is_refused_at_once(home: Path, arrived: Callable[..., Received], tmp_path: Path) -> None:
    del home
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("JUKI.CSV", "A,B\n")
    content = bytearray(path.read_bytes())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UsageError, match="パスワード"):
        begin_with_upload(TOWN_A, ONE, "x", "y", [arrived("A.ZIP", bytes(content))])


def test_a_zip_that_is_none_and_one_that_would_fill_the_disk(
    home: Path, arrived: Callable[..., Received], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del home
    with pytest.raises(UsageError, match="壊れている"):
        begin_with_upload(TOWN_A, ONE, "x", "y", [arrived("A.zip", b"no zip")])
    monkeypatch.setattr("yakuba.registry.moves.material.MOST_UNPACKED", 1000)
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("JUKI.CSV", b"0" * 1001)
    with pytest.raises(UsageError, match="大きすぎます"):
        begin_with_upload(TOWN_A, ONE, "x", "y", [arrived("A.zip", path.read_bytes())])


def test_a_folder_of_the_server_is_named_by_choice_only(home: Path) -> None:
    shelf = home / "dumps" / TOWN_A / "kyusystem"
    (shelf / "sub").mkdir(parents=True)
    (shelf / "sub" / "JUKI.CSV").write_text("A,B\n1,2\n")
    (home / "dumps" / TOWN_B / "tonari").mkdir(parents=True)
    assert folders(TOWN_A) == ["kyusystem"]
    for name in ("tonari", f"../{TOWN_B}/tonari", "..", "", str(shelf)):
        with pytest.raises(UsageError, match="サーバーにありません"):
            begin_with_folder(TOWN_A, ONE, "x", "y", name)
    made = begin_with_folder(TOWN_A, TWO, "x", "y", "kyusystem")
    assert [name for name, _ in made.files()] == ["sub/JUKI.CSV"]


def test_a_link_that_leads_out_of_the_folder_is_refused(home: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("A,B\n")
    shelf = home / "dumps" / TOWN_A / "kyusystem"
    shelf.mkdir(parents=True)
    (shelf / "JUKI.CSV").symlink_to(secret)
    with pytest.raises(UsageError, match="外を指しています"):
        begin_with_folder(TOWN_A, ONE, "x", "y", "kyusystem")
    assert not list(place(TOWN_A).glob("*"))


def test_what_the_work_changes_is_a_copy_not_the_original(home: Path) -> None:
    shelf = home / "dumps" / TOWN_A / "kyusystem"
    shelf.mkdir(parents=True)
    for name in ("project.toml", "JUKI.CSV"):
        (shelf / name).write_text("A,B\n")
    made = begin_with_folder(TOWN_A, ONE, "x", "y", "kyusystem")
    assert made.project.stat().st_ino != (shelf / "project.toml").stat().st_ino
    assert (made.dump / "JUKI.CSV").stat().st_ino == (shelf / "JUKI.CSV").stat().st_ino


def test_a_rehearsal_is_claimed_once(move: Move) -> None:
    assert move.claim(1, "丁田　四郎")
    assert not move.claim(1, "丁田　四郎")
    move.note(1, job=7)
    move.note(1, load=9)
    (run,) = move.runs()
    assert (run.number, run.job, run.loads, run.finished, run.outcome) == (1, 7, (9,), False, {})
    move.give_up(1)
    assert move.run(1) is None


def test_a_further_file_takes_the_place_of_one_of_its_name(move: Move, arrived: Callable[..., Received]) -> None:
    add_files(move, [arrived("JUKI.CSV", b"C\n"), arrived("gaiji.csv", b"D\n")])
    assert (move.dump / "JUKI.CSV").read_bytes() == b"C\n"
    assert [name for name, _ in move.files()] == ["JUKI.CSV", "gaiji.csv"]
