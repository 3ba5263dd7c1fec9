"""Any byte of a vault flipped: verify finds it, with keys and without, and restore serves nothing wrong.

Oracle: the vault before the flip, and tests/faults/feeds.py for what the town had. A vault with small objects for its
content (a sample; every byte: `python -m tests.faults flips --times 99999`), and one as it is for the zeros of padding.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.faults.flips import every_byte, flip, places, sample, tampered, three_days
from tests.figures import FIGURES

from yakuba.vault.services.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable

BYTES, SEED = 100, 1


def test_a_flipped_byte_is_found_and_never_served(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    flips = every_byte(BYTES, SEED, tmp_path)
    record_property(FIGURES, f"{flips} (seed {SEED})")
    assert (flips.flipped, flips.bytes > 10_000) == (BYTES, True)


def test_a_flipped_byte_among_the_padding_is_found_too(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    town = three_days(tmp_path)
    everything = [(path, offset) for path, offset in places(town) if path.parent.name == "objects" and offset > 16_384]
    assert len(everything) > 3 * 240_000
    flips = flip(town, sample(everything, 30, SEED), len(everything))
    record_property(FIGURES, f"among the padding: {flips} (seed {SEED})")


def test_every_bit_of_a_signature_is_found(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    town = three_days(tmp_path)
    newest = Path(town.vault, "entries", "00000003.json")
    size, found = newest.stat().st_size, 0
    for offset in range(size - 90, size):
        for bit in range(8):
            with tampered(newest, offset, 1 << bit):
                assert not verify(town.vault).proven, f"bit {bit} of byte {offset - size}"
                found += 1
    record_property(FIGURES, f"{found} of {found} bits of the newest entry's signature flipped, one by one: all found")
