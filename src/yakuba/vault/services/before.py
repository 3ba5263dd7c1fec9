"""Before a backup (控えの前に): is this our vault, as far as it was, sealing to us, and is the feed its next one?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.kernel.errors import NotProvenError, UsageError
from yakuba.vault.appending import allowed
from yakuba.vault.chain import Chain, read_chain
from yakuba.vault.clock import APART
from yakuba.vault.format.times import stamp
from yakuba.vault.keys import RECIPIENT, open_signer, recipient_of
from yakuba.vault.memory import must_continue

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from yakuba.vault.store import Store
    from yakuba.vault.tables.state import Basis
    from yakuba.vault.tables.writing import Written

    Judge = Callable[[Written], None]

_FEW = 100
"""Rows that a table may always lose without a question."""


def chain_to_continue(store: Store, state: Path, keys: Path, signer: str | None) -> Chain:
    """The chain to go on with: the one that this machine wrote to before, or that a known key wrote to.

    Args:
        state: the writer's folder. keys: folder with `signer.key`. signer: see `backup`.

    Raises:
        UsageError: there is no vault. CannotContinueError: the key may not write.
        NotProvenError: it is damaged, older than it was, another one, or does not seal to us.
    """
    key = open_signer(keys)
    chain = read_chain(store, signer=signer)
    if not must_continue(state, chain) and signer is None:
        chain = read_chain(store, signer=key.fingerprint)
    allowed(chain, key)
    _for_us(chain, keys)
    return chain


def _for_us(chain: Chain, keys: Path) -> None:
    """Whoever stole the key that signs could make this vault seal to himself alone: then nobody here could restore.

    A folder of keys without a recipient, on a machine that only writes, has nothing to compare.
    """
    if (keys / RECIPIENT).exists() and recipient_of(keys) not in chain.recipients:
        remedy = "yakuba vault keys show で受取人の変更を確かめてください see who changed the recipients"
        raise NotProvenError("この団体の受取人が封印の宛先にありません not sealed to our own recipient", remedy=remedy)


def in_order(chain: Chain, as_of: datetime, moment: datetime) -> None:
    """The moment of a feed is neither before the newest generation's nor yet to come.

    Raises:
        UsageError: it is.
    """
    remedy = "データの時点 --as-of を確かめてください check --as-of"
    if as_of > moment + APART:
        raise UsageError(f"{stamp(as_of)}: データの時点が未来です is yet to come", remedy=remedy)
    newest = max((one.as_of for one in chain.generations), default=None)
    if newest is not None and as_of.replace(microsecond=0) < newest:
        problem = f"{stamp(as_of)}: 最新の世代（{stamp(newest)}）より前です is before the newest generation"
        raise UsageError(problem, remedy=remedy)


def doubting(basis: Basis | None, judge: Judge | None) -> Judge:
    """A judge for a feed that nobody has called whole: does it look like a difference that lost its `deleted/`?

    Args:
        basis: what is known of the last generation, None = nothing. judge: whom to ask after this.
    """
    before = {name: known.digest.rows for name, known in basis.tables.items()} if basis else {}

    def judged(made: Written) -> None:
        for name, rows in before.items():
            after = made.rows.get(name, 0)
            if rows - after > max(_FEW, rows // 2):
                problem = f"{name}: {rows:,} 行 → {after:,} 行。全件か差分か分かりません whole, or a difference?"
                raise UsageError(problem, remedy="全件なら --whole、差分なら --difference を付けてください say which")
        if judge is not None:
            judge(made)

    return judged
