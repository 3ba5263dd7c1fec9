"""Feeds in every form arrive, and what is restored is what was fed.

Oracle: the rows that the test itself wrote, compared as multisets; restore is the vault's, not this room's.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from tests.link.feeds import (
    NUMBERS,
    REGISTER,
    RESIDENTS,
    Days,
    Desk,
    bags,
    files,
    look,
    put,
    tarred,
    text,
    zipped,
)

from yakuba.kernel.errors import UsageError
from yakuba.link.refusing import decide, refusals
from yakuba.link.running import once
from yakuba.link.standing import load_standing
from yakuba.link.streaming import receive

if TYPE_CHECKING:
    from pathlib import Path


def test_a_folder_is_sealed_and_comes_back(desk: Desk, town: Days, tmp_path: Path) -> None:
    assert len(desk.feed(town).sealed) == 1
    assert desk.restored(tmp_path / "out") == bags(town)
    assert list(desk.inbox.iterdir()) == list(desk.place.claimed.iterdir()) == list(desk.place.work.iterdir()) == []


@pytest.mark.parametrize("form", ["zip", "tar", "tar.gz"])
def test_an_archive_is_a_folder(desk: Desk, town: Days, tmp_path: Path, form: str) -> None:
    content = {f"out/{name}": data for name, data in files(town.tables).items()}
    data = zipped(content) if form == "zip" else tarred(content, "w:gz" if form == "tar.gz" else "w")
    name = f"{town.name()}.{form}"
    (desk.inbox / name).write_bytes(data)
    assert look(desk) == 0  # no marker, no feed
    (desk.inbox / f"{name}.done").touch()
    assert look(desk) == 1
    assert desk.restored(tmp_path / "out") == bags(town)


def test_a_stream_lands_like_a_file(desk: Desk, town: Days, tmp_path: Path) -> None:
    receive(desk.place, desk.settings, io.BytesIO(tarred(files(town.tables))), town.name())
    assert look(desk) == 1
    assert desk.restored(tmp_path / "out") == bags(town)


def test_a_rename_completes_a_feed_where_that_is_agreed(desk: Desk, town: Days) -> None:
    desk.set('complete = "marker"', 'complete = "rename"')
    writing = put(desk.inbox, ".being-written", files(town.tables), done=False)
    assert look(desk) == 0
    writing.rename(desk.inbox / town.name())
    assert look(desk) == 1


def test_other_names_folders_and_encodings_come_to_the_same(desk: Desk, town: Days, tmp_path: Path) -> None:
    desk.set('encoding = "utf-8-sig"', 'encoding = "cp932"')
    for rows in town.tables.values():
        rows[:] = [{item: _plain(cell) for item, cell in row.items()} for row in rows]
    flat = {
        "住民基本台帳/住民情報.csv": text(town.tables[RESIDENTS]).encode("cp932"),
        "住民基本台帳/個人番号管理.csv": text(town.tables[NUMBERS]).encode("utf-8-sig"),
        "inkantoroku/inkantorokugenpyo.csv": text(town.tables[REGISTER]).encode("utf-16"),
    }
    put(desk.inbox, town.name(), flat)
    assert look(desk) == 1, desk.reasons()
    assert desk.restored(tmp_path / "out") == bags(town)


def _plain(cell: str) -> str:
    """The cell without the characters that CP932 does not have."""
    return cell.encode("cp932", "replace").decode("cp932").replace("?", "某")


def test_a_difference_changes_what_it_names(desk: Desk, town: Days, tmp_path: Path) -> None:
    desk.feed(town, sequence=7)
    day = town.moved(2)
    gone = day.tables[REGISTER].pop()
    look_ = desk.delta(day, {RESIDENTS: day.tables[RESIDENTS][:2]}, {REGISTER: [gone]}, sequence=8)
    assert [one.kind for one in look_.sealed] == ["delta"], desk.reasons()
    assert desk.restored(tmp_path / "new") == bags(day)
    assert desk.restored(tmp_path / "old", 1) == bags(town)


def test_a_manifest_says_when_and_how_many(desk: Desk, town: Days) -> None:
    count = len(town.tables[RESIDENTS])
    manifest = (
        f'municipality = "990019"\nas_of = {town.moment.isoformat()}\nkind = "full"\nsequence = 3\n'
        f'[rows]\n"住民基本台帳/住民情報" = {count}\n'
    )
    put(desk.inbox, "any-name", {**files(town.tables), "feed.toml": manifest.encode()})
    assert look(desk) == 1
    taken = load_standing(desk.place).taken
    assert taken is not None
    assert (taken.as_of, taken.sequence) == (f"{town.moment:%Y-%m-%dT%H:%M:%SZ}", 3)


def test_feeds_are_taken_in_the_order_of_their_moments(desk: Desk, town: Days, tmp_path: Path) -> None:
    first, second, third = town.later(days=1), town.later(days=2).moved(1), town.later(days=4).moved(2)
    for day in (third, first, second):
        put(desk.inbox, day.name(), files(day.tables))
    sealed = once(desk.place, desk.settings).sealed
    assert [one.name for one in sealed] == [first.name(), second.name(), third.name()]
    assert desk.restored(tmp_path / "out") == bags(third)


def test_a_day_without_changes_is_a_good_copy_all_the_same(desk: Desk, town: Days) -> None:
    desk.feed(town)
    assert len(desk.feed(town.later()).sealed) == 1


def test_a_feed_that_does_not_say_what_it_is_is_asked_about_and_taken_as_a_person_says(
    desk: Desk, town: Days, tmp_path: Path
) -> None:
    """The very first can only be whole; the next could be a difference whose list of deleted rows was lost."""
    put(desk.inbox, "first", files(town.tables))
    assert look(desk) == 1
    day = town.moved(2)
    put(desk.inbox, "second", files({RESIDENTS: day.tables[RESIDENTS][:2]}))
    assert look(desk) == 0
    assert desk.reasons() == [("doubtful", "")]
    (waiting,) = (one for one in refusals(desk.place) if one.open)
    for wrong in ({}, {"kind": "full", "discard": True}):
        with pytest.raises(UsageError, match="全件か差分か"):
            decide(desk.place, waiting.id, "係長", "基幹系に確認", **wrong)  # type: ignore[arg-type]
    decide(desk.place, waiting.id, "係長", "基幹系に確認", kind="delta")
    assert [one.kind for one in once(desk.place, desk.settings).sealed] == ["delta"]
    assert desk.restored(tmp_path / "out") == bags(day)


def test_a_person_is_asked_once_what_a_feed_is_and_the_limits_hold_all_the_same(desk: Desk, town: Days) -> None:
    desk.feed(town)
    put(desk.inbox, "lost", files({RESIDENTS: town.later().tables[RESIDENTS][:2]}))
    assert look(desk) == 0
    (waiting,) = (one for one in refusals(desk.place) if one.open)
    decide(desk.place, waiting.id, "係長", "思い違い", kind="full")
    assert look(desk) == 0
    assert {reason for reason, _ in desk.reasons()} == {"findings"}  # of people whom two rows point to
    with pytest.raises(UsageError, match="is known"):
        decide(desk.place, waiting.id, "係長", "思い違い", kind="full")


def test_a_link_can_be_told_what_feeds_without_a_name_are(desk: Desk, town: Days) -> None:
    desk.set('unnamed = "ask"', 'unnamed = "full"')
    desk.feed(town)
    put(desk.inbox, "export", files(town.moved(2).tables))
    assert [one.kind for one in once(desk.place, desk.settings).sealed] == ["full"]


def test_pictures_beside_the_tables_come_back_and_change_by_name(desk: Desk, town: Days, tmp_path: Path) -> None:
    first = {"images/IN1.png": b"\x89PNG one", "images/IN2.png": b"\x89PNG two", "images/印.svg": b"<svg/>"}
    put(desk.inbox, town.name(), {**files(town.tables), **first})
    assert look(desk) == 1, desk.reasons()
    day = town.moved(1)
    changed = files({RESIDENTS: day.tables[RESIDENTS][:1]}) | {"images/IN2.png": b"\x89PNG other"}
    gone = {"deleted/images/images.csv": "名前\nIN1.png\n".encode()}
    put(desk.inbox, day.name("delta"), changed | gone)
    assert look(desk) == 1, desk.reasons()
    assert desk.restored(tmp_path / "out") == bags(day)
    assert images(tmp_path / "out") == {"IN2.png": b"\x89PNG other", "印.svg": b"<svg/>"}
    assert desk.restored(tmp_path / "old", 1) == bags(town)
    assert images(tmp_path / "old") == {name.removeprefix("images/"): content for name, content in first.items()}
    put(desk.inbox, day.later().name(), files(day.tables))
    assert look(desk) == 0
    assert desk.reasons() == [("missing", "画像/画像")]


def images(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "images").iterdir()}
