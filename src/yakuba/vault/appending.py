"""Appending (追記): the next entry of a chain. Writing it is the commit: what it names is safely stored before."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from yakuba.kernel.errors import CannotContinueError
from yakuba.vault.chain import Chain, chain_of
from yakuba.vault.errors import AlreadyThereError
from yakuba.vault.format.entry import FORMAT, START, render
from yakuba.vault.format.names import entry_name
from yakuba.vault.format.times import stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from yakuba.vault.keys import Signer
    from yakuba.vault.store import Store

_KEPT = timedelta(days=3653)
"""Retention of an entry: without the first ones the later cannot be verified; they are small and tell no person."""


def append(
    store: Store,
    chain: Chain,
    kind: str,
    fields: Mapping[str, Any],
    signer: Signer,
    now: datetime,
    ready: Callable[[Chain], None] | None = None,
) -> Chain:
    """Write the next entry of a chain.

    Args:
        fields: what its kind says beside what every entry says (docs/vault-format.md).
        ready: is shown the chain as it will be, right before the entry is written.

    Returns:
        The chain with it.

    Raises:
        CannotContinueError: another writer was first, the signer may not write here, or the store cannot.
    """
    common = {"vault": chain.vault, "municipality": chain.municipality, "previous": chain.head}
    before = [entry.raw for entry in chain.entries]
    return _written(store, before, {**fields, **common, "kind": kind}, allowed(chain, signer), now, ready)


def begin(store: Store, fields: Mapping[str, Any], signer: Signer, now: datetime) -> Chain:
    """Write entry 0: a new vault. Arguments and errors as for `append`."""
    return _written(store, [], {**fields, "previous": START, "kind": "init"}, signer, now)


def allowed(chain: Chain, signer: Signer) -> Signer:
    """The signer itself, when the chain lets it write.

    Raises:
        CannotContinueError: it does not; nothing was written.
    """
    if signer.public not in chain.signers:
        remedy = "この保管庫の鍵のフォルダーを指定してください（交代した鍵は使えません） use this vault's present key"
        raise CannotContinueError(f"署名の鍵が違います not a signer of this vault: {signer.fingerprint}", remedy=remedy)
    return signer


def _written(
    store: Store,
    before: list[bytes],
    fields: Mapping[str, Any],
    signer: Signer,
    now: datetime,
    ready: Callable[[Chain], None] | None = None,
) -> Chain:
    number = len(before)
    whole = {**fields, "format": FORMAT, "number": number, "written_at": stamp(now), "signer": signer.fingerprint}
    raw = render(whole, signer)
    # Written only if it reads back: an entry that makes no sense would close the whole vault, and cannot be taken back.
    chain = chain_of([*before, raw])
    if ready is not None:
        ready(chain)
    try:
        store.put_new(entry_name(number), raw, retain_until=now + _KEPT)
    except AlreadyThereError as error:
        remedy = "もう一度実行してください run again"
        problem = f"記入 entry {number}: 別の書き手が先でした another writer was first"
        raise CannotContinueError(problem, remedy=remedy) from error
    return chain
