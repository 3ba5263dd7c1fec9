"""A feed that is not as it must be is set aside whole, with the reason; a person may let it through, and it is written.

Oracle: the rules of docs/ja/link.md, one planted fault each; what was fed must lie in refused/ byte for byte.
"""

from __future__ import annotations

import io
import tarfile
from typing import TYPE_CHECKING

import pytest
from tests.link.feeds import (
    NUMBERS,
    PEOPLE,
    REGISTER,
    RESIDENTS,
    SEALS,
    TABLES,
    Days,
    Desk,
    bags,
    files,
    look,
    put,
    refuse,
    text,
    zipped,
)

from yakuba.link.refusing import decide, refusals
from yakuba.link.running import once

if TYPE_CHECKING:
    from pathlib import Path


# ---------------------------------------------------------------- what cannot be read, or is not ours


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("data/001_juminkihondaicho/juminjoho.csv", b"", "unreadable"),
        ("data/001_juminkihondaicho/juminjoho.csv", b"\xff\xfe\x00", "unreadable"),
        ("data/001_juminkihondaicho/juminjoho.csv", "氏名\n甲\n".encode(), "unreadable"),
        ("data/001_juminkihondaicho/nanika.csv", b"a\n1\n", "unreadable"),
        ("readme.txt", b"nothing", "unreadable"),
    ],
)
def test_what_the_vault_could_not_hold_is_unreadable(desk: Desk, name: str, data: bytes, reason: str) -> None:
    assert {one for one, _ in refuse(desk, "feed", {name: data})} == {reason}


def test_a_list_of_deleted_rows_names_keys_only(desk: Desk, town: Days) -> None:
    desk.feed(town)
    content = {f"deleted/{REGISTER}.csv": text(town.tables[REGISTER][:1]).encode()}
    assert refuse(desk, town.moved().name("delta"), content) == [("unreadable", SEALS)]


def test_a_broken_row_is_never_lost(desk: Desk, town: Days) -> None:
    content = files(town.tables)
    content[f"data/{NUMBERS}.csv"] += b'1,2,"3\n'
    assert ("unreadable", "住民基本台帳/個人番号管理") in refuse(desk, town.name(), content)


def test_a_table_twice(desk: Desk, town: Days) -> None:
    content = {"data/a/住民情報.csv": text(town.tables[RESIDENTS]).encode(),
               f"data/{RESIDENTS}.csv": text(town.tables[RESIDENTS]).encode()}  # fmt: skip
    assert refuse(desk, "twice", content) == [("unreadable", "data/a/住民情報.csv")]


def test_another_town(desk: Desk, town: Days) -> None:
    assert refuse(desk, town.name().replace("990019", "990027"), files(town.tables)) == [("foreign", "")]
    for row in town.tables[RESIDENTS]:
        row["市区町村コード"] = "990027"
    assert ("foreign", PEOPLE) in refuse(desk, town.name(), files(town.tables))


@pytest.mark.parametrize("text_", ["kind = 1", "as_of = 2026-01-01\nkind = 'full'", "kind = 'half'", "= =", "x = 1"])
def test_a_manifest_that_means_nothing(desk: Desk, town: Days, text_: str) -> None:
    assert refuse(desk, "feed", {**files(town.tables), "feed.toml": text_.encode()}) == [("unreadable", "feed.toml")]


# ---------------------------------------------------------------- out of order


def test_older_same_future_and_gaps(desk: Desk, town: Days) -> None:
    assert refuse(desk, town.name("delta"), files({}, {REGISTER: town.tables[REGISTER][:1]})) == [("gap", "")]
    desk.feed(town, sequence=5)
    assert refuse(desk, town.name(sequence=6), files(town.tables)) == [("same", "")]
    assert refuse(desk, town.later(days=-1).name(), files(town.moved().tables)) == [("older", "")]
    assert refuse(desk, town.later(days=99).name(), files(town.moved().tables)) == [("future", "")]
    decide(desk.place, town.later(days=99).name(), "係長", "時計の誤り", discard=True)
    after = town.moved()
    assert refuse(desk, after.name("delta", 7), files({RESIDENTS: after.tables[RESIDENTS][:1]}, {})) == [("gap", "")]
    assert refuse(desk, after.name("full", 5), files(after.tables)) == [("gap", "")]
    assert [one.sequence for one in desk.feed(after, sequence=9).sealed] == [9]


def test_a_difference_waits_for_the_decision_before_it(desk: Desk, town: Days, tmp_path: Path) -> None:
    desk.feed(town, sequence=1)
    second, third = town.moved(), town.moved().moved()
    broken = [{**row, "異動事由": "??"} for row in second.tables[RESIDENTS][:3]]
    assert desk.delta(second, {RESIDENTS: broken}, {}, 2).refused == 1
    assert desk.delta(third, {RESIDENTS: third.tables[RESIDENTS][:3]}, {}, 3).sealed == ()
    assert len(list(desk.place.claimed.iterdir())) == 1
    decide(desk.place, second.name("delta", 2), "係長", "移行前からの値のため")
    assert [one.sequence for one in once(desk.place, desk.settings).sealed] == [2, 3]
    assert desk.restored(tmp_path / "out") == bags(third)


def test_a_full_feed_does_not_wait(desk: Desk, town: Days) -> None:
    desk.feed(town)
    assert desk.delta(town.moved(), {RESIDENTS: [{**town.tables[RESIDENTS][0], "異動事由": "??"}]}, {}).refused == 1
    assert len(desk.feed(town.moved().moved()).sealed) == 1


def test_an_archive_from_an_enemy(desk: Desk, town: Days) -> None:
    for number, bad in enumerate(({"../../outside.csv": b"x"}, {"/etc/x.csv": b"x"}, {"a\\..\\..\\x.csv": b"x"})):
        (desk.inbox / f"bad{number}.zip").write_bytes(zipped(bad))
        (desk.inbox / f"bad{number}.zip.done").touch()
        assert look(desk) == 0
        assert desk.reasons()[0][0] == "unreadable"
    assert not list(desk.place.folder.parent.rglob("outside.csv"))
    desk.set("late_hours = 26", "most_gib = 0.001\nlate_hours = 26")
    (desk.inbox / "bomb.zip").write_bytes(zipped({f"data/{RESIDENTS}.csv": b"0" * 3_000_000}))
    (desk.inbox / "bomb.zip.done").touch()
    assert look(desk) == 0
    assert desk.reasons() == [("unreadable", "")]
    assert set(TABLES) == set(town.tables)


def test_a_link_leads_nowhere(desk: Desk, town: Days, tmp_path: Path) -> None:
    outside = put(tmp_path, "outside", files(town.tables))
    (desk.inbox / "whole").symlink_to(outside)
    (desk.inbox / "whole.done").touch()
    assert look(desk) == 0
    assert refusals(desk.place) == []
    part = put(desk.inbox, "part", {"data/readme.txt": b"x"}, done=False)
    (part / "data" / "inside").symlink_to(outside / "data" / "001_juminkihondaicho")
    (part / "data" / "juminjoho.csv").symlink_to(outside / f"data/{RESIDENTS}.csv")
    (desk.inbox / "part.done").touch()
    assert look(desk) == 0
    assert desk.reasons() == [("unreadable", "")]
    linked = io.BytesIO()
    with tarfile.open(fileobj=linked, mode="w") as bundle:
        member = tarfile.TarInfo("data/juminjoho.csv")
        member.type, member.linkname = tarfile.SYMTYPE, str(outside / f"data/{RESIDENTS}.csv")
        bundle.addfile(member)
    (desk.inbox / "linked.tar").write_bytes(linked.getvalue())
    (desk.inbox / "linked.tar.done").touch()
    assert look(desk) == 0
    assert desk.reasons() == [("unreadable", "data/juminjoho.csv")]
