"""Whatever sequence of feeds: every generation gives back exactly the rows that its feed had.

Oracle: lists of rows, written and read again by Python's csv, digests by hashlib.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.vault.tables.town import ALIASES, KEYS, LEFT, NOTES, SEALS, Table, Town, Vault, expected, upserted, write

from yakuba.vault.tables import raw
from yakuba.vault.tables.proving import proved

CELL = st.one_of(
    st.sampled_from(
        ["", "1", "2", "000000000000101", "葛󠄂城", " ", '"', ",", "\n", "\r\n", "\r", "a,b", '"q"', "\ufeff", "\0"]
    ),
    st.text(st.sampled_from('ab,"\n\r\x01\x02 渡邉󠄄\ufeff'), max_size=6),
)
KEY = st.sampled_from(["1", "2", "3", '"4"', "5,5", "", "6\n"])
COLUMNS: dict[tuple[str, str], list[tuple[str, ...]]] = {
    ALIASES: [("宛名番号", "通称履歴番号", "通称"), ("宛名番号", "通称", "通称履歴番号", "最新フラグ")],
    SEALS: [("印鑑登録証番号", "印鑑登録番号")],
    LEFT: [("memo",)],
    NOTES: [("memo", "予備,1")],
}


@st.composite
def tables(draw: st.DrawFn, place: tuple[str, str], columns: tuple[str, ...] | None = None) -> Table:
    columns = columns or draw(st.sampled_from(COLUMNS[place]))
    cells = [KEY if name in KEYS.get(place, ()) else CELL for name in columns]
    rows = draw(st.lists(st.tuples(*cells), max_size=6))
    return Table(columns, rows + (rows[:2] if draw(st.booleans()) else []))


@st.composite
def towns(draw: st.DrawFn) -> Town:
    places = draw(st.sets(st.sampled_from(sorted(COLUMNS)), min_size=1))
    return {place: draw(tables(place)) for place in sorted(places)}


def grown(draw: st.DrawFn, town: Town) -> Town:
    """The next full feed: mostly the rows of before in another order, so that a delta has something to keep."""
    after = draw(towns())
    for place, table in after.items():
        if place in town and town[place].columns == table.columns and draw(st.booleans()):
            after[place] = Table(table.columns, draw(st.permutations([*town[place].rows, *table.rows[:2]])))
    return after


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_every_generation_of_any_sequence_is_its_feed(data: st.DataObject) -> None:
    folder, stretch = Path(tempfile.mkdtemp()), raw.STRETCH
    raw.STRETCH = data.draw(st.sampled_from([stretch, 64, 7]))
    try:
        _run(data, folder)
    finally:
        raw.STRETCH = stretch
        shutil.rmtree(folder)


def _run(data: st.DataObject, folder: Path) -> None:
    vault, towns_so_far = Vault(folder / "vault"), list[Town]()
    town: Town = data.draw(towns())
    for number in range(data.draw(st.integers(1, 5))):
        given_folder = folder / str(number)
        end = data.draw(st.sampled_from(["\n", "\r\n"]))
        if number and data.draw(st.booleans()):
            town = _difference(data, town, given_folder, end)
            vault.backup(given_folder)
        else:
            town = data.draw(st.composite(grown)(town)) if number else town
            vault.backup(write(given_folder, town, end=end), full=data.draw(st.sampled_from([False, False, True])))
        towns_so_far.append(town)
    for number, there in enumerate(towns_so_far):
        assert vault.restored(number) == expected(there)
        _check_digests(vault, number, there)
    assert not any(map(any, [list(proved(vault.line(number))) for number in range(len(towns_so_far))]))


def _difference(data: st.DataObject, town: Town, folder: Path, end: str) -> Town:
    """Write a differential feed to a folder; returns the town after it."""
    (folder / "deleted").mkdir(parents=True)
    places = data.draw(st.sets(st.sampled_from(sorted(town))))
    changed = {place: data.draw(tables(place, town[place].columns)) for place in sorted(places)}
    keyed = sorted(KEYS.keys() & town.keys())
    deleted = {}
    for place in data.draw(st.sets(st.sampled_from(keyed))) if keyed else ():
        deleted[place] = data.draw(st.lists(st.tuples(*[KEY] * len(KEYS[place])), max_size=3))
    write(folder, changed, end=end)
    write(folder, {place: Table(KEYS[place], rows) for place, rows in deleted.items()}, "deleted", end)
    return upserted(town, changed, deleted)


def _check_digests(vault: Vault, number: int, town: Town) -> None:
    contents = vault.contents(number)
    assert sorted(contents.names) == sorted(expected(town))
    for table in contents:
        rows = expected(town)[table.name][1]
        total = sum(_digest(contents.salt, row) * count for row, count in Counter(rows).items()) % 2**128
        assert (table.digest.rows, table.digest.hex) == (rows.total(), f"{total:032x}")
        assert vault.written[number].digests[table.name] == table.digest.hex


def _digest(salt: str, row: tuple[str, ...]) -> int:
    """RFC 4180 by hand: quoted only where it must be."""
    cells = [f'"{cell.replace(chr(34), chr(34) * 2)}"' if set(cell) & set('",\r\n') else cell for cell in row]
    return int.from_bytes(hashlib.sha256((salt + ",".join(cells)).encode()).digest()[:16], "big")
