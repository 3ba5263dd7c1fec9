"""Uploads within limits that an installation sets: what is beyond them is told in Japanese, and nothing stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from playwright.sync_api import expect
from tests.tenancy.cast import cast
from tests.world import TOWN_A

from yakuba.registry.moves.material import wrong_kind
from yakuba.registry.moves.store import moves, place

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page
    from tests.tenancy.cast import Cast

__all__ = ["cast"]
ROW = b"A,B\r\n1,2\r\n"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YAKUBA_HOME", str(tmp_path / "home"))


def send(cast: Cast, *files: tuple[str, bytes]) -> Any:
    client = cast.client("administrator")
    dump = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post("/migration/new/upload/", {"identifier": "0123456789abcdef", "name": "旧", "dump": dump})


def left() -> list[str]:
    """What lies in the municipality's place after a refusal."""
    assert moves(TOWN_A) == []
    return [path.name for path in place(TOWN_A).glob("*")] if place(TOWN_A).is_dir() else []


@pytest.mark.parametrize(
    ("limits", "files", "said"),
    [
        ({"UPLOAD_BYTES": 3 * 1024**2}, [("A.CSV", b"1" * (2 * 1024**2)), ("B.CSV", b"1" * (2 * 1024**2))], "3.0"),
        ({"UPLOAD_BYTES": 100}, [("A.CSV", b"1" * 4 * 1024**2)], "100"),
        ({"UPLOAD_FILES": 2}, [("A.CSV", ROW), ("B.CSV", ROW), ("C.CSV", ROW)], "一度に送れるのは2個まで"),
        ({"UPLOAD_KINDS": ["csv"]}, [("A.CSV", ROW), ("run.exe", ROW)], "「run.exe」は受け付けない種類"),
    ],
    ids=["bytes as they come", "bytes announced", "files", "kinds"],
)
def test_what_is_beyond_the_limits_is_told_and_not_kept(
    cast: Cast, limits: dict[str, Any], files: list[tuple[str, bytes]], said: str
) -> None:
    with override_settings(**limits):
        answer = send(cast, *files)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "始められませんでした" in page
    assert said in page
    assert left() == []


def test_what_is_within_the_limits_goes_in(cast: Cast) -> None:
    with override_settings(UPLOAD_FILES=2, UPLOAD_BYTES=2 * len(ROW), UPLOAD_KINDS=["csv"]):
        answer = send(cast, ("A.CSV", ROW), ("B.csv", ROW))
    assert answer.status_code == 302
    [move] = moves(TOWN_A)
    assert [name for name, _ in move.files() if name.lower().endswith("csv")] == ["A.CSV", "B.csv"]


def test_more_files_than_any_form_has_are_our_sentence_and_no_bare_refusal(cast: Cast) -> None:
    answer = send(cast, *[(f"{number}.CSV", ROW) for number in range(130)])
    assert answer.status_code == 200
    assert "一度に送れるのは100個まで" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "taken"),
    [("JUKI.CSV", True), ("JUKI", True), ("JUKI.001", True), ("a.tar.gz", True), ("a.exe", False), ("a.csv.js", False)],
)
def test_kinds_are_the_ends_of_names(name: str, taken: bool) -> None:
    assert (wrong_kind(name) == "") is taken
    with override_settings(UPLOAD_KINDS=[]):
        assert wrong_kind(name) == ""


def test_the_page_tells_before_anything_is_sent(enter: Callable[..., Page], tmp_path: Path) -> None:
    page = enter("mover")
    page.goto("/migration/new/")
    expect(page.locator("main").first).to_contain_text("一度に100個、8.0")
    field = page.locator("input[type=file]")
    field.evaluate("input => { input.dataset.mostBytes = '10'; }")
    path = tmp_path / "JUKI.CSV"
    path.write_bytes(b"1" * 11)
    field.set_input_files(path)
    expect(page.locator(".error")).to_contain_text("一度に送れるのは")
    page.fill("#upload_name", "旧システム")
    page.get_by_role("button", name="送って始める").click()
    assert page.url.endswith("/migration/new/")
    (tmp_path / "SMALL.CSV").write_bytes(b"1" * 9)
    field.set_input_files(tmp_path / "SMALL.CSV")
    expect(page.locator(".error")).to_have_text("")
