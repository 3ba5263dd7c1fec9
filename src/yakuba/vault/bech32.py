"""Bech32, the spelling of keys of age: a readable part, `1`, letters of 5 bits each, six letters of check sum.

Source: BIP-173. As in age, the limit of 90 characters of the original does not hold.
"""

from __future__ import annotations

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECK = 6
_READABLE = range(33, 127)


def encode(readable: str, data: bytes) -> str:
    """`data` in small letters; an upper-case spelling is `encode(…).upper()`.

    Args:
        readable: the part before the `1`, in small letters ("age-secret-key-").
    """
    values = _regroup(data, 8, 5, pad=True)
    rest = _polymod([*_expanded(readable), *values, *([0] * _CHECK)]) ^ 1
    values += [rest >> 5 * (_CHECK - 1 - at) & 31 for at in range(_CHECK)]
    return f"{readable}1{''.join(_LETTERS[value] for value in values)}"


def decode(text: str) -> tuple[str, bytes]:
    """The readable part in small letters, and the bytes.

    Raises:
        ValueError: mixed case, a foreign letter, a wrong check sum, left-over bits. The message never holds the text.
    """
    small = text.lower()
    if text not in (small, text.upper()):
        raise ValueError("mixed case")
    readable, one, letters = small.rpartition("1")
    if not (one and readable) or len(letters) < _CHECK or not {ord(letter) for letter in readable} <= set(_READABLE):
        raise ValueError("no readable part, or too short")
    values = [_LETTERS.find(letter) for letter in letters]
    if -1 in values or _polymod([*_expanded(readable), *values]) != 1:
        raise ValueError("a foreign letter or a wrong check sum")
    return readable, bytes(_regroup(values[:-_CHECK], 5, 8, pad=False))


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, term in enumerate(_GENERATOR):
            check ^= term * (top >> bit & 1)
    return check


def _expanded(readable: str) -> list[int]:
    return [*(ord(letter) >> 5 for letter in readable), 0, *(ord(letter) & 31 for letter in readable)]


def _regroup(values: bytes | list[int], old: int, new: int, *, pad: bool) -> list[int]:
    """Groups of `old` bits as groups of `new` bits; without `pad` what is left over has to be zero and short."""
    held, bits, out = 0, 0, []
    for value in values:
        held = held << old | value
        bits += old
        while bits >= new:
            bits -= new
            out.append(held >> bits & (1 << new) - 1)
        held &= (1 << bits) - 1
    if pad and bits:
        out.append(held << new - bits & (1 << new) - 1)
    elif not pad and (bits >= old or held):
        raise ValueError("left-over bits")
    return out
