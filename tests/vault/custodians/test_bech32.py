"""Bech32.

Oracle: the vectors of BIP-173 (Pieter Wuille, Greg Maxwell; BSD-2-Clause), and rage's own reading of keys of age.
"""

from __future__ import annotations

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakuba.vault.bech32 import decode, encode

# BIP-173, "Test vectors", those whose data are whole bytes without left-over bits.
BYTES_OF = {
    "A12UEL5L": ("a", b""),
    "a12uel5l": ("a", b""),
    "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs": (
        "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio", b"",
    ),
    "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw": (
        "abcdef", bytes.fromhex("00443214c74254b635cf84653a56d7c675be77df"),
    ),
    "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w": (
        "split", bytes.fromhex("c5f38b70305f519bf66d85fb6cf03058f3dde463ecd7918f2dc743918f2d"),
    ),
    "?1ezyfcl": ("?", b""),
}  # fmt: skip
# "The following string are not valid Bech32": why is in the BIP.
INVALID = (
    "\x201nwldj5", "\x7f1axkwrx", "pzry9x0s0muk", "1pzry9x0s0muk", "x1b4n0q5v", "li1dgmt3", "de1lg7wt\xff",
    "A1G7SGD8", "10a06t8", "1qzzfhee",
)  # fmt: skip

LEFT_OVER = ("x1r4d9xg2", "x1qpxqa3vz", "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3pjxtptv")
"""The last one is "non-zero padding in 8-to-5 conversion" of the BIP; the others are made."""


@pytest.mark.parametrize("text", BYTES_OF)
def test_the_vectors_of_the_bip_are_read(text: str) -> None:
    assert decode(text) == BYTES_OF[text]
    assert encode(*BYTES_OF[text]) == text.lower()


@pytest.mark.parametrize("text", INVALID)
def test_what_the_bip_calls_invalid_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"part|letter|case"):
        decode(text)


def test_mixed_case_and_bits_left_over_are_refused() -> None:
    with pytest.raises(ValueError, match="mixed case"):
        decode("A12uEL5L")
    # One letter is five bits, two letters are a byte and two bits, of which one is set here. Check sums are right.
    for text in LEFT_OVER:
        with pytest.raises(ValueError, match="left-over bits"):
            decode(text)


@given(st.binary(min_size=32, max_size=32))
def test_rage_reads_what_was_written(secret: bytes) -> None:
    text = encode("age-secret-key-", secret).upper()
    assert str(pyrage.x25519.Identity.from_str(text)) == text
    assert decode(text) == ("age-secret-key-", secret)


@given(st.binary(max_size=40), st.data())
def test_one_wrong_letter_is_found(content: bytes, data: st.DataObject) -> None:
    text = encode("x", content)
    at = data.draw(st.integers(2, len(text) - 1))
    other = data.draw(st.sampled_from([one for one in "qpzry9x8gf2tvdw0s3jn54khce6mua7l" if one != text[at]]))
    with pytest.raises(ValueError, match="check sum"):
        decode(text[:at] + other + text[at + 1 :])
