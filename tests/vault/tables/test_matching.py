"""What went and what came between two tables. Oracle: Python's Counter."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from yakuba.vault.tables import ids
from yakuba.vault.tables.matching import changes

# Few values, so that rows repeat and halves of two fingerprints agree: then only all of it tells them apart.
HALF = st.sampled_from([0, 0x9E37_79B9_7F4A_7C15, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9])
MARKS = st.lists(st.tuples(HALF, HALF), max_size=12)


def words(marks: list[tuple[int, int]]) -> np.ndarray[tuple[int, int], np.dtype[np.uint64]]:
    return np.array(marks, np.uint64).reshape(-1, 2).T


@settings(max_examples=300, deadline=None)
@given(MARKS, MARKS)
def test_changes_are_the_difference_of_two_counted_sets(old: list[tuple[int, int]], new: list[tuple[int, int]]) -> None:
    gone, come = changes(words(old), words(new))
    assert Counter(old[place] for place in gone) == Counter(old) - Counter(new)
    assert Counter(new[place] for place in come) == Counter(new) - Counter(old)
    assert list(gone) == sorted(set(gone))
    assert list(come) == sorted(set(come))


def test_two_rows_that_agree_in_half_their_fingerprint_are_two_rows() -> None:
    many = [(number, 7) for number in range(1_000)]
    gone, come = changes(words([*many, (5_000, 1)]), words([*many, (5_000, 2)]))
    assert (list(gone), list(come)) == ([1_000], [1_000])


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 40), st.data())
def test_numbers_and_positions_are_inverse(count: int, data: st.DataObject) -> None:
    removed = np.array(sorted(data.draw(st.sets(st.integers(0, count - 1)))), np.int64)
    left = [number for number in range(count) if number not in set(removed.tolist())]
    assert ids.living(count, removed).tolist() == left
    assert ids.positions(np.array(left, np.int64), removed).tolist() == list(range(len(left)))
    assert ids.numbers(np.arange(len(left)), removed).tolist() == left
