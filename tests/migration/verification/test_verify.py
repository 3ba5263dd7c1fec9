"""Evidence that anyone can check: whatever is done to a signed run folder, `verify` says that and where."""

from __future__ import annotations

import json
import shutil
import stat
from pathlib import Path  # noqa: TC003 - pytest looks at the annotation
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.migration.verification.run_folder import Made, build_run

from yakuba.kernel.canonical import canonical
from yakuba.kernel.errors import CannotContinueError, NotProvenError
from yakuba.kernel.fingerprint import fingerprint
from yakuba.migration.contracts import RECORD
from yakuba.migration.verification.canonical import chained, render
from yakuba.migration.verification.evidence import EVIDENCE, SIGNATURE, EvidenceBuilder, seal, write_evidence
from yakuba.migration.verification.files import BLOCK, covered
from yakuba.migration.verification.rule_set import rule_set
from yakuba.migration.verification.signing import public_bytes, sign, signing_key
from yakuba.migration.verification.verify import verify

CSV = "data/001_juminkihondaicho/juminjoho.csv"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return build_run(tmp_path_factory.mktemp("made"))


@pytest.fixture
def copy(made: Made, tmp_path: Path) -> Path:
    return shutil.copytree(made.out, tmp_path / "received")


def codes(folder: Path, signer: str | None = None) -> dict[str, set[str]]:
    """Problem codes by file."""
    found: dict[str, set[str]] = {}
    for problem in verify(folder, signer).problems:
        found.setdefault(problem.file, set()).add(problem.code)
    return found


def signed_files(folder: Path) -> list[str]:
    return [*(path.relative_to(folder).as_posix() for path in covered(folder)), EVIDENCE, SIGNATURE]


def key_of(made: Made) -> str:
    return fingerprint(public_bytes(signing_key(made.home)))


def test_an_untouched_folder_is_proven(made: Made) -> None:
    verdict = verify(made.out, key_of(made).replace(" ", "").upper())
    assert verdict.proven
    assert verdict.fingerprint == key_of(made)
    assert (verdict.groups, verdict.records) == (3, 81)


@settings(max_examples=250, deadline=None)
@given(data=st.data())
def test_any_changed_byte_is_found_in_its_file(made: Made, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(signed_files(made.out)))
    path = made.out / name
    raw = path.read_bytes()
    at = data.draw(st.integers(0, len(raw) - 1))
    flipped = raw[at] ^ data.draw(st.integers(1, 255))
    path.write_bytes(raw[:at] + bytes([flipped]) + raw[at + 1 :])
    try:
        assert name in codes(made.out)
    finally:
        path.write_bytes(raw)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_shortened_or_longer_file_is_found(made: Made, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(signed_files(made.out)))
    path = made.out / name
    raw = path.read_bytes()
    end = data.draw(st.integers(0, len(raw) - 1))
    path.write_bytes(data.draw(st.sampled_from([raw[:end], raw + b"\n", raw + raw[:9]])))
    try:
        assert name in codes(made.out)
    finally:
        path.write_bytes(raw)


def test_each_deleted_file_is_missed(made: Made, copy: Path) -> None:
    for name in signed_files(copy):
        (copy / name).unlink()
        assert "missing" in codes(copy)[name]
        shutil.copy2(made.out / name, copy / name)
    assert verify(copy).proven


@pytest.mark.parametrize(
    "name", ["data/001_juminkihondaicho/more.csv", "evidence/more.json", "more.txt", "lineage/a/b"]
)
def test_an_added_file_is_found(copy: Path, name: str) -> None:
    (copy / name).parent.mkdir(exist_ok=True)
    (copy / name).write_text("x", encoding="utf-8")
    assert name in codes(copy)


@pytest.mark.parametrize("name", ["work/more.parquet", "run.json"])
def test_what_is_not_evidence_may_change(copy: Path, name: str) -> None:
    (copy / name).write_text("other", encoding="utf-8")
    assert verify(copy).proven


def test_the_work_folder_may_be_deleted(copy: Path) -> None:
    shutil.rmtree(copy / "work")
    assert verify(copy).proven


def test_two_swapped_files_are_found(copy: Path) -> None:
    one, two = copy / CSV, copy / "data/001_juminkihondaicho/setaijoho.csv"
    left, right = one.read_bytes(), two.read_bytes()
    one.write_bytes(right)
    two.write_bytes(left)
    assert {CSV, "data/001_juminkihondaicho/setaijoho.csv"} <= codes(copy).keys()


def test_a_link_instead_of_a_file_is_found(copy: Path, tmp_path: Path) -> None:
    shutil.move(copy / CSV, tmp_path / "elsewhere.csv")
    (copy / CSV).symlink_to(tmp_path / "elsewhere.csv")
    assert "outside" in codes(copy)[CSV]


def test_the_changed_cell_is_named(copy: Path) -> None:
    text = (copy / CSV).read_text(encoding="utf-8").splitlines()
    text[8] = text[8].replace("甲野", "乙野").replace("乙川", "甲川").replace("丙山", "甲山").replace("丁田", "甲田")
    text[8] = text[8].replace("戊谷", "甲谷").replace("己島", "甲島")
    (copy / CSV).write_text("\n".join(text) + "\n", encoding="utf-8")
    places = {problem.code: problem.place for problem in verify(copy).problems}
    assert places["cells"] == "row 8, item 氏名"
    assert places["changed"].endswith("lines 1–39")


def test_the_changed_block_of_a_large_file_is_named(made: Made, tmp_path: Path) -> None:
    big = shutil.copytree(made.out, tmp_path / "big")
    lines = b"0123456789abcde\n" * (4 * BLOCK // 16)
    (big / "characters.csv").write_bytes(lines)
    seal(big, signing_key(made.home))
    at = 2 * BLOCK + 100
    (big / "characters.csv").write_bytes(lines[:at] + b"X" + lines[at + 1 :])
    (problem,) = verify(big).problems
    assert problem.place == "bytes 2097152–3145727, lines 131073–196608"


def test_signing_again_by_another_key_is_told_by_the_fingerprint(made: Made, copy: Path, tmp_path: Path) -> None:
    other = signing_key(tmp_path / "other")
    builder = EvidenceBuilder.read(copy)
    named = {"fingerprint": fingerprint(public_bytes(other)), "public_key": public_bytes(other).hex()}
    builder.entries = [(kind, named if kind == "signer" else content) for kind, content in builder.entries]
    builder.write(copy)
    seal(copy, other)
    assert verify(copy).proven
    assert codes(copy, key_of(made)) == {SIGNATURE: {"signer_other"}}
    assert codes(made.out, key_of(made)[:9]) == {SIGNATURE: {"signer_other"}}


def test_a_foreign_signature_over_this_evidence_is_found(copy: Path, tmp_path: Path) -> None:
    head = json.loads((copy / EVIDENCE).read_bytes())["head"]
    (copy / SIGNATURE).write_bytes(canonical(sign(head, signing_key(tmp_path / "other"))) + b"\n")
    assert codes(copy) == {SIGNATURE: {"signer_other"}}


def test_evidence_written_anew_does_not_carry_the_old_signature(copy: Path) -> None:
    builder = EvidenceBuilder.read(copy)
    kind, content = builder.entries[-1]
    builder.entries[-1] = (kind, {**content, "bytes": 1})
    builder.write(copy)
    assert codes(copy)[SIGNATURE] == {"signature_other"}


def test_one_changed_entry_is_told_by_its_number(copy: Path) -> None:
    data = json.loads((copy / EVIDENCE).read_bytes())
    data["entries"][2]["content"]["name"] = "別の町"
    (copy / EVIDENCE).write_bytes(render(data["entries"], data["head"]))
    (problem,) = verify(copy).problems
    assert (problem.code, problem.place) == ("chain_broken", "entry 3–4 (layout, line 5)")


def test_counts_that_do_not_add_up_are_found_even_when_signed(made: Made, copy: Path) -> None:
    builder = EvidenceBuilder.read(copy)
    for kind, content in builder.entries:
        if kind == "account" and content["source"] == "zei":
            content["loaded"] += 1
            content["files"][0]["loaded"] += 1
    builder.write(copy)
    seal(copy, signing_key(made.home))
    assert "sum" in codes(copy)["ZEI0.csv"]
    assert codes(copy)["zei"] == {"sum"}


def test_a_run_that_was_never_proven_does_not_verify(made: Made, copy: Path) -> None:
    builder = EvidenceBuilder.read(copy)
    for kind, content in builder.entries:
        if kind in {"group", "result"}:
            content["proven"] = False
    builder.write(copy)
    seal(copy, signing_key(made.home))
    assert codes(copy).keys() == {"result", "住民基本台帳/住民情報", "住民基本台帳/世帯情報", "個人住民税/課税情報"}


def test_evidence_of_another_form_is_no_traceback(made: Made, copy: Path) -> None:
    wrong: list[list[tuple[str, dict[str, Any]]]] = [
        [("group", {})],
        [("file", {"path": "../x"})],
        [("result", {"proven": "yes"}), ("account", {"files": 3})],
    ]
    for entries in wrong:
        made_up, head = chained(entries)
        (copy / EVIDENCE).write_bytes(render(made_up, head))
        (copy / SIGNATURE).write_bytes(canonical(sign(head, signing_key(made.home))) + b"\n")
        assert not verify(copy).proven
    for text in ("[]", "{}", '{"entries":3}', "", '{"format":"yakuba-evidence-1","head":"","entries":[1]}'):
        (copy / EVIDENCE).write_text(text, encoding="utf-8")
        assert EVIDENCE in codes(copy)


def test_the_same_run_gives_the_same_evidence(made: Made, tmp_path: Path) -> None:
    shutil.copytree(made.home, tmp_path / "home")
    again = build_run(tmp_path)
    assert (again.out / EVIDENCE).read_bytes() == (made.out / EVIDENCE).read_bytes()
    assert (again.out / SIGNATURE).read_bytes() == (made.out / SIGNATURE).read_bytes()


def test_evidence_shows_no_secret_number(made: Made) -> None:
    assert "1000000000" not in (made.out / EVIDENCE).read_text(encoding="utf-8")


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    one, two = signing_key(tmp_path / "h"), signing_key(tmp_path / "h")
    assert public_bytes(one) == public_bytes(two)
    (file,) = (tmp_path / "h").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.write_text("nonsense", encoding="utf-8")
    with pytest.raises(CannotContinueError, match="cannot be used"):
        signing_key(tmp_path / "h")


def test_evidence_is_refused_when_a_record_has_no_destination(made: Made, copy: Path) -> None:
    kept = pl.read_parquet(copy / "dispositions.parquet")
    lost = {"without destination": pl.col(RECORD) == 7, "handed back": pl.col(RECORD).is_null()}
    for words, which in lost.items():
        kept.filter(~which.fill_null(value=False)).write_parquet(copy / "dispositions.parquet")
        with pytest.raises(NotProvenError, match=words):
            write_evidence(copy, made.run, signing_key(made.home))
    twice = kept.with_columns(pl.col(RECORD).replace({7: 8}))
    twice.write_parquet(copy / "dispositions.parquet")
    with pytest.raises(NotProvenError, match="two destinations"):
        write_evidence(copy, made.run, signing_key(made.home))


def test_evidence_is_refused_when_rejected_rows_are_not_kept(made: Made, copy: Path) -> None:
    (copy / "rejected" / "juki.parquet").unlink()
    with pytest.raises(NotProvenError, match="0 records kept, 2 rejected"):
        write_evidence(copy, made.run, signing_key(made.home))


def test_the_rule_set_names_every_rule_with_its_digest() -> None:
    assert all(len(digest) == 64 for digest in rule_set().values())
