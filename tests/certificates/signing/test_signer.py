"""The signature holds for others: poppler (pdfsig), OpenSSL, and the validator of the signing library.

Oracle: those three programs; ETSI EN 319 142-1 for what a PAdES B-B signature has in it.
"""

from __future__ import annotations

import multiprocessing
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from asn1crypto import cms
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import StreamObject

from yakuba.certificates.signing.validation import validate
from yakuba.kernel.errors import CannotContinueError

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.certificates.drawing import Drawn
    from yakuba.certificates.signing.keys import Keys


def container(pdf: bytes) -> tuple[bytes, bytes]:
    """The CMS object of the only signature, without its padding, and the bytes that it covers."""
    found = re.findall(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]", pdf)
    assert len(found) == 1
    first, length, second, rest = map(int, found[0])
    assert first == 0
    raw = bytes.fromhex(pdf[length + 1 : second - 1].decode())
    size = len(cms.ContentInfo.load(raw).dump())
    return raw[:size], pdf[:length] + pdf[second : second + rest]


# ---- what it is ----------------------------------------------------------------------------------------------


def test_the_document_before_the_signature_stays_as_it_is_byte_for_byte(paper: Drawn, signed: bytes) -> None:
    assert signed.startswith(paper.pdf)
    assert len(signed) - len(paper.pdf) < 10_000


def test_the_signature_is_pades_baseline(signed: bytes, keys: Keys) -> None:
    raw, _ = container(signed)
    data = cms.ContentInfo.load(raw)["content"]
    (signer,) = data["signer_infos"]
    attributes = {one["type"].native for one in signer["signed_attrs"]}
    assert {"content_type", "message_digest", "signing_certificate_v2"} <= attributes
    assert "signing_time" not in attributes  # the time is in the PDF, never twice
    assert b"/SubFilter /ETSI.CAdES.detached" in signed
    assert [one.chosen.dump() for one in data["certificates"]] == [keys.signer.certificate]


def test_nothing_is_to_be_seen_of_it_and_an_archive_may_keep_it(signed: bytes) -> None:
    reader = PdfReader(BytesIO(signed), strict=True)
    field = reader.root_object["/AcroForm"]["/Fields"][0].get_object()  # type: ignore[index]
    assert [float(side) for side in field["/Rect"]] == [0, 0, 0, 0]  # PDF/A asks no appearance of an empty box
    assert int(field["/F"]) & 0b10111 == 0b100  # printable; not hidden, not invisible, not "no view"
    metadata = reader.root_object["/Metadata"].get_object()
    assert isinstance(metadata, StreamObject)
    described = metadata.get_data()
    assert re.search(rb'pdfaid:part(="|>)2', described)
    assert re.search(rb'pdfaid:conformance(="|>)A', described)


def test_a_signature_costs_no_reading_of_the_key_file(made: Path, keys: Keys, paper: Drawn) -> None:
    folder = made / "certificates" / "990019"
    hidden = folder.with_name("hidden")
    folder.rename(hidden)
    try:
        assert validate(keys.signer.sign(paper.pdf)).intact
    finally:
        hidden.rename(folder)


def test_threads_share_a_signer(keys: Keys, paper: Drawn) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda _: validate(keys.signer.sign(paper.pdf)).intact, range(16)))


def test_forked_processes_share_a_signer(keys: Keys, paper: Drawn, tmp_path: Path) -> None:
    def child() -> None:
        (tmp_path / "child.pdf").write_bytes(keys.signer.sign(paper.pdf))

    process = multiprocessing.get_context("fork").Process(target=child)
    process.start()
    process.join()
    assert process.exitcode == 0
    assert validate((tmp_path / "child.pdf").read_bytes()).intact


@pytest.mark.parametrize("broken", [b"", b"%PDF-1.7\n%%EOF", b"not a document"])
def test_what_is_no_document_is_refused_in_a_sentence(keys: Keys, broken: bytes) -> None:
    with pytest.raises(CannotContinueError, match="cannot be signed"):
        keys.signer.sign(broken)


def test_nothing_is_signed_when_the_certificate_has_ended(keys: Keys, paper: Drawn) -> None:
    last = keys.signer.valid_until
    assert validate(keys.signer.sign(paper.pdf, last - timedelta(seconds=1))).problem == ""
    for at in (last + timedelta(seconds=1), last - timedelta(days=3000)):
        with pytest.raises(CannotContinueError, match="is not valid at"):
            keys.signer.sign(paper.pdf, at)


# ---- others say so too ---------------------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="pdfsig is missing: apt-get install poppler-utils")
def test_poppler_says_it_is_valid(signed: bytes, tmp_path: Path) -> None:
    file = tmp_path / "signed.pdf"
    file.write_bytes(signed)
    said = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True, check=True).stdout
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is missing: apt-get install openssl")
def test_openssl_says_the_cms_object_is_valid_and_of_a_trusted_signer(
    signed: bytes, root: Path, tmp_path: Path
) -> None:
    raw, covered = container(signed)
    (tmp_path / "cms.der").write_bytes(raw)
    (tmp_path / "covered").write_bytes(covered)
    command: list[str | Path] = [
        "openssl",
        "cms",
        "-verify",
        "-binary",
        "-cades",
        "-inform",
        "DER",
        "-in",
        tmp_path / "cms.der",
    ]
    command += ["-content", tmp_path / "covered", "-CAfile", root, "-purpose", "any", "-out", tmp_path / "out"]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    (tmp_path / "covered").write_bytes(covered[:-1] + b"?")
    assert subprocess.run(command, capture_output=True, check=False).returncode != 0


def test_the_validator_says_it_is_valid_and_of_a_trusted_signer(signed: bytes, root: Path) -> None:
    found = validate(signed, [root])
    assert found.intact
    assert found.trusted is True
    assert "見本町" in found.signer
    assert found.stamped_at is None


def test_a_root_of_another_installation_does_not_make_it_trusted(signed: bytes, tmp_path: Path) -> None:
    from yakuba.certificates.signing.self_made import make_keys

    make_keys(tmp_path, "990027", "手本町")
    found = validate(signed, [tmp_path / "certificates" / "ca" / "ca.cert.pem"])
    assert found.intact
    assert found.trusted is False
    assert not found.proven


# ---- a change is seen ----------------------------------------------------------------------------------------


class Signed:
    """A signed document that does not print itself whole when a test fails."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pdf


@pytest.fixture(scope="session")
def document(signed: bytes) -> Signed:
    return Signed(signed)


@settings(max_examples=150)
@given(where=st.floats(0, 1, exclude_max=True), other=st.integers(1, 255), nearby=st.booleans())
def test_one_changed_byte_anywhere_makes_it_invalid(document: Signed, where: float, other: int, nearby: bool) -> None:
    pdf = document.pdf
    raw, _ = container(pdf)
    end = pdf.index(b">", pdf.index(raw.hex().upper().encode()))
    padding = range(end - len(pdf[:end]) + len(pdf[:end].rstrip(b"0")), end)  # noughts behind it, which no one reads
    first = len(pdf) - 10_000 if nearby else 0  # the update, or the whole
    place = first + int(where * (len(pdf) - first))
    changed = pdf[:place] + bytes([pdf[place] ^ other]) + pdf[place + 1 :]
    if place in padding or (place < end and changed[:end].lower() == pdf[:end].lower() and place > end - 2 * len(raw)):
        return  # nothing is said there, or a hexadecimal digit in the other case says the same
    assert not validate(changed).intact


@pytest.mark.parametrize("cut", [1, 2, 10, 1000, 8000])
def test_a_cut_file_is_invalid(signed: bytes, cut: int) -> None:
    assert not validate(signed[:-cut]).intact


def test_pages_put_behind_the_signature_are_seen(signed: bytes, keys: Keys) -> None:
    assert not validate(signed + signed).intact
    twice = keys.signer.sign(signed.replace(b"Signature1", b"Signature0"))
    assert validate(twice).problem == "more than one signature"


def test_an_unsigned_document_is_not_valid(paper: Drawn) -> None:
    assert validate(paper.pdf).problem == "no signature"
