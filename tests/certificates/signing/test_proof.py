"""The 2D code: short, without a person, genuine or not, also without a network; read from a printed page by zbar.

Oracle: our own statement (issue 4 §3); ISO/IEC 18004 for what a QR code holds; zbar, which reads it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
import segno
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from tests.certificates.signing.papers import DAY, drawn, request

from yakuba.certificates.drawing import Drawn
from yakuba.certificates.kinds import kinds
from yakuba.certificates.proof import (
    NotGenuineError,
    Proof,
    content_digest,
    digest_of,
    municipality_of,
    payload,
    read,
    text_of,
    url,
)
from yakuba.kernel.errors import Exit

if TYPE_CHECKING:
    from pathlib import Path

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
PUBLIC = [KEY.public_key()]
ORDER = request(1).order
DRAWN = Drawn(b"", 1, "ab" * 32, "cd" * 32)
TEXT = payload(ORDER, DRAWN, KEY)
BASE = "https://shomei.mihon.example/V"


def test_a_genuine_code_says_what_the_paper_says() -> None:
    said = read(TEXT, PUBLIC)
    assert said == Proof("990019", "juminhyo", "R8-000001", DAY, content_digest(ORDER, DRAWN))
    assert municipality_of(TEXT) == "990019"


@given(
    municipality=st.integers(0, 999999).map("{:06d}".format),
    kind=st.sampled_from(sorted(kinds())),
    number=st.text(st.characters(codec="utf-8"), max_size=40),
    day=st.dates(date(2000, 1, 1), date(2179, 6, 6)),
    digest=st.binary(min_size=32, max_size=32).map(bytes.hex),
)
def test_every_order_comes_back_whole(municipality: str, kind: str, number: str, day: date, digest: str) -> None:
    order = replace(ORDER, municipality=municipality, kind=kind, number=number, issued_on=day)
    made = Drawn(b"", 1, digest, "")
    assert read(payload(order, made, KEY), PUBLIC) == Proof(
        municipality, kind, number, day, content_digest(order, made)
    )


def test_the_address_leads_to_the_page_and_holds_the_text() -> None:
    address = url(BASE, TEXT)
    assert address == f"HTTPS://SHOMEI.MIHON.EXAMPLE/V/{TEXT}"
    assert text_of(address) == text_of(f" {address.lower()}/ ") == TEXT
    assert read(address, PUBLIC) == read(TEXT, PUBLIC)


def test_every_kind_fits_a_moderate_code_with_modules_of_a_third_of_a_millimetre() -> None:
    for kind in kinds():
        order = replace(ORDER, kind=kind, number="令8－000123")
        address = url(BASE, payload(order, DRAWN, KEY))
        code = segno.make_qr(address, error="M", boost_error=False)
        assert code.mode == "alphanumeric"
        assert int(code.version) <= 9
        assert code.symbol_size(border=4)[0] * 0.33 < 21  # mm of paper


def test_no_person_is_in_it_and_nobody_can_guess_one() -> None:
    wanted = request(1)
    for secret in (wanted.order.subject, wanted.order.request, *wanted.names):
        assert secret.encode() not in bytes(TEXT, "ascii")
    # The same record, issued twice, says two different things; and the record's digest alone does not give either.
    again = replace(ORDER, request=str(UUID(int=2)))
    assert content_digest(ORDER, DRAWN) != content_digest(again, DRAWN)
    assert content_digest(ORDER, DRAWN) not in DRAWN.data_digest


def test_the_parts_of_the_digest_cannot_flow_into_each_other() -> None:
    assert digest_of("a", "b", "cd", "e", "f") != digest_of("a", "b", "c", "de", "f")


@given(place=st.integers(0, len(TEXT) - 1), other=st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_one_changed_letter_is_never_genuine(place: int, other: str) -> None:
    changed = TEXT[:place] + other + TEXT[place + 1 :]
    if changed != TEXT:
        with pytest.raises(NotGenuineError):
            read(changed, PUBLIC)


@given(st.one_of(st.text(max_size=300), st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", max_size=700)))
def test_whatever_else_is_scanned_is_answered_in_a_sentence(text: str) -> None:
    with pytest.raises(NotGenuineError) as found:
        read(text, PUBLIC)
    assert found.value.exit_code == Exit.NOT_PROVEN
    with pytest.raises(NotGenuineError):
        municipality_of(text[:20])


def test_another_key_does_not_vouch_for_it_and_a_retired_one_still_does() -> None:
    with pytest.raises(NotGenuineError, match="none of the known keys"):
        read(TEXT, [OTHER.public_key()])
    assert read(TEXT, [OTHER.public_key(), KEY.public_key()])
    with pytest.raises(NotGenuineError):
        read(TEXT, [])


@pytest.mark.skipif(
    not (shutil.which("zbarimg") and shutil.which("pdftoppm")),
    reason="zbarimg or pdftoppm is missing: apt-get install zbar-tools poppler-utils",
)
@pytest.mark.parametrize("dpi", [300, 400])
def test_a_scanner_reads_the_printed_code(tmp_path: Path, dpi: int) -> None:
    wanted = request(1)
    address = url(BASE, payload(wanted.order, DRAWN, KEY))
    (tmp_path / "paper.pdf").write_bytes(drawn(wanted, proof=address).pdf)
    subprocess.run(["pdftoppm", "-r", str(dpi), "-gray", "-png", tmp_path / "paper.pdf", tmp_path / "page"], check=True)
    (page,) = tmp_path.glob("page*.png")
    said = subprocess.run(["zbarimg", "--quiet", "--raw", page], capture_output=True, text=True, check=True).stdout
    (scanned,) = re.findall(r"HTTPS://\S+", said)
    assert read(scanned, PUBLIC).number == wanted.order.number
