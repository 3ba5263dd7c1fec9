"""The C library's CP932 against Python's, for every byte and every pair of bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakuba.migration.intake.encodings import encoding, to_utf8
from yakuba.migration.intake.iconv import _library, cp932_to_utf8

PAIRS = [bytes([first]) for first in range(256)] + [bytes([a, b]) for a in range(256) for b in range(256)]


def by_python(raw: bytes) -> bytes | None:
    try:
        return raw.decode("cp932").encode()
    except UnicodeDecodeError:
        return None


def test_what_it_converts_python_converts_the_same() -> None:
    if _library() is None:
        pytest.skip("no glibc with CP932 on this machine: Python converts everything")
    found = {raw: cp932_to_utf8(raw) for raw in PAIRS}
    converted = {raw: text for raw, text in found.items() if text is not None}
    assert converted == {raw: by_python(raw) for raw in converted}
    assert len(converted) > 30_000


@given(st.binary(max_size=40))
def test_bytes_are_refused_or_converted_as_python_does(raw: bytes) -> None:
    try:
        found: bytes | None = to_utf8(raw, encoding("cp932"))
    except UnicodeDecodeError:
        found = None
    assert found == by_python(raw)


def test_a_piece_of_half_width_kana_grows_threefold() -> None:
    raw = "ｱｲｳｴｵ\n".encode("cp932") * 1000
    assert to_utf8(raw, encoding("cp932")) == ("ｱｲｳｴｵ\n" * 1000).encode()
