"""Numbers that look right and can belong to nobody (番号): valid check digits over fixed fictitious prefixes."""

from __future__ import annotations

MUNICIPALITY = "990019"
"""団体コード of the town: prefecture 99 does not exist, the check digit is right."""


def household_or_person(serial: int) -> str:
    """宛名番号 or 世帯番号: the serial and a modulus-11 digit, weights 2–7 repeating from the lowest digit.

    Source: 住民記録システム標準仕様書 1.1.13. A remainder of 0 or 1 gives 0.

    >>> household_or_person(100000001)
    '1000000015'
    """
    total, weight, rest = 0, 2, serial
    while rest:
        rest, digit = divmod(rest, 10)
        total += digit * weight
        weight = 2 if weight == 7 else weight + 1  # noqa: PLR2004 - weights run 2..7
    remainder = total % 11
    return f"{serial}{11 - remainder if remainder > 1 else 0}"


def individual(serial: int) -> str:
    """個人番号 (12 digits) with its check digit; the first two digits are always 99.

    Source: 番号法施行省令5条. With P1 the lowest of 11 digits, Qn = n+1 (n ≤ 6), n−5 (n ≥ 7).

    >>> individual(1)
    '990000000019'
    """
    body = f"99{serial:09d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True))
    remainder = total % 11
    return f"{body}{0 if remainder <= 1 else 11 - remainder}"


def resident_code(serial: int) -> str:
    """住民票コード (11 digits). Its check formula is not published, so the last digit is plain modulus 11 → 10 = 0."""
    body = f"99{(serial * 7919) % 100_000_000:08d}"
    return f"{body}{int(body) % 11 % 10}"


def corporate(serial: int) -> str:
    """法人番号 (13 digits) with its leading check digit; the body begins with 99.

    Source: 法人番号の指定等に関する省令2条: 9 − (Σ Pn·Qn mod 9), Qn = 1 for odd n, 2 for even n.
    """
    body = f"99{serial:010d}"
    total = sum(int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(body)))
    return f"{9 - total % 9}{body}"
