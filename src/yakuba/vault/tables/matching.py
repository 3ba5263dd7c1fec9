"""Matching (突合): which rows went and which came between two states of a table, each a set with repetitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from yakuba.vault.tables.digest import Words

    Places = NDArray[np.int64]
    Word = NDArray[np.uint64]

_SIEVE = 20
"""Bits of a word that the sieve looks at: a million flags stay in the processor's cache."""


def changes(old: Words, new: Words) -> tuple[Places, Places]:
    """Places of the rows that are in one of two tables alone.

    Args:
        old, new: fingerprints, (2, m) and (2, n). A row that is k times in one and l times in the other is matched
            min(k, l) times.

    Returns:
        Places in `old` that are gone, places in `new` that came; both ascending.
    """
    alone, repeated = _in_question(old[0], new[0])
    gone, come = _places(old[0], alone), _places(new[0], alone)
    olds, news = _places(old[0], repeated), _places(new[0], repeated)
    # Everybody else was matched by half a fingerprint; one sum tells if the other halves differ.
    if not _same_rest(old, [gone, olds], new, [come, news]):
        return _counted(old, new)
    some_gone, some_come = _counted(old[:, olds], new[:, news])
    return np.sort(np.concatenate([gone, olds[some_gone]])), np.sort(np.concatenate([come, news[some_come]]))


def _in_question(old: Word, new: Word) -> tuple[Word, Word]:
    """Ascending: words that are once in one and not in the other, and words that are more than once in one."""
    olds, news = np.sort(old), np.sort(new)
    both = np.sort(np.concatenate([olds, news]))
    alone = np.ones(len(both), bool)
    equal = both[1:] == both[:-1]
    alone[1:] &= ~equal
    alone[:-1] &= ~equal
    repeated = np.concatenate([some[1:][some[1:] == some[:-1]] for some in (olds, news)])
    return both[alone], np.sort(repeated)


def _places(words: Word, wanted: Word) -> Places:
    """Places of the words that are wanted, ascending."""
    low = np.uint64((1 << _SIEVE) - 1)
    sieve = np.zeros(1 << _SIEVE, bool)
    sieve[wanted & low] = True
    places = np.flatnonzero(sieve[words & low])
    found = np.searchsorted(wanted, words[places])
    there = found < len(wanted)
    there[there] = wanted[found[there]] == words[places[there]]
    return places[there]


def _same_rest(old: Words, olds: Sequence[Places], new: Words, news: Sequence[Places]) -> bool:
    """Whether the rows beyond these places are as many in both, and alike in both halves but for 1 chance in 2**64."""
    counts = [words.shape[1] - sum(map(len, without)) for words, without in ((old, olds), (new, news))]
    return counts[0] == counts[1] and _bound(old, olds) == _bound(new, news)


def _bound(words: Words, without: Sequence[Places]) -> int:
    """Sum of both halves multiplied, so that halves that changed partners show too."""
    product = (words[0] | np.uint64(1)) * words[1]
    return (int(product.sum()) - sum(int(product[some].sum()) for some in without)) % (1 << 64)


def _counted(old: Words, new: Words) -> tuple[Places, Places]:
    """The same by counting each row's repetitions; exact for any input."""
    both = np.concatenate([old, new], axis=1)
    if not both.size:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    order = np.lexsort((both[1], both[0]))
    ordered = both[:, order]
    starts = np.ones(len(order), bool)
    starts[1:] = (ordered[:, 1:] != ordered[:, :-1]).any(axis=0)
    run = np.cumsum(starts) - 1
    is_new = order >= old.shape[1]
    olds, news = np.bincount(run[~is_new], minlength=run[-1] + 1), np.bincount(run[is_new], minlength=run[-1] + 1)
    # The sort is stable: within a run the old rows come first, so a row's number in its run tells its repetition.
    number = np.arange(len(order)) - np.flatnonzero(starts)[run]
    matched = np.minimum(olds, news)[run]
    left = np.where(is_new, number - olds[run], number) >= matched
    kept = order[left]
    return np.sort(kept[kept < old.shape[1]]), np.sort(kept[kept >= old.shape[1]]) - old.shape[1]
