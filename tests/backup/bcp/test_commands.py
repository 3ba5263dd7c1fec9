"""The commands of a disaster, as the manual promises them: exit codes, sentences, the files they leave.

They run in this process, on the database of the tests; that they find a database of their own is looked at in
test_opening. Oracle: docs/ja/bcp.md, and the cast of tests/world.py.
"""

from __future__ import annotations

import csv
import io
import json
import re
import stat
from typing import TYPE_CHECKING

import pytest
from tests.world import TOWN_A

from yakuba.backup import signing
from yakuba.backup.bcp.book import book
from yakuba.cli import main
from yakuba.kernel.errors import Exit
from yakuba.kernel.home import yakuba_home
from yakuba.registry import queries
from yakuba.registry.services import add_history
from yakuba.tenancy.acting import system

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.tenancy.acting import Actor

OTSUKA, TSUJI = "1000000082", "1000000031"
DIED = ("note", "death", "--name", "大塚　哲也", "--addressee", OTSUKA, "--paper", "D-1")


class Desk:
    """A terminal in a disaster."""

    def __init__(self, actor: Actor, capsys: pytest.CaptureFixture[str]) -> None:
        self.actor, self._capsys = actor, capsys

    def __call__(self, *words: object) -> tuple[int, str, str]:
        """Exit code, stdout and stderr of a `yakuba bcp` command."""
        given = [str(word) for word in words]
        folder = [] if given[0] == "check" else ["--folder", str(yakuba_home())]
        with pytest.raises(SystemExit) as ended:
            main(["bcp", given[0], *folder, *given[1:]])
        said = self._capsys.readouterr()
        assert "Traceback" not in said.err
        assert isinstance(ended.value.code, int)
        return ended.value.code, said.out, said.err


@pytest.fixture
def desk(disaster: Actor, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr("yakuba.backup.bcp.founding.begin", lambda _home: None)
    monkeypatch.setattr("yakuba.cli.bcp_check.acting", system)
    return Desk(disaster, capsys)


def test_lists_are_written_and_counted_and_never_over_something(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "meibo"
    code, said, _ = desk("lists", "--out", out)
    assert code == Exit.CLEAN
    assert "データの時点" in said
    names = {"all", "alone", "districts", "infants", "old", "old_only"}
    assert {path.name for path in out.iterdir()} == {f"{name}.{end}" for name in names for end in ("csv", "html")}
    assert {stat.S_IMODE(path.stat().st_mode) for path in out.iterdir()} == {0o600}
    rows = list(csv.reader(io.StringIO((out / "all.csv").read_text("utf-8-sig"))))
    assert len(rows) == 1 + 12
    code, _, wrong = desk("lists", "--out", out)
    assert (code, "空では" in wrong) == (Exit.USAGE, True)
    code, said, _ = desk("lists", "--out", tmp_path / "none", "--district", "どこにもない町")
    assert code == Exit.CLEAN
    assert (tmp_path / "none" / "all.csv").read_text("utf-8-sig").count("\n") == 1


@pytest.mark.parametrize("day", ["2026-11-20", "令和8年11月20日", "R8.11.20", "５０８１１２０"])
def test_a_paper_is_written_down_with_its_day_as_it_stands_there(desk: Desk, day: str) -> None:
    code, said, _ = desk(*DIED, "--on", day)
    assert (code, said) == (Exit.CLEAN, "受付番号 number: 1\n")
    (one,) = book(desk.actor)
    assert (one.noted.happened_on.isoformat(), one.noted.addressee) == ("2026-11-20", OTSUKA)


def test_a_paper_that_cannot_be_meant_is_not_written_down(desk: Desk) -> None:
    wrong = {
        "日付として読めません": [*DIED, "--on", "2026-02-30"],
        "異動日が先の日です": [*DIED, "--on", "2999-01-01"],
        "宛名番号がありません": ["note", "death", "--name", "某", "--paper", "D-2", "--on", "2026-11-20"],
        "該当する人がいません": [*DIED[:5], "9999999999", *DIED[6:], "--on", "2026-11-20"],
    }
    for sentence, words in wrong.items():
        code, _, said = desk(*words)
        expected = Exit.CANNOT_CONTINUE if "いません" in sentence else Exit.USAGE
        assert (code, sentence in said, "→" in said) == (expected, True, True), said
    assert book(desk.actor) == ()


def test_the_book_is_handed_back_signed_and_checked_against_the_records(desk: Desk, tmp_path: Path) -> None:
    desk(*DIED, "--on", "2026-11-20")
    desk("note", "safe", "--name", "辻", "--addressee", TSUJI, "--paper", "S-1", "--on", "2026-11-20")
    package = tmp_path / "hikitsugi"
    code, said, _ = desk("handback", "--out", package)
    found = re.search(r"署名鍵の指紋 fingerprint: (.+)", said)
    assert (code, bool(found)) == (Exit.CLEAN, True)
    assert {path.name for path in package.iterdir()} == {"events.json", "events.csv"}
    document = json.loads((package / "events.json").read_text("utf-8"))
    assert signing.holds(document, "handback")
    assert (package / "events.csv").read_text("utf-8-sig").count("D-1") == 1
    assert desk("handback", "--out", package)[0] == Exit.USAGE
    assert found is not None
    against = ("check", package, "--municipality", TOWN_A, "--signer", found[1])
    code, said, _ = desk(*against)
    assert (code, said.count("入力できます")) == (Exit.CLEAN, 2)
    version = queries.head(desk.actor, TSUJI)
    assert version is not None
    add_history(desk.actor, TSUJI, {"異動事由": "32", "住所_方書": "コーポ見本"}, 1, reason="復旧の後")
    code, said, _ = desk(*against)
    assert (code, "記録が変わっています" in said.replace("\n", "")) == (Exit.FINDINGS, True)
    code, _, said = desk("check", package, "--municipality", TOWN_A, "--signer", "0" * 40)
    assert (code, "別の鍵" in said) == (Exit.NOT_PROVEN, True)
    code, _, said = desk("check", package)
    assert (code, "照合の相手がありません" in said) == (Exit.USAGE, True)
    document["events"][0]["name"] = "別の人"
    (package / "events.json").write_text(json.dumps(document), "utf-8")
    assert desk(*against)[0] == Exit.NOT_PROVEN
