"""`yakuba certificates verify` and `keys`: what a receiver and an administrator see.

Oracle: our own statement; exit codes as documented.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from tests.certificates.signing.papers import KEY, drawn, request

from yakuba.certificates.drawing import Drawn
from yakuba.certificates.proof import payload, url
from yakuba.certificates.signing.keys import open_keys
from yakuba.certificates.signing.self_made import SIGNER_CERTIFICATE, SIGNER_KEY, make_keys
from yakuba.cli import main
from yakuba.kernel.errors import Exit
from yakuba.kernel.home import yakuba_home

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from yakuba.certificates.signing.keys import Keys

    Ask = Callable[..., tuple[int, str]]


@pytest.fixture
def ask(capfd: pytest.CaptureFixture[str]) -> Ask:
    """Run the program as a user does; exit code and everything it said."""

    def run(*arguments: object) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            main(["certificates", *map(str, arguments)])
        said = capfd.readouterr()
        assert "Traceback" not in said.err
        return int(ended.value.code or 0), said.out + said.err

    return run


@pytest.fixture
def folder(tmp_path: Path, made: Path, keys: Keys) -> Path:
    """A signed paper, its code, and what receivers are given."""
    wanted = request(1)
    paper = drawn(wanted)
    (tmp_path / "paper.pdf").write_bytes(keys.signer.sign(paper.pdf))
    (tmp_path / "code").write_text(url("https://mihon.example/V", payload(wanted.order, paper, keys.proof)))
    for name in ("990019/proof.pub.pem", "ca/ca.cert.pem"):
        shutil.copy(made / "certificates" / name, tmp_path)
    return tmp_path


def test_a_genuine_paper(ask: Ask, folder: Path) -> None:
    code, said = ask("verify", folder / "paper.pdf", "--trust", folder / "ca.cert.pem")
    assert code == Exit.CLEAN
    assert "署名: 正しく" in said
    assert "見本町" in said
    assert "指定の認証局から確かめました" in said
    assert "取り消されたかどうかは" in said


def test_without_a_root_it_says_that_trust_is_not_checked(ask: Ask, folder: Path) -> None:
    code, said = ask("verify", folder / "paper.pdf")
    assert code == Exit.CLEAN
    assert "確かめていません" in said


def test_a_root_that_it_does_not_lead_to(ask: Ask, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    from yakuba.certificates.signing.self_made import make_keys

    other = make_keys(tmp_path_factory.mktemp("other"), "990019", "見本町").parent / "ca" / "ca.cert.pem"
    code, said = ask("verify", folder / "paper.pdf", "--trust", other)
    assert code == Exit.NOT_PROVEN
    assert "つながりません" in said


def test_a_changed_paper(ask: Ask, folder: Path) -> None:
    paper = folder / "paper.pdf"
    paper.write_bytes(paper.read_bytes().replace(b"/MediaBox[0 0 595", b"/MediaBox[0 0 495", 1))
    code, said = ask("verify", paper)
    assert code == Exit.NOT_PROVEN
    assert "正しくありません" in said


@pytest.mark.parametrize("content", [b"", b"no document", b"%PDF-1.7\n%%EOF\n"])
def test_a_file_that_is_no_document(ask: Ask, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.pdf").write_bytes(content)
    assert ask("verify", tmp_path / "x.pdf")[0] == Exit.NOT_PROVEN


def test_a_genuine_code_with_and_without_its_document(ask: Ask, folder: Path) -> None:
    said_by_code = ("--code", (folder / "code").read_text(), "--key", folder / "proof.pub.pem")
    code, said = ask("verify", *said_by_code)
    assert code == Exit.CLEAN
    for word in ("本物です", "990019", "住民票の写し", "R8-000001", "2026-11-21"):
        assert word in said
    code, said = ask("verify", folder / "paper.pdf", *said_by_code)
    assert code == Exit.CLEAN
    assert "この文書のものです" in said


def test_a_genuine_code_of_another_document(ask: Ask, folder: Path, keys: Keys) -> None:
    other = request(2)
    text = payload(other.order, drawn(other), keys.proof)
    code, said = ask("verify", folder / "paper.pdf", "--code", text, "--key", folder / "proof.pub.pem")
    assert code == Exit.NOT_PROVEN
    assert "別の文書のものです" in said


def test_a_forged_code(ask: Ask, folder: Path, keys: Keys) -> None:
    text = (folder / "code").read_text()
    code, said = ask(
        "verify", "--code", text[:-1] + ("A" if text[-1] != "A" else "B"), "--key", folder / "proof.pub.pem"
    )
    assert code == Exit.NOT_PROVEN
    assert len(said.splitlines()) == 1
    assert keys


def test_a_code_whose_key_is_not_known(ask: Ask, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YAKUBA_HOME", str(tmp_path / "another installation"))
    code, said = ask("verify", "--code", (folder / "code").read_text())
    assert code == Exit.USAGE
    assert "--key" in said


def test_nothing_to_verify(ask: Ask) -> None:
    assert ask("verify")[0] == Exit.USAGE


def test_keys_are_made_shown_and_their_public_part_written(ask: Ask, tmp_path: Path) -> None:
    out = tmp_path / "public"
    code, said = ask("keys", "990035", "--name", "手引町", "--out", out)
    assert code == Exit.CLEAN
    assert "手引町" in said
    assert "自己作成" in said
    assert sorted(path.name for path in out.iterdir()) == ["ca.cert.pem", "proof.pub.pem", "signer.cert.pem"]
    assert not any(b"PRIVATE" in path.read_bytes() for path in out.iterdir())
    again = ask("keys", "990035")[1]
    assert set(again.splitlines()) <= set(said.splitlines())

    # With a key of its own, the authority of this installation vouches for nothing.
    elsewhere = open_keys("990043", "別町", tmp_path / "elsewhere")
    assert elsewhere
    theirs = tmp_path / "elsewhere" / "certificates" / "990043"
    for path in (SIGNER_KEY, SIGNER_CERTIFICATE):
        shutil.copy(theirs / path, make_keys(yakuba_home(), "990043", "別町"))
    assert ask("keys", "990043", "--out", tmp_path / "other")[0] == Exit.CLEAN
    assert sorted(path.name for path in (tmp_path / "other").iterdir()) == ["proof.pub.pem", "signer.cert.pem"]

    # A code of this municipality is now known here without --key, and a paper leads to its authority.
    own = open_keys("990035", home=yakuba_home())
    wanted = request(3, municipality="990035")
    made = Drawn(b"", 1, "ab" * 32, "")
    assert ask("verify", "--code", payload(wanted.order, made, own.proof))[0] == Exit.CLEAN


def test_a_secret_of_the_tag_is_never_said(ask: Ask, folder: Path) -> None:
    assert KEY.hex() not in ask("verify", folder / "paper.pdf")[1]
