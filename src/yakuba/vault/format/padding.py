"""Padding (詰め物): the size of an object must not tell that two children were born.

Source of the steps: Padmé, in "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs"
(Nikitin et al., 2019), §4.
"""

from __future__ import annotations

LEAST = 256 * 1024
"""Smallest padded size: the usual day of a small town is below it, so its days all look alike."""


def padded(length: int) -> int:
    """The size that content of a length is padded to: at most 12 % more, few different values.

    >>> padded(1), padded(262_145), padded(1_000_000)
    (262144, 270336, 1015808)
    """
    if length <= LEAST:
        return LEAST
    exponent = length.bit_length() - 1
    lost = exponent - exponent.bit_length()
    mask = (1 << lost) - 1
    return (length + mask) & ~mask
