"""The commands of a vault end as they promise: exit code, one document, one sentence that says what to do.

Oracle: docs/ja/vault.md and the help of the commands; rows as they were written. The manual itself is run by
tests/architecture/test_docs.py.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from tests.vault.hall import NAME, Hall, folder_rows, small_town

from yakuba.cli import main
from yakuba.cli._vault import moment
from yakuba.kernel.errors import Exit, UsageError

if TYPE_CHECKING:
    from pathlib import Path


@dataclass
class Said:
    """What a command said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class Desk:
    """A terminal."""

    capsys: pytest.CaptureFixture[str]

    def __call__(self, *words: object) -> Said:
        with pytest.raises(SystemExit) as ended:
            main(["vault", *map(str, words)])
        out, err = self.capsys.readouterr()
        assert "Traceback" not in err
        assert NAME not in out + err
        return Said(int(ended.value.code or 0), out, err)


@pytest.fixture
def desk(capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(capsys)


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Hall:
    """Two generations; not to be changed."""
    return Hall(tmp_path_factory.mktemp("commands") / "hall").opened().days(2)


def test_from_nothing_to_a_restored_town(desk: Desk, tmp_path: Path) -> None:
    hall = Hall(tmp_path)
    made = desk("init", hall.place, "--municipality", "990019", "--keys", hall.keys)
    assert (made.code, "identity.txt" in made.err) == (Exit.CLEAN, True)
    other = desk("init", tmp_path / "other", "--municipality", "990027", "--keys", hall.keys, "--json").json
    assert (other["municipality"], other["signer"] in made.out) == ("990027", True)
    feed = hall.feed(small_town())
    taken = desk("backup", hall.place, feed, "--keys", hall.keys, "--json").json
    assert (taken["generation"], taken["kind"]) == (1, "full")
    newest = max(path.stat().st_mtime for path in feed.rglob("*.csv"))
    assert taken["as_of"] == datetime.fromtimestamp(int(newest), UTC).isoformat()
    again = desk("backup", hall.place, feed, "--keys", hall.keys)
    assert "差分 delta" in again.out
    listed = desk("list", hall.place, "--json").json
    assert [one["number"] for one in listed["generations"]] == [1, 2]
    assert listed["head"] in again.out
    verdict = desk("verify", hall.place, "--identity", hall.keys, "--expect-head", taken["head"], "--json").json
    assert (verdict["proven"], verdict["generations"], verdict["rows"]) == (True, 2, 15)
    restored = desk("restore", hall.place, "--identity", hall.keys, "--out", tmp_path / "out", "--json").json
    assert restored["rows"] == 15
    hall.towns[2] = small_town()
    assert folder_rows(tmp_path / "out", small_town()) == hall.expected(2)


def test_restore_and_extract_in_words(desk: Desk, days: Hall, tmp_path: Path) -> None:
    said = desk("restore", days.place, "--identity", days.keys, "--out", tmp_path / "a", "--as-of", "2025-11-02")
    assert said.code == Exit.CLEAN
    assert "generation 1" in said.out
    assert folder_rows(tmp_path / "a", days.towns[1]) == days.expected(1)
    given = ("--identity", days.keys, "--out", tmp_path / "b", "--addressee", "1001", "--generation", 2)
    said = desk("extract", days.place, *given)
    assert (said.code, "2 rows in 2 tables" in said.out) == (Exit.CLEAN, True)


def test_list_is_a_table(desk: Desk, days: Hall) -> None:
    lines = desk("list", days.place).out.splitlines()
    assert lines[0] == "団体 municipality 990019"
    assert [line.split("\t")[:3] for line in lines[2:4]] == [
        ["1", "全件 full", "2025-11-02 12:00"],
        ["2", "差分 delta", "2025-11-03 12:00"],
    ]


@pytest.mark.parametrize(
    ("line", "code", "word"),
    [
        ("list NOWHERE", Exit.USAGE, "no vault"),
        ("verify NOWHERE", Exit.USAGE, "no vault"),
        ("restore PLACE --out OUT", Exit.USAGE, "--identity"),
        ("restore PLACE --identity KEYS --out OUT --generation 9", Exit.USAGE, "世代 9"),
        ("restore PLACE --identity KEYS --out OUT --as-of yesterday", Exit.USAGE, "no moment"),
        ("restore PLACE --identity KEYS --out KEYS", Exit.USAGE, "not empty"),
        ("extract PLACE --identity KEYS --out OUT", Exit.USAGE, "--addressee"),
        ("init PLACE --municipality 990019 --keys KEYS", Exit.USAGE, "a vault already"),
        ("init NOWHERE --municipality 990018 --keys KEYS", Exit.USAGE, "no municipality code"),
        ("init NOWHERE --municipality 990019 --keys KEYS --recipient age1x", Exit.USAGE, "age1"),
        ("backup PLACE FEEDS --keys KEYS", Exit.USAGE, "no table"),
        ("backup PLACE FEED --keys KEYS --standard nonsense", Exit.USAGE, "nonsense"),
        ("backup PLACE FEED --keys FEEDS", Exit.CANNOT_CONTINUE, "signer.key"),
        ("restore PLACE --identity FEED --out OUT", Exit.CANNOT_CONTINUE, "identity.txt"),
        ("list PLACE --signer 0000", Exit.NOT_PROVEN, "fingerprint"),
        ("verify PLACE --signer 0000", Exit.NOT_PROVEN, "fingerprint"),
        ("verify PLACE --expect-head 0000", Exit.NOT_PROVEN, "older state"),
        ("restore PLACE --identity KEYS --out OUT --signer 0000", Exit.NOT_PROVEN, "fingerprint"),
    ],
)
def test_what_is_refused(desk: Desk, days: Hall, tmp_path: Path, line: str, code: Exit, word: str) -> None:
    feed = days.feed(small_town(5))
    places = {
        "PLACE": days.place, "KEYS": str(days.keys), "NOWHERE": str(tmp_path / "nowhere"), "OUT": str(tmp_path / "out"),
        "FEED": str(feed), "FEEDS": str(tmp_path),
    }  # fmt: skip
    said = desk(*(places.get(one, one) for one in line.split()))
    assert (said.code, word in said.out + said.err) == (code, True), said
    assert not list(tmp_path.iterdir())
    assert len(desk("list", days.place, "--json").json["generations"]) == 2


def test_a_damaged_vault(desk: Desk, days: Hall, tmp_path: Path) -> None:
    hall = replace(days, folder=tmp_path / "hall")
    shutil.copytree(days.folder, hall.folder)
    one = next((hall.folder / "vault/objects").glob("00000002-*"))
    one.write_bytes(one.read_bytes()[:-1])
    said = desk("verify", hall.place)
    assert said.code == Exit.NOT_PROVEN
    assert one.name in said.out
    found = desk("verify", hall.place, "--json")
    assert (found.code, found.json["findings"][0]["code"]) == (Exit.NOT_PROVEN, "changed")
    refused = desk("restore", hall.place, "--identity", hall.keys, "--out", tmp_path / "out")
    assert (refused.code, len(refused.err.splitlines()[-1:])) == (Exit.NOT_PROVEN, 1)
    assert "→" in refused.err
    entry = hall.folder / "vault/entries/00000002.json"
    entry.write_bytes(entry.read_bytes()[:-9])
    assert desk("list", hall.place).code == Exit.NOT_PROVEN
    assert [one["number"] for one in desk("list", hall.place, "--upto", 1, "--json").json["generations"]] == [1]
    assert desk("restore", hall.place, "--identity", hall.keys, "--out", tmp_path / "out", "--upto", 1).code == 0


def test_moments_are_those_of_japan() -> None:
    assert moment("2026-11-21") == datetime(2026, 11, 20, 15, tzinfo=UTC)
    assert moment("2026-11-21T03:00") == datetime(2026, 11, 20, 18, tzinfo=UTC)
    assert moment("2026-11-21T03:00+00:00") == datetime(2026, 11, 21, 3, tzinfo=UTC)
    assert moment("2026-11-21", end=True) == datetime(2026, 11, 21, 14, 59, 59, 999999, tzinfo=UTC)
    with pytest.raises(UsageError):
        moment("昨日")
