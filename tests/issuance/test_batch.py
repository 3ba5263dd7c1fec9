"""Many papers from a list: killed and run again, the same set under the same numbers, nothing twice."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from tests.issuance.town import SEAL

from yakuba.cli import root
from yakuba.issuance import batch, queries
from yakuba.issuance.batch import Batch, run
from yakuba.issuance.models import Issue
from yakuba.kernel.errors import Exit, UsageError
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.tenancy.acting import Actor

PEOPLE = ("1000000015", "1000000031", "1000000082", "1000000074", "1999999999")
"""Three who can get a paper, a 除票, nobody."""


@pytest.fixture
def wanted(tmp_path: Path) -> Batch:
    people = tmp_path / "people.txt"
    people.write_text("# 見本町\n" + "\n".join(PEOPLE) + "\n1000000015\n", "utf-8")
    return Batch("juminhyo", people, tmp_path / "out", "年金の現況届")


def test_a_list_becomes_papers_and_reasons(town: Actor, wanted: Batch) -> None:
    done = run(town, wanted)
    assert (done.made, done.kept) == (3, 0)
    assert set(done.refused) == {"1000000074", "1999999999"}
    assert {path.stem for path in wanted.out.glob("*.pdf")} == set(PEOPLE) - set(done.refused)
    assert {path.stat().st_mode & 0o077 for path in wanted.out.glob("*")} == {0}


def test_killed_at_any_file_and_run_again_nothing_is_made_twice(
    town: Actor, wanted: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    class KilledError(Exception):
        pass

    write, left = batch._write, [2]

    def killed(path: Path, content: bytes) -> None:
        if path.suffix == ".pdf":
            left[0] -= 1
            if not left[0]:
                raise KilledError
        write(path, content)

    with monkeypatch.context() as patch:
        patch.setattr(batch, "_write", killed)
        with pytest.raises(KilledError):
            run(town, wanted)
    again = run(town, wanted)
    assert again.kept == 1
    with wall(town.municipality):
        made = list(Issue.objects.order_by("serial").values_list("serial", "subject"))
    assert [serial for serial, _ in made] == list(range(1, len(made) + 1))
    assert len({subject for _, subject in made}) == len(made) == len(list(wanted.out.glob("*.pdf")))
    assert run(town, wanted).kept == len(made)
    assert queries.gaps(town) == {}


def test_a_folder_holds_one_batch(town: Actor, wanted: Batch) -> None:
    run(town, wanted)
    with pytest.raises(UsageError, match="holds a batch of juminhyo"):
        run(town, Batch("kisai", wanted.numbers, wanted.out, "年金"))
    wanted.numbers.write_text("あいう\n", "utf-8")
    with pytest.raises(UsageError, match="宛名番号ではありません"):
        run(town, wanted)


def test_the_command_makes_them_and_ends_with_findings(town: Actor, wanted: Batch) -> None:
    arguments = ["certificates", "batch", "--municipality", town.municipality, "--kind", "juminhyo", "--json"]
    arguments += ["--list", str(wanted.numbers), "--out", str(wanted.out), "--purpose", "現況届"]
    result = CliRunner().invoke(root, arguments, catch_exceptions=False, standalone_mode=False)
    said = json.loads(result.stdout)
    assert said["made"] == 3
    assert result.return_value == Exit.FINDINGS


def test_imprints_are_taken_in_by_their_names_once(town: Actor, tmp_path: Path) -> None:
    (tmp_path / "IN1.svg").write_bytes(SEAL)
    (tmp_path / "IN2.svg").write_bytes(SEAL)
    arguments = ["certificates", "images", str(tmp_path), "--municipality", town.municipality]
    for said in ("2 new", "0 new"):
        result = CliRunner().invoke(root, arguments, catch_exceptions=False, standalone_mode=False)
        assert said in result.stdout
    (tmp_path / "IN3.png").write_bytes(b"GIF89a")
    with pytest.raises(UsageError, match="IN3"):
        CliRunner().invoke(root, arguments, catch_exceptions=False, standalone_mode=False)
