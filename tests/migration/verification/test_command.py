"""`yakuba verify`, `yakuba migrate compare` and `yakuba migrate collect` from the terminal: output and exit codes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path  # noqa: TC003 - pytest looks at the annotation

import polars as pl
import pytest
from openpyxl import load_workbook
from tests.migration.verification.run_folder import Made, build_run

from yakuba.cli import main
from yakuba.kernel.errors import Exit
from yakuba.kernel.fingerprint import fingerprint
from yakuba.migration.report import make_report
from yakuba.migration.verification.evidence import seal
from yakuba.migration.verification.signing import public_bytes, signing_key


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    run = build_run(tmp_path_factory.mktemp("made"))
    make_report(run.out)
    seal(run.out, signing_key(run.home))
    return run


@pytest.fixture
def copy(made: Made, tmp_path: Path) -> Path:
    return shutil.copytree(made.out, tmp_path / "received")


def yakuba(*arguments: str | Path) -> int:
    """Exit code of a command."""
    with pytest.raises(SystemExit) as caught:
        main([str(argument) for argument in arguments])
    return int(caught.value.code or 0)


def test_a_good_folder(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    assert yakuba("verify", made.out) == Exit.CLEAN
    printed = capsys.readouterr()
    assert "81 records, 91 rows in 3 tables" in printed.out
    assert fingerprint(public_bytes(signing_key(made.home))) in printed.out
    assert "another channel" in printed.err


def test_the_right_signer_needs_no_advice(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    key = fingerprint(public_bytes(signing_key(made.home)))
    assert yakuba("verify", made.out, "--signer", key) == Exit.CLEAN
    assert "another channel" not in capsys.readouterr().err


def test_the_wrong_signer(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    assert yakuba("verify", made.out, "--signer", "0" * 40) == Exit.NOT_PROVEN
    assert "not signed by the key you gave" in capsys.readouterr().out


def test_a_changed_byte(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = copy / "report.html"
    page.write_bytes(page.read_bytes().replace("すべての行".encode(), "すべての列".encode(), 1))
    assert yakuba("verify", copy) == Exit.NOT_PROVEN
    printed = capsys.readouterr()
    assert printed.out.startswith("report.html: bytes 0–")
    assert "証明できません" in printed.err


def test_a_changed_byte_as_json(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copy / "characters.csv").write_text("", encoding="utf-8")
    assert yakuba("verify", copy, "--json") == Exit.NOT_PROVEN
    verdict = json.loads(capsys.readouterr().out)
    assert verdict["proven"] is False
    assert [problem["file"] for problem in verdict["problems"]] == ["characters.csv"]


def test_an_empty_folder_is_no_evidence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert yakuba("verify", tmp_path) == Exit.NOT_PROVEN
    assert "evidence/evidence.json: is missing" in capsys.readouterr().out


def test_an_unfinished_run_is_not_proven(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copy / "INCOMPLETE").touch()
    assert yakuba("verify", copy) == Exit.NOT_PROVEN
    assert "not finished" in capsys.readouterr().out


def test_two_rehearsals(made: Made, copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    findings = pl.read_parquet(copy / "findings.parquet")
    findings.filter(pl.col("code") != "sum_mismatch").write_parquet(copy / "findings.parquet")
    assert yakuba("migrate", "compare", made.out, copy, "--html", tmp_path / "d.html") == Exit.CLEAN
    printed = capsys.readouterr().out
    assert "sum_mismatch" in printed
    assert "内訳の合計が総額と合わない" in (tmp_path / "d.html").read_text(encoding="utf-8")
    assert yakuba("migrate", "compare", made.out, copy, "--json") == Exit.CLEAN
    assert json.loads(capsys.readouterr().out)["fresh"] == 0
    assert yakuba("migrate", "compare", made.out, tmp_path) == Exit.USAGE


def test_answers_are_gathered(made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = load_workbook(made.out / "findings.xlsx")
    sheet = book["税務課"]
    sheet.cell(2, [cell.value for cell in sheet[1]].index("判断") + 1).value = "そのまま"
    book.save(tmp_path / "zeimuka.xlsx")
    arguments = ("migrate", "collect", made.out, tmp_path / "zeimuka.xlsx", "--into", tmp_path / "decisions.csv")
    assert yakuba(*arguments) == Exit.CLEAN
    assert "new: 1" in capsys.readouterr().out
    assert (tmp_path / "decisions.csv").is_file()
