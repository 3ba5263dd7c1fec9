"""k of n papers give the key back; fewer, wrong and mixed ones are refused with words that help.

Oracle: the key itself, and rage, which opens with the joined key what was sealed to the old one.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.vault.custodians import WORDS, join, split
from yakuba.vault.sheets import About, sheets, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

IDENTITY = pyrage.x25519.Identity.generate()
KEY = str(IDENTITY)
OTHER = str(pyrage.x25519.Identity.generate())


@settings(max_examples=30)
@given(st.data())
def test_any_k_papers_give_the_key_and_fewer_do_not(data: st.DataObject) -> None:
    n = data.draw(st.integers(2, 7))
    k = data.draw(st.integers(2, n))
    key = str(pyrage.x25519.Identity.generate())
    papers = data.draw(st.permutations(split(key, k, n)))
    assert {len(paper.split()) for paper in papers} == {WORDS}
    assert join(papers[:k]) == join(papers) == key
    with pytest.raises(CannotContinueError, match=f"{k - 1} of {k} papers"):
        join(papers[: k - 1])


def test_every_combination_opens_what_was_sealed() -> None:
    sealed = pyrage.encrypt(b"secret", [IDENTITY.to_public()])
    for papers in combinations(split(KEY, 3, 5), 3):
        assert pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(join(papers))]) == b"secret"


def test_two_splittings_of_a_key_have_no_words_in_common_but_by_chance() -> None:
    first, second = (split(KEY, 2, 2)[0].split() for _ in range(2))
    assert first[:2] != second[:2] or first[4:] != second[4:]


def test_a_paper_may_be_typed_as_one_likes() -> None:
    papers = split(KEY, 2, 3)
    typed = [
        "\n".join(f"{at}. {word.upper()}" for at, word in enumerate(paper.split(), start=1)) for paper in papers[1:]
    ]
    assert join(typed) == KEY


def _changed(paper: str, at: int, word: str) -> str:
    words = paper.split()
    words[at] = word
    return " ".join(words)


def _swapped(paper: str, at: int) -> str:
    words = paper.split()
    words[at], words[at + 1] = words[at + 1], words[at]
    return " ".join(words)


FIRST, SECOND, THIRD = split(KEY, 2, 3)
_WORD = "academic" if FIRST.split()[9] != "academic" else "acid"


@pytest.mark.parametrize(
    ("papers", "told"),
    [
        ([SECOND, _changed(FIRST, 9, _WORD)], "2 枚目の紙: .*check sum"),
        ([SECOND, _changed(FIRST, 9, "yakuba")], "2 枚目の紙: .*words 10 are not in the list"),
        ([SECOND, _swapped(FIRST, 20)], "2 枚目の紙: .*check sum"),
        ([FIRST.rpartition(" ")[0], SECOND], "1 枚目の紙: .*32 words instead of 33"),
        ([FIRST, split(OTHER, 2, 3)[1]], "1 枚目と 2 枚目は別の鍵"),
        ([FIRST, split(KEY, 2, 3)[1]], "1 枚目と 2 枚目は別の鍵"),
        ([THIRD, THIRD], "1 of 2 papers.*given twice"),
        ([], "no papers"),
    ],
)
def test_wrong_papers_are_named_and_never_quoted(papers: Sequence[str], told: str) -> None:
    with pytest.raises(CannotContinueError, match=told) as error:
        join(papers)
    assert error.value.remedy
    quoted = set(str(error.value).lower().split()) & {word for paper in papers for word in paper.split()}
    assert not quoted & {word for word in " ".join(papers).split() if len(word) > 5}


@pytest.mark.parametrize(("k", "n"), [(1, 1), (1, 3), (4, 3), (2, 17), (0, 0)])
def test_a_splitting_that_protects_nothing_is_refused(k: int, n: int) -> None:
    with pytest.raises(UsageError):
        split(KEY, k, n)


@pytest.mark.parametrize(
    "text",
    ["", "age1abc", KEY[:-1], KEY[:-1] + ("Q" if KEY[-1] != "Q" else "P"), f"x{KEY}"],
    ids=["nothing", "recipient", "cut", "mistyped", "longer"],
)
def test_what_is_no_key_is_not_split(text: str) -> None:
    with pytest.raises(CannotContinueError) as error:
        split(text, 2, 3)
    assert not text or text not in str(error.value)


def test_sheets_are_read_back_as_they_were_printed() -> None:
    made = sheets(KEY, 3, 5, About("見本町 990019", str(IDENTITY.to_public()), "2026-11-21"))
    assert len(made) == 5
    assert join(words_of(sheet) for sheet in (made[4], made[0], made[2])) == KEY
    for number, sheet in enumerate(made, start=1):
        assert f"用紙 {number} / 5" in sheet
        assert "3（5 枚のうち）" in sheet
        assert max(len(line) for line in sheet.splitlines()) <= 100
        assert KEY not in sheet
