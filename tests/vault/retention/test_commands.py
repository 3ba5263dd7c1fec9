"""The commands that keep a vault: exit code, one document or some lines, one sentence that says what to do.

Oracle: docs/ja/vault.md and the help of the commands; the feeds that were sent.
"""

from __future__ import annotations

import json
import stat
from typing import TYPE_CHECKING

import pytest
from tests.vault.retention.keeping import Kept, town_at

from yakuba.cli import main
from yakuba.kernel.errors import Exit
from yakuba.vault.keys import recipient_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Said = tuple[int, str, str]


@pytest.fixture
def town(tmp_path: Path) -> Kept:
    kept = town_at(tmp_path)
    for _ in range(4):
        kept.day()
    return kept


@pytest.fixture
def desk(capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """A terminal: exit code, output, complaints."""

    def say(*words: object) -> Said:
        with pytest.raises(SystemExit) as ended:
            main(["vault", *map(str, words)])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return int(ended.value.code or 0), out, err

    return say


NONE = ("--daily", 0, "--weekly", 0, "--monthly", 0, "--yearly", 0)


def test_prune_says_what_stays_and_why(town: Kept, desk: Callable[..., Said]) -> None:
    town.days += 60  # past the locks of what the deltas stand on
    town.day(full=True)
    dry = json.loads(desk("prune", town.place, "--keys", town.keys, "--newest", 1, *NONE, "--dry-run", "--json")[1])
    assert (dry["kept"], dry["generations"], dry["deleted"]) == ({"5": "newest"}, [1, 2, 3, 4], [])
    assert len(dry["objects"]) == 4
    code, out, _ = desk("prune", town.place, "--keys", town.keys, "--newest", 1, *NONE)
    assert code == Exit.CLEAN
    assert "5\t最新 newest" in out
    assert "given up: 1、2、3、4" in out
    assert "4 objects" in out
    assert town.all_given()
    code, out, _ = desk("prune", town.place, "--keys", town.keys, "--newest", 1, *NONE, "--json")
    assert (code, json.loads(out)["deleted"]) == (Exit.CLEAN, [])


def test_prune_refuses_to_keep_nothing_and_to_go_on_over_damage(town: Kept, desk: Callable[..., Said]) -> None:
    code, _, err = desk("prune", town.place, "--keys", town.keys, "--newest", 0)
    assert (code, "keeps nothing" in err) == (Exit.USAGE, True)
    (town.folder / "vault" / town.chain().layers(4)[0].name).unlink()
    code, _, err = desk("prune", town.place, "--keys", town.keys, "--newest", 1, *NONE)
    assert (code, "nothing was deleted" in err) == (Exit.NOT_PROVEN, True)


def test_hold_release_compact(town: Kept, desk: Callable[..., Said]) -> None:
    assert desk("hold", town.place, 2, "--reason", "監査委員の求め", "--keys", town.keys)[0] == Exit.CLEAN
    assert desk("hold", town.place, 9, "--reason", "x", "--keys", town.keys)[0] == Exit.USAGE
    assert set(town.chain().holds) == {2}
    assert desk("release", town.place, 2, "--reason", "終了", "--keys", town.keys)[0] == Exit.CLEAN
    code, out, _ = desk("compact", town.place, "--identity", town.keys, "--keys", town.keys, "--json")
    said = json.loads(out)
    assert (code, said["generation"], said["before"], said["head"]) == (Exit.CLEAN, 4, 4, town.chain().head)
    code, _, err = desk("compact", town.place, "--identity", town.keys, "--keys", town.keys)
    assert (code, "one object already" in err) == (Exit.USAGE, True)
    code, out, _ = desk("compact", town.place, "--generation", 3, "--identity", town.keys, "--keys", town.keys)
    assert (code, "3 objects → 1" in out) == (Exit.CLEAN, True)
    assert town.all_given()


def test_keys_go_to_custodians_and_come_back(town: Kept, desk: Callable[..., Said], tmp_path: Path) -> None:
    sheets, identity = tmp_path / "sheets", town.keys / "identity.txt"
    split = ("keys", "split", "--identity", identity, "--threshold", 2, "--custodians", 3, "--label", "見本町 990019")
    code, out, _ = desk(*split, "--out", sheets)
    assert (code, out.splitlines()[-1]) == (Exit.CLEAN, str(sheets))
    assert desk(*split, "--out", sheets)[0] == Exit.USAGE
    files = sorted(sheets.iterdir())
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    secret = identity.read_text()
    identity.unlink()
    back = tmp_path / "back.txt"
    code, _, err = desk("keys", "join", files[0], "--out", back)
    assert (code, "1 of 2 papers" in err, back.exists()) == (Exit.CANNOT_CONTINUE, True, False)
    code, out, _ = desk("keys", "join", files[2], files[0], "--out", back)
    assert code == Exit.CLEAN
    assert recipient_of(town.keys) in out
    assert back.read_text().strip() in secret
    assert stat.S_IMODE(back.stat().st_mode) == 0o600
    assert desk("keys", "join", files[2], files[0], "--out", back)[0] == Exit.USAGE
    assert town.all_given(back)


def test_keys_are_shown_and_changed(town: Kept, desk: Callable[..., Said], tmp_path: Path) -> None:
    fresh, old = tmp_path / "fresh", recipient_of(town.keys)
    code, _, err = desk("keys", "rotate", town.place, "--keys", town.keys)
    assert (code, "nothing would change" in err) == (Exit.USAGE, True)
    rotate = ("keys", "rotate", town.place, "--keys", town.keys, "--new-keys", fresh, "--drop", old)
    code, out, _ = desk(*rotate, "--rewrap", town.keys)
    assert code == Exit.CLEAN
    assert f"recipient: {recipient_of(fresh)}" in out
    code, _, err = desk("hold", town.place, 1, "--reason", "x", "--keys", town.keys)
    assert (code, "not a signer" in err) == (Exit.CANNOT_CONTINUE, True)
    code, out, _ = desk("keys", "show", town.place, "--json")
    changes = json.loads(out)["changes"]
    assert [(one["entry"], one["recipients"], one["sealed_again"]) for one in changes] == [
        (0, [old], 0), (5, [recipient_of(fresh)], 4),
    ]  # fmt: skip
    assert desk("keys", "show", town.place)[0] == Exit.CLEAN
    assert town.all_given(fresh)
