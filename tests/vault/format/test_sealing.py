"""A sealed object opens whole and in parts, and at no other place, with no other key, not one byte changed.

Oracle: AES-GCM of `cryptography`, called here by hand as docs/vault-format.md says; and the byte itself: flipping any
one of them must be refused.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from hypothesis import strategies as st

from yakuba.kernel.errors import NotProvenError
from yakuba.vault.format.binding import Binding
from yakuba.vault.format.opening import Opened
from yakuba.vault.format.padding import LEAST, padded
from yakuba.vault.format.sealing import CHUNK, TAG, seal

if TYPE_CHECKING:
    from pathlib import Path

KEY = bytes(range(32))
BINDING = Binding("6f1c1ed4-3c0f-4a6b-9a43-b6a4a2a3b111", "990019", 7, "ab" * 32)
SIZES = [0, 1, LEAST - 8, LEAST - 7, CHUNK - 8, CHUNK - 7, CHUNK, 3 * CHUNK + 5, 9 * CHUNK]


def sealed(folder: Path, content: bytes) -> bytes:
    (folder / "plain").write_bytes(content)
    made = seal(folder / "plain", folder / "sealed", KEY, BINDING)
    (folder / "sealed").rename(folder / "last")
    assert made.size == (folder / "last").stat().st_size
    assert (folder / "last").stat().st_mode & 0o077 == 0
    return (folder / "last").read_bytes()


def opened(raw: bytes, key: bytes = KEY, binding: Binding = BINDING) -> Opened:
    return Opened(lambda start, length: raw[start : start + length], len(raw), key, binding, "object")


def whole(raw: bytes, key: bytes = KEY, binding: Binding = BINDING) -> bytes:
    one = opened(raw, key, binding)
    return one.read(0, one.length)


@pytest.mark.parametrize("size", SIZES)
def test_what_is_sealed_opens(size: int, tmp_path: Path) -> None:
    content = os.urandom(size)
    raw = sealed(tmp_path, content)
    assert whole(raw) == content
    middle = opened(raw).read(size // 2, 1000)
    assert middle == content[size // 2 :][:1000]
    assert opened(raw).read(size, 10) == b""
    assert b"".join(opened(raw).blocks(0, size)) == content


def test_the_bytes_are_those_of_the_document(tmp_path: Path) -> None:
    content = os.urandom(2 * CHUNK)
    raw = sealed(tmp_path, content)
    assert raw[:8] == b"YAKUBAV1"
    bound = b"YAKUBAV1\n6f1c1ed4-3c0f-4a6b-9a43-b6a4a2a3b111\n990019\n00000007\n" + b"ab" * 32 + b"\n"
    pieces = [raw[at : at + CHUNK + 16] for at in range(8, len(raw), CHUNK + 16)]
    clear = b"".join(
        AESGCM(KEY).decrypt(bytes(4) + at.to_bytes(7, "big") + bytes([at == len(pieces) - 1]), piece, bound)
        for at, piece in enumerate(pieces)
    )
    assert int.from_bytes(clear[:8], "big") == len(content)
    assert clear[8 : 8 + len(content)] == content
    assert set(clear[8 + len(content) :]) <= {0}


def test_reading_a_part_fetches_a_part(tmp_path: Path) -> None:
    raw = sealed(tmp_path, os.urandom(40 * CHUNK))
    fetched = list[int]()

    def fetch(start: int, length: int) -> bytes:
        fetched.append(length)
        return raw[start : start + length]

    one = Opened(fetch, len(raw), KEY, BINDING, "object")
    one.read(20 * CHUNK, 100)
    assert sum(fetched) < 4 * CHUNK


def test_every_flipped_byte_is_refused(tmp_path: Path) -> None:
    raw = sealed(tmp_path, os.urandom(LEAST + 9))
    step = 509  # a prime: every place in a block of the cipher gets its turn
    places = [*range(40), *range(40, len(raw), step), *range(len(raw) - 40, len(raw))]
    for place in places:
        changed = bytearray(raw)
        changed[place] ^= 1 << (place % 8)
        with pytest.raises(NotProvenError, match="object"):
            whole(bytes(changed))


def test_cut_off_longer_swapped_and_empty_are_refused(tmp_path: Path) -> None:
    raw = sealed(tmp_path, os.urandom(3 * CHUNK))
    step = CHUNK + TAG
    first, second = raw[8 : 8 + step], raw[8 + step : 8 + 2 * step]
    wrong = [
        b"", raw[:8], raw[:100], raw[:-1], raw[: 8 + step], raw[: 8 + 3 * step], raw + b"\0", raw + first,
        raw[:8] + second + first + raw[8 + 2 * step :], raw[:8] + second + raw[8 + step :], b"YAKUBAV2" + raw[8:],
    ]  # fmt: skip
    for changed in wrong:
        with pytest.raises(NotProvenError, match="second copy"):
            whole(changed)


@pytest.mark.parametrize(
    "other",
    [
        replace(BINDING, vault="6f1c1ed4-3c0f-4a6b-9a43-b6a4a2a3b112"),
        replace(BINDING, municipality="990027"),
        replace(BINDING, entry=8),
        replace(BINDING, previous="ac" * 32),
    ],
    ids=["vault", "municipality", "entry", "previous"],
)
def test_it_opens_at_its_own_place_only(other: Binding, tmp_path: Path) -> None:
    raw = sealed(tmp_path, b"x")
    with pytest.raises(NotProvenError):
        whole(raw, binding=other)
    with pytest.raises(NotProvenError):
        whole(raw, key=bytes(32))


@given(st.integers(0, 1 << 45))
@settings(max_examples=300)
def test_padding_tells_little(length: int) -> None:
    """Oracle: the paper's own statements: never smaller, at most 12 % more, O(log log) bits of the length."""
    size = padded(length)
    assert size >= max(length, LEAST)
    assert size <= max(LEAST, length * 1.12)
    assert padded(size) == size
    assert padded(length + 1) >= size


def test_sizes_of_a_town_are_few() -> None:
    assert {padded(day) for day in range(0, LEAST, 97)} == {LEAST}
    assert len({padded(size) for size in range(60_000_000, 80_000_000, 1000)}) < 50


def test_memory_does_not_grow_with_the_object(tmp_path: Path) -> None:
    """Oracle: the operating system's own count, in a process that seals 400 MB and opens it again."""
    program = f"""
import resource
from pathlib import Path
from yakuba.vault.format.binding import Binding
from yakuba.vault.format.opening import Opened
from yakuba.vault.format.sealing import seal
folder, where = Path({str(tmp_path)!r}), Binding("v", "990019", 1, "0" * 64)
with (folder / "plain").open("wb") as stream:
    stream.truncate(400 << 20)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
made = seal(folder / "plain", folder / "sealed", bytes(32), where)
with made.path.open("rb") as stream:
    def fetch(start, length):
        stream.seek(start)
        return stream.read(length)
    one = Opened(fetch, made.size, bytes(32), where, "object")
    assert sum(len(block) for block in one.blocks(0, one.length)) == 400 << 20
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
    grown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert int(grown.stdout) < 64 << 10
