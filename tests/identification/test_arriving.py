"""From a font to the workbench: by the screen's upload and the worker, and by a command on the server.

A quick stand-in looks for candidates, as the model is tested elsewhere; reading, the queue and the database are real.
"""

from __future__ import annotations

import shutil
from threading import Event
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.characters.glyphs import stand_in
from tests.characters.glyphs.fonts import CROSS, FRAME, ROUND, font
from tests.identification.test_ledger import settled
from tests.world import TOWN_A, TOWN_B

from yakuba.characters import tables
from yakuba.characters.vendor import Likeness
from yakuba.cli import root
from yakuba.identification import queries
from yakuba.identification.standing import Choice, State
from yakuba.kernel.errors import UsageError
from yakuba.registry import jobs
from yakuba.registry.jobs.worker import work
from yakuba.registry.moves.store import place

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tenancy.cast import Cast

    from yakuba.tenancy.acting import Actor

USAGE = "外字コード,氏名,フリガナ\nU+E000,渡〓　花子,ワタナベ　ハナコ\n" + "U+E001,〓田　太郎,タダ　タロウ\n" * 4
TEN = Choice(tables.name_by_form()["十"], Likeness.SAME)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yakuba.characters.glyphs.identify.identify", stand_in.identify)
    monkeypatch.setattr("yakuba.tenancy.database.ready.ready", lambda: None)  # it is running


def sent(
    cast: Cast, who: str, town: str, content: bytes, usage: str | None = USAGE, encoding: str = "cp932", **more: str
) -> int:
    """Send the form; gives the status of the answer."""
    fields: dict[str, object] = {"municipality": town, "name": "旧システムAの外字", "vendor": "旧システムA", **more}
    fields["font"] = SimpleUploadedFile("GAIJI.TTE", content)
    if usage is not None:
        fields["usage"] = SimpleUploadedFile("shiyo.csv", usage.encode(encoding))
    return cast.client(who).post("/group/characters/new/upload/", fields).status_code


@pytest.mark.parametrize("who", ["clerk", "operator"])
def test_what_is_uploaded_is_read_and_its_files_go(cast: Cast, who: str) -> None:
    """The list is in CP932, as Excel saves it; an operator sends for a town of the group."""
    assert sent(cast, who, TOWN_A, font({0xE000: CROSS, 0xE001: FRAME})) == 302
    work(Event(), until_empty=True)
    (group, progress), *others = queries.collections(cast.clerk)
    assert not others
    assert (group.name, group.source, progress.waiting) == ("旧システムAの外字", "GAIJI.TTE", 2)
    assert group.by == (cast.clerk.name if who == "clerk" else "共同利用の運用者")
    _, every = queries.collection(cast.clerk, group.id)
    assert [(one.private, one.people) for one in every] == [("\ue001", 4), ("\ue000", 1)]
    assert [one.text for one in queries.page(cast.clerk, every[0].id).names] == ["〓田"]
    assert [path for path in place(TOWN_A).glob("**/*") if path.is_file()] == []
    page = cast.client(who).get("/group/characters/").content.decode()
    assert "2字を読み取りました" in page


def test_codes_that_can_be_both_are_read_as_somebody_says(cast: Cast, tmp_path: Path) -> None:
    """Both ways of bringing a font say which way was taken, and both let a person say the other."""
    both = font({0xF041: CROSS}, format_=(3, 0))
    (tmp_path / "a.ttf").write_bytes(both)
    for way in ("", "cp932"):
        assert sent(cast, "clerk", TOWN_A, both, None, codes=way) == 302
    work(Event(), until_empty=True)
    told = [len((state.result or {})["findings"]) for state in jobs.newest(cast.clerk, "identify", limit=2)]
    assert sorted(told) == [0, 1]
    assert "glyph_code_ambiguous" in taken(tmp_path / "a.ttf", TOWN_A)
    assert "glyph_code_ambiguous" not in taken(tmp_path / "a.ttf", TOWN_A, "--codes", "cp932")
    names = [queries.collection(cast.clerk, one.id)[1][0].name for one, _ in queries.collections(cast.clerk)]
    assert sorted(names) == ["U+E001 (F041)"] * 2 + ["U+F041"] * 2
    assert sent(cast, "clerk", TOWN_A, both, None, codes="ebcdic") == 200


def test_what_cannot_be_read_is_said_and_its_files_go(cast: Cast) -> None:
    assert sent(cast, "clerk", TOWN_A, b"no font at all", None) == 302
    work(Event(), until_empty=True)
    (state,) = jobs.newest(cast.clerk, "identify")
    assert state.state == "failed"
    assert "書体でも画像でもない" in state.message
    assert [path for path in place(TOWN_A).glob("**/*") if path.is_file()] == []
    assert queries.collections(cast.clerk) == []


def test_an_upload_for_another_town_or_without_a_font_is_refused(cast: Cast) -> None:
    assert sent(cast, "clerk", TOWN_B, font({0xE000: CROSS})) == 200
    answer = cast.client("clerk").post("/group/characters/new/upload/", {"municipality": TOWN_A, "name": "外字"})
    assert "外字の書体または画像を選んでください" in answer.content.decode()
    assert sent(cast, "nobody", TOWN_A, font({0xE000: CROSS})) == 403
    assert jobs.newest(cast.clerk, "identify") == []


def test_no_job_is_given_a_folder_that_is_more_than_an_upload(cast: Cast) -> None:
    """What it reads is removed afterwards; a whole migration lies beside it."""
    move = place(TOWN_A) / "0123456789abcdef"
    inner = move / ".incoming-1"
    inner.mkdir(parents=True)
    for folder in (move, inner):
        (folder / "font.ttf").write_bytes(font({0xE000: CROSS}))
        given = {"font": "font.ttf", "usage": "", "source": "", "name": "外字", "vendor": "", "codes": ""}
        with pytest.raises(UsageError, match="置き場所が違います"):
            jobs.start(cast.clerk, "identify", folder=str(folder.resolve()), **given)
    with pytest.raises(UsageError):
        jobs.start(cast.clerk, "identify", folder=str(place(TOWN_A).resolve()), **given)
    shutil.rmtree(move)


def taken(path: Path, town: str, *more: str) -> str:
    words = ["characters", "take", str(path), "--municipality", town, "--name", "旧システムAの外字", *more]
    result = CliRunner().invoke(root, words, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_a_second_town_with_another_font_of_the_same_vendor_starts_with_what_is_decided(
    cast: Cast, neighbours: tuple[Actor, Actor], tmp_path: Path
) -> None:
    """Other units, other codes, other glyphs around it: a shape is a shape."""
    first, second = tmp_path / "a.ttf", tmp_path / "b.ttf"
    first.write_bytes(font({0xE000: CROSS, 0xE001: FRAME}))
    second.write_bytes(font({0xE0A3: CROSS, 0xE0A4: ROUND}, units=2000, spare=3))
    assert "2 字 glyphs" in taken(first, TOWN_A)
    made = queries.collections(cast.clerk)[0][0].id
    settled(cast.clerk, cast.protector, made, {0: TEN})
    taken(second, TOWN_B)
    _, every = queries.collection(neighbours[0], queries.collections(neighbours[0])[0][0].id)
    assert [(one.name, one.state) for one in every] == [
        ("U+E0A3 (F0E4)", State.OFFERED), ("U+E0A4 (F0E5)", State.OPEN),
    ]  # fmt: skip


def test_the_command_writes_what_is_decided(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "a.ttf"
    path.write_bytes(font({0xE000: CROSS, 0xE001: FRAME}))
    taken(path, TOWN_A)
    made = queries.collections(cast.clerk)[0][0].id
    settled(cast.clerk, cast.protector, made, {0: TEN})
    words = ["characters", "export", "--municipality", TOWN_A, "--out", str(tmp_path / "out")]
    result = CliRunner().invoke(root, words, catch_exceptions=False)
    assert "決定 decided 1 / 2" in result.output
    assert {one.name for one in (tmp_path / "out").iterdir()} == {f"{made}-gaiji.csv", f"{made}-vendor.zip"}
    with pytest.raises(UsageError, match="is not empty"):
        CliRunner().invoke(root, words, catch_exceptions=False)
