"""Numbers of a made town. Oracle: python-stdnum, and the formula of the specification written out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from stdnum.jp import cn, in_

from yakuba.town import numbering


@given(st.integers(1, 10**9 - 1))
def test_individual_numbers_are_valid(serial: int) -> None:
    assert in_.is_valid(numbering.individual(serial))


@given(st.integers(1, 10**10 - 1))
def test_corporate_numbers_are_valid(serial: int) -> None:
    assert cn.is_valid(numbering.corporate(serial))


@given(st.integers(1, 10**9))
def test_addressee_numbers_follow_the_specification(serial: int) -> None:
    digits = [int(digit) for digit in reversed(str(serial))]
    total = sum(digit * (2 + place % 6) for place, digit in enumerate(digits))
    expected = 0 if total % 11 == 0 else (11 - total % 11) % 10
    assert numbering.household_or_person(serial) == f"{serial}{expected}"


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_resident_codes_differ(one: int, other: int) -> None:
    assert (numbering.resident_code(one) == numbering.resident_code(other)) == (one == other)
