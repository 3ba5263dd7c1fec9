"""Custodians (鍵の保管者): the secret key of a vault cut into n papers, any k of which give it back.

The 32 bytes of an age identity become SLIP-39 shares of 33 English words each (lib `shamir_mnemonic`), the form that
other programs and hardware know too: fewer than k papers tell nothing about the key, and each has a check sum of its
own, so that a slip of the pen is found on the paper where it was made. No passphrase: a paper must be enough in the
year when nobody remembers one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations, islice
from typing import TYPE_CHECKING

import pyrage
from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.share import Share
from shamir_mnemonic.wordlist import WORD_INDEX_MAP

from yakuba.kernel.errors import CannotContinueError, UsageError
from yakuba.vault import bech32

if TYPE_CHECKING:
    from collections.abc import Iterable

WORDS = 33
"""Words on one paper: 32 bytes of secret, seven words of numbers and check sum."""

_READABLE = "age-secret-key-"
_BYTES = 32
_MOST = 16
"""Most shares of SLIP-39."""
_TRIED = 50
"""Most combinations of k papers that are joined again before any is shown."""


@dataclass(frozen=True)
class _Paper:
    number: int
    share: Share
    words: str


def split(identity: str, k: int, n: int) -> list[str]:
    """Shares of the identity, one line of 33 words each; any `k` of the `n` give it back.

    They have been joined again, in several combinations in which each share takes part, before they are returned.

    Args:
        identity: AGE-SECRET-KEY-1…

    Raises:
        UsageError: fewer than two needed, more needed than there are, or more than 16.
        CannotContinueError: the identity is not one of age.
    """
    if not 2 <= k <= n <= _MOST:  # noqa: PLR2004 - one paper alone would be the key itself
        raise UsageError(
            f"保管者 {n} 人中 {k} 人では分割できません ({k} of {n} custodians)",
            remedy=f"choose 2 <= threshold <= custodians <= {_MOST}, e.g. 3 of 5",
        )
    shares: list[str]
    (shares,) = generate_mnemonics(1, [(k, n)], _secret(identity), iteration_exponent=0)
    starts = ((*range(at, at + k),) for at in range(n))
    windows = [tuple(sorted(number % n for number in window)) for window in starts]
    for chosen in {*windows, *islice(combinations(range(n), k), _TRIED)}:
        if join(shares[number] for number in chosen) != identity.strip():
            raise CannotContinueError(
                "分割した鍵を元に戻せません shares do not give the key back", remedy="run it again"
            )
    return shares


def join(papers: Iterable[str]) -> str:
    """The identity (AGE-SECRET-KEY-1…) from at least k papers.

    Args:
        papers: the words of one paper each; line breaks, numbers of words and capital letters do no harm.

    Raises:
        CannotContinueError: a word that is none, a wrong check sum, papers of different keys, the same paper twice,
            too few. The message names the paper by its position and never holds a word of it.
    """
    read = [_paper(number, text) for number, text in enumerate(papers, start=1)]
    if not read:
        raise UsageError("保管者の紙がありません no papers of custodians", remedy="give one file for each paper")
    for paper in read[1:]:
        _same_key(read[0], paper)
    different = {paper.share.index: paper for paper in reversed(read)}
    needed = read[0].share.member_threshold
    if len(different) < needed:
        twice = "（同じ紙が2枚以上あります; one paper was given twice）" if len(different) < len(read) else ""
        raise CannotContinueError(
            f"{needed} 枚の紙が要りますが {len(different)} 枚しかありません {len(different)} of {needed} papers{twice}",
            remedy=f"ask {needed - len(different)} more custodian(s) for their papers",
        )
    try:
        secret = combine_mnemonics([paper.words for paper in islice(different.values(), needed)])
    except MnemonicError as error:
        raise CannotContinueError(
            "紙の語はどれも正しい形ですが、合わせても鍵になりません papers do not fit each other",
            remedy="check that no paper was copied from another; try with other custodians' papers",
        ) from error
    return bech32.encode(_READABLE, secret).upper()


def _secret(identity: str) -> bytes:
    """The 32 bytes of an identity of age."""
    try:
        pyrage.x25519.Identity.from_str(identity.strip())
        readable, secret = bech32.decode(identity.strip())
    except (ValueError, pyrage.IdentityError):
        readable, secret = "", b""
    if readable != _READABLE or len(secret) != _BYTES:
        raise CannotContinueError(
            "鍵ファイルの中身が age の秘密鍵ではありません not an identity of age",
            remedy="give the file identity.txt that `yakuba vault init` wrote (AGE-SECRET-KEY-1…)",
        )
    return secret


def _paper(number: int, text: str) -> _Paper:
    words = [word.lower() for word in re.findall(r"[A-Za-z]+", text)]
    unknown = [place for place, word in enumerate(words, start=1) if word not in WORD_INDEX_MAP]
    if unknown:
        at = "、".join(map(str, unknown[:5]))
        raise _wrong(number, f"{at} 番目の語が語の一覧にありません words {at} are not in the list")
    if len(words) != WORDS:
        raise _wrong(number, f"語が {len(words)} あります（{WORDS} 語のはず） {len(words)} words instead of {WORDS}")
    try:
        return _Paper(number, Share.from_mnemonic(" ".join(words)), " ".join(words))
    except MnemonicError:
        raise _wrong(number, "検査の語が合いません: 写し間違いか順序違い check sum") from None


def _same_key(first: _Paper, other: _Paper) -> None:
    """Papers of one splitting: the same number of it, the same threshold."""
    if first.share.group_parameters() != other.share.group_parameters():
        raise CannotContinueError(
            f"{first.number} 枚目と {other.number} 枚目は別の鍵の紙です papers of different keys",
            remedy="use papers of one day of splitting; their first two words are the same",
        )


def _wrong(number: int, what: str) -> CannotContinueError:
    return CannotContinueError(f"{number} 枚目の紙: {what}", remedy="compare it with the paper, word by word")
