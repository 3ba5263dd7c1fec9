"""restore(backup(x)) = x, for every generation, whole or in part, and never over something.

Oracle: the rows that were written, read back by Python's csv.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.vault.hall import FIRST, NAME, Hall, folder_rows, small_town
from tests.vault.tables.town import ALIASES, KEYS, NAMES, NOTES, SEALS, Table, upserted, write

from yakuba.kernel.errors import CannotContinueError, NotProvenError, UsageError
from yakuba.kernel.fingerprint import fingerprint
from yakuba.vault.chain import read_chain
from yakuba.vault.keys import make_keys
from yakuba.vault.services.backup import FULL_EVERY, backup, generations_of
from yakuba.vault.services.extract import extract
from yakuba.vault.services.initialise import initialise
from yakuba.vault.services.listing import listing
from yakuba.vault.services.restore import restore
from yakuba.vault.services.verify import verify
from yakuba.vault.store import open_store

if TYPE_CHECKING:
    from pathlib import Path


def test_every_generation_comes_back(three_days: Hall) -> None:
    for number in (1, 2, 3):
        assert three_days.restored(number) == three_days.expected(number)
    assert three_days.restored() == three_days.expected(3)
    kinds = [one["kind"] for one in listing(three_days.place).as_dict()["generations"]]
    assert kinds == ["full", "delta", "delta"]


def test_a_day_is_found_by_its_date(three_days: Hall) -> None:
    later = FIRST + timedelta(days=2, hours=20)
    assert three_days.restored(as_of=later) == three_days.expected(2)
    with pytest.raises(UsageError, match="no generation so early"):
        three_days.restored(as_of=FIRST)


def test_a_folder_that_has_something_is_left_alone(three_days: Hall, tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("important", encoding="utf-8")
    with pytest.raises(UsageError, match="not empty"):
        restore(three_days.place, identity=three_days.keys, out=tmp_path)
    with pytest.raises(UsageError, match="not empty"):
        restore(three_days.place, identity=three_days.keys, out=tmp_path / "kept")
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
    (tmp_path / "empty").mkdir()
    restore(three_days.place, identity=three_days.keys, out=tmp_path / "empty")
    assert (tmp_path / "empty/generation.json").exists()
    assert (tmp_path / "empty").stat().st_mode & 0o077 == 0


def test_it_says_what_it_is(three_days: Hall, tmp_path: Path) -> None:
    made = restore(three_days.place, 2, identity=three_days.keys / "identity.txt", out=tmp_path / "out")
    said = json.loads((tmp_path / "out/generation.json").read_text(encoding="utf-8"))
    chain = read_chain(open_store(three_days.place))
    assert (said["municipality"], said["generation"], said["kind"]) == ("990019", 2, "delta")
    assert (
        (said["entry"], said["head"]) == (chain.entries[2].digest, chain.head) == (chain.entries[2].digest, made.head)
    )
    assert said["as_of"] == "2025-11-03T03:00:00Z"
    assert made.signer == said["signer"] == fingerprint(bytes.fromhex(chain.signers[0]))
    assert {one["name"]: one["rows"] for one in said["tables"]} == made.tables
    assert all((tmp_path / "out" / one["file"]).exists() for one in said["tables"])


def test_one_table_of_a_day(three_days: Hall, tmp_path: Path) -> None:
    wanted = NAMES[SEALS]
    restore(three_days.place, 2, identity=three_days.keys, out=tmp_path / "a", tables=[wanted])
    extract(three_days.place, 2, identity=three_days.keys, out=tmp_path / "b", table=wanted)
    for folder in (tmp_path / "a", tmp_path / "b"):
        assert folder_rows(folder, three_days.towns[2]) == {wanted: three_days.expected(2)[wanted]}
    with pytest.raises(UsageError, match="no table of this generation"):
        restore(three_days.place, identity=three_days.keys, out=tmp_path / "c", tables=["ない/表"])
    assert not (tmp_path / "c").exists()


def test_one_person_of_a_day(three_days: Hall, tmp_path: Path) -> None:
    for number in (1, 3):
        out = tmp_path / str(number)
        made = extract(three_days.place, number, identity=three_days.keys, out=out, addressee="1002")
        found = folder_rows(out, three_days.towns[number])
        wanted = {
            name: {row for row in rows if "1002" in row} for name, (_, rows) in three_days.expected(number).items()
        }
        assert {name: set(rows) for name, (_, rows) in found.items()} == {k: v for k, v in wanted.items() if v}
        assert made.rows == sum(len(rows) for rows in wanted.values())
    assert extract(three_days.place, identity=three_days.keys, out=tmp_path / "none", addressee="9").rows == 0
    with pytest.raises(UsageError, match="nothing to extract"):
        extract(three_days.place, identity=three_days.keys, out=tmp_path / "nothing")


def test_a_differential_feed(hall: Hall) -> None:
    hall.backup(small_town())
    changed = {ALIASES: Table(("宛名番号", "通称履歴番号", "通称"), [("1001", "1", "新"), ("2000", "1", "来")])}
    feed = write(hall.folder / "changed", changed)
    gone = Table(("印鑑登録証番号",), [("A0",), ("A3",)])
    write(feed, {SEALS: gone}, below="deleted")
    expected = upserted(hall.towns[1], changed, {SEALS: gone.rows})
    made = _backup_folder(hall, feed)
    hall.towns[made] = expected
    assert hall.restored(made) == hall.expected(made)
    assert KEYS[SEALS] == ("印鑑登録証番号",)


def _backup_folder(hall: Hall, feed: Path) -> int:
    at = FIRST + timedelta(days=2)
    return backup(
        hall.place, feed, keys=hall.keys, state=hall.folder / "state", standard="kihon", as_of=at, now=at
    ).number


def test_a_lost_state_costs_a_full_one_and_nothing_else(hall: Hall) -> None:
    hall.days(2)
    for left in (hall.folder / "state").rglob("*.state"):
        left.unlink()
    assert hall.backup(small_town(2)).kind == "full"
    assert hall.backup(small_town(3)).kind == "delta"
    for number in range(1, 5):
        assert hall.restored(number) == hall.expected(number)


def test_a_full_one_comes_of_itself_before_too_much_stands_on_one(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    assert FULL_EVERY > 30
    monkeypatch.setattr("yakuba.vault.services.backup.FULL_EVERY", 3)
    kinds = [hall.backup(small_town(day)).kind for day in range(9)]
    assert kinds == ["full", "delta", "delta", "delta", "full", "delta", "delta", "delta", "full"]
    assert hall.restored(8) == hall.expected(8)
    assert len(list((hall.folder / "state").rglob("*.state"))) == 1


def test_a_table_more_and_a_table_less(hall: Hall) -> None:
    first, second = small_town(0), small_town(1)
    del first[SEALS], second[NOTES]
    hall.backup(first)
    hall.backup(second)
    assert hall.restored(1) == hall.expected(1)
    assert hall.restored(2) == hall.expected(2)


def test_what_lies_beside_the_tables_comes_back(hall: Hall, tmp_path: Path) -> None:
    feed = hall.feed(small_town())
    (feed / "mapping.csv").write_bytes("予備,意味\n".encode())
    _backup_folder(hall, feed)
    restore(hall.place, identity=hall.keys, out=tmp_path / "out")
    assert (tmp_path / "out/mapping.csv").read_bytes() == "予備,意味\n".encode()


def test_a_second_recipient_opens_it_too(tmp_path: Path) -> None:
    other = make_keys(tmp_path / "other")
    hall = Hall(tmp_path / "hall")
    initialise(hall.place, hall.municipality, hall.keys, [other.recipient], now=FIRST)
    hall.days(2)
    out = tmp_path / "out"
    restore(hall.place, identity=other.folder, out=out)
    assert folder_rows(out, hall.towns[2]) == hall.expected(2)
    assert verify(hall.place, identity=other.folder).proven


def test_who_is_no_recipient_opens_nothing(three_days: Hall, tmp_path: Path) -> None:
    stranger = make_keys(tmp_path / "stranger").folder
    with pytest.raises(NotProvenError, match="use an identity of this vault"):
        restore(three_days.place, identity=stranger, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()
    found = verify(three_days.place, identity=stranger)
    assert {one.code for one in found.findings} == {"seal"}


def test_what_a_backup_refuses(hall: Hall, tmp_path: Path) -> None:
    before = read_chain(open_store(hall.place)).head
    with pytest.raises(UsageError, match="no table"):
        _backup_folder(hall, tmp_path)
    with pytest.raises(UsageError, match="yet to come"):
        hall.backup(small_town(), as_of=FIRST + timedelta(days=9))
    with pytest.raises(CannotContinueError, match=r"signer\.key"):
        hall.backup(small_town(), keys=tmp_path)
    other = make_keys(tmp_path / "other").folder
    with pytest.raises(NotProvenError, match="other keys"):
        hall.backup(small_town(), keys=other)
    hall.days(1)
    with pytest.raises(CannotContinueError, match="not a signer"):
        hall.backup(small_town(), keys=other)
    with pytest.raises(UsageError, match="before the newest generation"):
        hall.backup(small_town(), as_of=FIRST)
    chain = read_chain(open_store(hall.place))
    assert [number for number, _ in generations_of(chain)] == [1]
    assert chain.entries[0].digest == before
    assert NAME not in json.dumps(listing(hall.place).as_dict(), ensure_ascii=False)
