"""docs/vault-format.md is enough: a reader made from it alone restores every generation to the same bytes.

Oracle: tests/vault/stranger.py, which imports nothing of ours, run by an interpreter that could not if it would.
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.vault.hall import FIRST, Hall, small_town
from tests.vault.tables.town import ALIASES, PAYMENTS, Table, write

from yakuba.vault.chain import read_chain
from yakuba.vault.keys import open_identity
from yakuba.vault.sealed import open_layers
from yakuba.vault.services.backup import backup
from yakuba.vault.services.compact import compact
from yakuba.vault.services.holds import hold, release
from yakuba.vault.services.policy import Policy
from yakuba.vault.services.prune import prune
from yakuba.vault.services.reading import Wanted, open_generation
from yakuba.vault.services.restore import restore
from yakuba.vault.services.rotate import Change, rotate
from yakuba.vault.store import open_store
from yakuba.vault.tables.parts import read_header

STRANGER = Path(__file__).parents[1] / "stranger.py"
DOCUMENT = Path(__file__).parents[3] / "docs/vault-format.md"
MAY = {"cryptography", "pyrage", "polars"}


def test_the_stranger_is_one() -> None:
    tree = ast.parse(STRANGER.read_text(encoding="utf-8"))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in imported} <= MAY | sys.stdlib_module_names
    assert len(STRANGER.read_text(encoding="utf-8").splitlines()) <= 165


def by_the_stranger(hall: Hall, number: int) -> dict[str, bytes]:
    out = hall.folder / f"stranger-{number}"
    program = f"import sys, runpy; sys.modules['yakuba'] = None; runpy.run_path({str(STRANGER)!r}, run_name='__main__')"
    given = [hall.place, str(hall.keys / "identity.txt"), str(number), str(out)]
    subprocess.run([sys.executable, "-c", program, *given], check=True, cwd="/", capture_output=True)
    return {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*.csv")}


def by_us(hall: Hall, number: int) -> dict[str, bytes]:
    out = hall.folder / f"ours-{number}"
    restore(hall.place, number, identity=hall.keys, out=out)
    return {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*.csv")}


@pytest.fixture
def years(hall: Hall) -> Hall:
    """Full, deltas, hard cells, a table that changes its columns, one that goes, a second full one, a compacted one."""
    hall.days(2)
    town = small_town(2)
    hard = [("3000", "1", 'a,"b"'), ("3001", "1", "行\n内"), ("3002", "1", " 葛󠄂城\r"), ("3003", "1", "")]
    town[ALIASES] = Table(town[ALIASES].columns, [*town[ALIASES].rows, *hard])
    hall.backup(town)
    town = small_town(3)
    town[ALIASES] = Table(("宛名番号", "通称", "通称履歴番号"), [("1", "名", "1")])
    hall.backup({ALIASES: town[ALIASES]})
    hall.backup(small_town(4), full=True)
    hall.backup(small_town(5, people=2000))
    return hall


AMOUNTS = ("15000", "-300", "0010", "999999999999999999", "1,000", "", "五千", "12.50", "1.0000001")


def test_a_stranger_agrees_on_the_totals(hall: Hall) -> None:
    """Whole tables, a difference that only adds, one that replaces: after it nobody knows, until the next whole one."""
    columns = ("認定番号", "支払年月日", "支払額")
    rows = [(f"N{at}", "2026-06-10", amount) for at, amount in enumerate(AMOUNTS)]
    town = small_town(0) | {PAYMENTS: Table(columns, rows)}
    hall.backup(town)
    for more in (("N90", "2026-06-10", "7"), ("N90", "2026-06-10", "8")):
        feed = write(hall.folder / f"difference-{more[2]}", {PAYMENTS: Table(columns, [more])})
        (feed / "deleted").mkdir()
        at = FIRST + timedelta(days=10 + int(more[2]))
        backup(hall.place, feed, keys=hall.keys, state=hall.folder / "state", standard="kihon", as_of=at, now=at)
        rows = [*rows[: len(AMOUNTS)], more]
        hall.towns[len(hall.towns) + 1] = town = town | {PAYMENTS: Table(columns, rows)}
    hall.backup(town, day=30)
    told = [totals_of(hall, number) for number in (1, 2, 3, 4)]
    assert told == [["1000000000000014721.5", 3], ["1000000000000014728.5", 3], None, ["1000000000000014729.5", 3]]
    for number in (1, 2, 3, 4):
        assert by_the_stranger(hall, number) == by_us(hall, number), number
    work, later = hall.folder / "work", FIRST + timedelta(days=40)
    compact(hall.place, 2, identity=hall.keys, keys=hall.keys, work=work, now=later)
    assert totals_of(hall, 2) == told[1]


def totals_of(hall: Hall, number: int) -> list[str | int] | None:
    found = open_generation(hall.place, Wanted(number), hall.keys).contents.table("児童手当/支払情報").totals
    return None if found is None else found["支払額"]


def test_a_stranger_restores_every_generation(years: Hall) -> None:
    compact(
        years.place, 2, identity=years.keys, keys=years.keys, work=years.folder / "work", now=FIRST + timedelta(days=40)
    )
    for number in range(1, 7):
        assert by_the_stranger(years, number) == by_us(years, number), number


def test_a_stranger_reads_what_was_sealed_again_and_pruned(hall: Hall) -> None:
    """Rotation with new envelopes, a hold, a prune: the stranger goes on with the new identity."""
    hall.backup(small_town(0))
    hall.backup(small_town(1), full=True, retain_days=0)
    later = FIRST + timedelta(days=60)
    new = hall.folder / "new"
    rotate(hall.place, Change(new_keys=new), keys=hall.keys, rewrap=hall.keys, now=later)
    hold(hall.place, 2, "訴訟", keys=new, signer=first_signer(hall), now=later)
    release(hall.place, 2, "終結", keys=new, now=later)
    last = hall.backup(small_town(2), day=61, keys=new)
    prune(hall.place, Policy(newest=1, daily=0, weekly=0, monthly=0, yearly=0), keys=new, now=later + timedelta(days=5))
    chain = read_chain(open_store(hall.place))
    assert [one.number for one in chain.kept] == [last.number]
    hall = replace(hall, folder=hall.folder.parent / "moved")
    shutil.copytree(new.parent / "vault", hall.folder / "vault")
    shutil.copytree(new, hall.keys)
    assert by_the_stranger(hall, last.number) == by_us(hall, last.number)
    assert {entry.kind for entry in chain.entries} == {"init", "full", "delta", "keys", "hold", "release", "prune"}
    told = set(re.findall(r"`([a-z_0-9]+)`", DOCUMENT.read_text(encoding="utf-8")))
    assert {name for entry in chain.entries for name in entry.fields} <= told


def first_signer(hall: Hall) -> str:
    return str(read_chain(open_store(hall.place)).entries[0].fields["signer"])


def test_the_document_names_every_word_of_a_content(three_days: Hall) -> None:
    told = set(re.findall(r"`([a-z_0-9]+)`", DOCUMENT.read_text(encoding="utf-8")))
    told |= set(re.findall(r'"([a-z]+)"', DOCUMENT.read_text(encoding="utf-8")))
    store = open_store(three_days.place)
    chain, key = read_chain(store), open_identity(three_days.keys)
    for plain in open_layers(store, chain, 3, key):
        header, _ = read_header(plain)
        parts = [part for table in header["tables"] for part in (*table["added"], table["removed"] or {})]
        assert set(header) | {name for table in header["tables"] for name in table} <= told
        assert {name for part in parts for name in part} <= told
