"""Whole or a difference: as it is said; in doubt it is asked, and nothing is sealed. Pictures beside the tables.

Oracle: rows and bytes that the test wrote.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.vault.hall import FIRST, Hall, small_town
from tests.vault.tables.town import ALIASES, Table, Town, expected, upserted, write

from yakuba.cli import main
from yakuba.kernel.errors import CannotContinueError, Exit, NotProvenError, UsageError
from yakuba.vault.chain import read_chain
from yakuba.vault.services.backup import backup
from yakuba.vault.services.compact import compact
from yakuba.vault.services.restore import restore
from yakuba.vault.services.verify import verify
from yakuba.vault.store import open_store
from yakuba.vault.tables import pictures

if TYPE_CHECKING:
    from pathlib import Path

MANY = small_town(0, people=250)
SOME: Town = {ALIASES: Table(MANY[ALIASES].columns, [("1003", "1", "改"), ("9", "1", "新")])}


def again(hall: Hall, feed: Path, **more: bool | Path) -> None:
    at = FIRST + timedelta(days=len(hall.towns) + 1)
    given = {"keys": hall.keys, "state": hall.folder / "state", "standard": "kihon", "as_of": at, "now": at}
    made = backup(hall.place, feed, **given, **more)  # type: ignore[arg-type]
    hall.towns[made.number] = upserted(MANY, SOME, {})


@pytest.fixture
def some(hall: Hall) -> Path:
    """A difference that has lost its deleted/."""
    hall.backup(MANY)
    return write(hall.folder / "some", SOME)


def entries(hall: Hall) -> int:
    return len(read_chain(open_store(hall.place)).entries)


def test_a_feed_that_looks_like_a_part_is_asked_about_and_nothing_is_sealed(hall: Hall, some: Path) -> None:
    with pytest.raises(UsageError, match=r"全件か差分か") as caught:
        again(hall, some)
    assert "--whole" in caught.value.remedy
    assert "--difference" in caught.value.remedy
    assert entries(hall) == 2
    again(hall, some, difference=True)
    assert hall.restored() == expected(upserted(MANY, SOME, {}))


def test_whoever_says_that_it_is_whole_is_believed(hall: Hall, some: Path) -> None:
    again(hall, some, difference=False)
    hall.towns[2] = SOME
    assert hall.restored() == expected(SOME)


def test_the_feeds_own_word_counts_and_a_contradiction_does_not(hall: Hall, some: Path) -> None:
    (some / "feed.toml").write_text('kind = "full"\n', "utf-8")
    (some / "deleted").mkdir()
    with pytest.raises(UsageError, match="全件なのに"):
        again(hall, some)
    for text in ('kind = "part"\n', "kind = \n"):
        (some / "feed.toml").write_text(text, "utf-8")
        with pytest.raises(UsageError, match=r"feed\.toml"):
            again(hall, some)
    assert entries(hall) == 2
    (some / "deleted").rmdir()
    (some / "feed.toml").write_text('kind = "delta"\n', "utf-8")
    again(hall, some)
    assert hall.restored() == expected(upserted(MANY, SOME, {}))


def seen(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_pictures_are_counted_by_their_changes_padded_verified_and_restored(hall: Hall) -> None:
    images = hall.folder / "imprints"
    images.mkdir()
    for at in range(120):
        (images / f"IN{at:03}.png").write_bytes(b"\x89PNG" + bytes([at]) * 3_000)
    days = []
    for day in range(3):
        (images / f"IN{day:03}.png").write_bytes(b"\x89PNG\xff\x00 anew")
        (images / f"IN{100 + day:03}.png").unlink()
        days.append(seen(images))
        hall.backup(small_town(day), images=images)
    compact(hall.place, 3, identity=hall.keys, keys=hall.keys, work=hall.folder / "w", now=FIRST + timedelta(days=9))
    verdict = verify(hall.place, identity=hall.keys)
    assert verdict.proven
    for number, kept in enumerate(days, 1):
        out = hall.folder / f"out-{number}"
        restore(hall.place, number, identity=hall.keys, out=out)
        assert seen(out / "images") == kept
        facts = json.loads((out / "generation.json").read_text("utf-8"))
        assert facts["images"] == len(kept)
        assert pictures.NAME not in {one["name"] for one in facts["tables"]}
    there = read_chain(open_store(hall.place)).entries
    assert [entry.fields["object"]["size"] < 263_000 for entry in there[2:4]] == [True, True]
    # What was restored is a feed again, pictures and all.
    hall.backup(small_town(2), day=20, images=hall.folder / "out-3" / "images")
    assert hall.restored(5) == hall.expected(5)


@pytest.mark.parametrize("name", ["two words.png", "-.png", "x" * 130, "folder"])
def test_what_is_no_picture_by_its_name_is_refused(hall: Hall, name: str) -> None:
    images = hall.folder / "imprints"
    images.mkdir()
    (images / name).mkdir() if name == "folder" else (images / name).write_bytes(b"x")
    with pytest.raises(UsageError, match="画像"):
        hall.backup(small_town(), images=images)
    (images / "large.png").write_bytes(bytes(5 << 20))
    (images / name).rmdir() if name == "folder" else (images / name).unlink()
    with pytest.raises(CannotContinueError, match="大きすぎ"):
        hall.backup(small_town(), images=images)


def test_a_picture_that_nobody_can_have_sent_is_not_written(tmp_path: Path) -> None:
    for number, row in enumerate((b"../up.png,AAAA\n", b".hidden,AAAA\n", b"a.png,*\n", b"\n")):
        with pytest.raises(NotProvenError):
            pictures.write_out(tmp_path / str(number), [b"head\n", row])
        assert list((tmp_path / str(number)).iterdir()) == []


def test_the_command_takes_both_words(hall: Hall, some: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["vault", "backup", hall.place, str(some), "--keys", str(hall.keys), "--state", str(hall.folder / "state")]
    for more, code in (((), Exit.USAGE), (("--difference",), Exit.CLEAN)):
        with pytest.raises(SystemExit) as ended:
            main([*words, *more])
        assert ended.value.code == code
    assert "--whole" in capsys.readouterr().err
