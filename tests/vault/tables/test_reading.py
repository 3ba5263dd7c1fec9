"""Reading a little decodes a little; what cannot be read is refused by name.

Oracle: the rows written, and the bytes that were asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.vault.tables.town import ALIASES, KEYS, LEFT, PAYMENTS, SEALS, Table, Town, Vault, expected, feed, write

from yakuba.kernel.errors import CannotContinueError, NotProvenError, UsageError
from yakuba.vault.tables import changed_table, raw, summing
from yakuba.vault.tables.compacting import write_compacted
from yakuba.vault.tables.contents import Contents
from yakuba.vault.tables.merging import Merged
from yakuba.vault.tables.proving import proved

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

    from yakuba.vault.tables.feed import FeedTable
    from yakuba.vault.tables.totals import Totals

COLUMNS = (*KEYS[ALIASES], "通称")
PERSON = "000000000000777"


def town(moved: str = "甲") -> Town:
    rows = [
        (f"{number:015d}", history, f"{moved if number == 777 else number * 7919}")
        for number in range(4_000)
        for history in "12"
    ]
    return {ALIASES: Table(COLUMNS, rows), LEFT: Table(("memo",), [(str(number),) for number in range(5_000)])}


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    """Two days, in parts as small as 16 KiB of text."""
    monkeypatch.setattr(raw, "STRETCH", 16 << 10)
    found = Vault(tmp_path / "vault")
    found.backup(write(tmp_path / "0", town()))
    found.backup(write(tmp_path / "1", town("乙")))
    return found


def test_one_person_of_either_day_reads_one_part_or_two(vault: Vault) -> None:
    for day, name in enumerate("甲乙"):
        line = vault.line(day)
        found = Contents(line).table("住民基本台帳/通称履歴").about(PERSON)
        assert sorted(found.rows()) == [(PERSON, "1", name), (PERSON, "2", name)]
        whole = sum(one.path.stat().st_size for one in vault.written[: day + 1])
        assert sum(one.asked for one in line) < whole / 4


def test_nobody_is_found_without_a_part_being_read(vault: Vault) -> None:
    line = vault.line(0)
    contents = Contents(line)
    headers = line[0].asked
    assert contents.table("住民基本台帳/通称履歴").about("999999999999999").is_empty()
    assert line[0].asked == headers


def test_one_table_leaves_the_others_alone(vault: Vault) -> None:
    line = vault.line(1)
    frame = Contents(line).table("予備/left").frame()
    assert frame["memo"].to_list() == [str(number) for number in range(5_000)]
    assert sum(one.asked for one in line) < vault.written[0].path.stat().st_size / 2
    with pytest.raises(UsageError, match="印鑑"):
        vault.contents(1).table("印鑑登録/印鑑登録証")


def test_a_compacted_copy_is_the_generation_and_later_deltas_fit_on_it(vault: Vault, tmp_path: Path) -> None:
    write_compacted(vault.contents(1), vault.folder / "compact")
    vault.backup(write(tmp_path / "2", town("丙")))
    from tests.vault.tables.town import File, read

    plains = [File(vault.folder / "compact"), File(vault.written[2].path)]
    assert len(vault.line(2)) == 3
    for table in Contents(plains):
        there = expected(town("丙"))[table.name]
        assert read(b"".join(table.csv()), len(table.columns)) == there
    assert list(proved(plains)) == [[], []]


def test_rows_that_are_not_those_sent_are_not_given_as_whole(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = Merged._parts
    monkeypatch.setattr(Merged, "_parts", lambda self: list(parts(self))[:-1])
    with pytest.raises(NotProvenError, match="通称履歴"):
        list(vault.contents(1).table("住民基本台帳/通称履歴").csv())


def test_a_delta_without_its_full_one_is_refused(vault: Vault) -> None:
    only = vault.line(1)[1:]
    with pytest.raises(NotProvenError, match="足りません"):
        list(Contents(only))
    with pytest.raises(NotProvenError, match="足りません"):
        list(proved(only))


HEADER = ",".join(COLUMNS).encode() + b"\n"


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (HEADER + b"1,1\n", "数の合わない"),
        (HEADER + b"1,1,2,3\n", "数の合わない"),
        (HEADER + b"1,1\n1,1,2,3\n", "数の合わない"),
        (HEADER + b'1,"1"\n', "数の合わない"),
        (HEADER + b"\n", "数の合わない"),
        (HEADER + b'1,1,"2\n', "引用符"),
        (HEADER + b"1,1,\xff\n", "UTF-8"),
        (HEADER + b'1,"\xff",1\n', "UTF-8"),
        (HEADER + b'1,1,"a"b\n', "CSV"),
        (b"\xff\n", "見出し"),
        (b"", "見出し"),
        (b"a,a\n", "見出し"),
        (b"\xe9\x80\x9a\xe7\xa7\xb0\n1\n", "主キー"),
    ],
)
@pytest.mark.parametrize("day", [0, 1])
def test_what_is_no_csv_of_its_header_is_refused_and_named(tmp_path: Path, content: bytes, word: str, day: int) -> None:
    vault = Vault(tmp_path / "vault")
    given = write(tmp_path / "0", {ALIASES: Table(COLUMNS, [("1", "1", "2")])})
    if day:
        vault.backup(given)
    file = given / "data" / ALIASES[0] / f"{ALIASES[1]}.csv"
    file.write_bytes(content)
    with pytest.raises(UsageError, match=word) as refused:
        vault.backup(given)
    assert str(file) in str(refused.value)


@pytest.mark.parametrize("meanwhile", [b"", HEADER, HEADER + b"1,1,9\n", None])
def test_a_feed_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, meanwhile: bytes | None
) -> None:
    vault = Vault(tmp_path / "vault")
    vault.backup(write(tmp_path / "0", {ALIASES: Table(COLUMNS, [("1", "1", "2")])}))
    given = write(tmp_path / "1", {ALIASES: Table(COLUMNS, [("1", "1", "3")])})
    file = given / "data" / ALIASES[0] / f"{ALIASES[1]}.csv"

    def changed(*places: Any) -> pl.Series:
        file.unlink() if meanwhile is None else file.write_bytes(meanwhile)
        return raw.picked(*places)

    monkeypatch.setattr(changed_table, "picked", changed)
    with pytest.raises(CannotContinueError, match=r"変わりました|読めません"):
        vault.backup(given)


def test_a_feed_that_changes_while_it_is_added_up_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The totals would be those of other rows."""
    vault = Vault(tmp_path / "vault")
    columns = (*KEYS[PAYMENTS], "支払額")
    vault.backup(write(tmp_path / "0", {PAYMENTS: Table(columns, [("N1", "2026-06-10", "5")])}))
    given = write(tmp_path / "1", {PAYMENTS: Table(columns, [("N1", "2026-06-10", "7")])})
    file = given / "data" / PAYMENTS[0] / f"{PAYMENTS[1]}.csv"

    def changed(table: FeedTable, path: Path) -> Totals:
        file.write_bytes(file.read_bytes().replace(b",7", b",8"))
        return summing.added_up(table, path)

    monkeypatch.setattr(changed_table, "added_up", changed)
    with pytest.raises(CannotContinueError, match="変わりました"):
        vault.backup(given)


def test_a_file_that_no_group_of_the_standard_is_named_like_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="memo"):
        feed(write(tmp_path, {("001_juminkihondaicho", "memo"): Table(("a",), [])}))
    with pytest.raises(UsageError, match="表がありません"):
        feed(tmp_path / "nothing")


def test_mapping_is_kept_and_stored_once(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "vault")
    given = write(tmp_path / "0", {SEALS: Table(("印鑑登録証番号",), [("1",)])})
    (given / "mapping.csv").write_bytes(b"a,b\n" * 9_000)
    for _ in range(2):
        vault.backup(given)
    assert vault.contents(1).attachments() == {"mapping.csv": b"a,b\n" * 9_000}
    assert vault.written[1].path.stat().st_size < 2_000
