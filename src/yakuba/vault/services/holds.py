"""Legal hold (保存命令): a generation that nobody gives up until its hold is released, whatever the policy says."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from yakuba.kernel.errors import UsageError
from yakuba.vault.services.keeping import keep_objects
from yakuba.vault.services.writable import open_writable

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from yakuba.vault.chain import Chain

_LOCKED = timedelta(days=366)
"""How long the store locks what is held. A hold that lasts longer is said again before this ends."""


def hold(
    place: str, number: int, reason: str, *, keys: Path, signer: str | None = None, now: datetime | None = None
) -> Chain:
    """Hold a generation; holding it again changes the reason and locks it in the store for another year.

    Args:
        reason: who ordered it and why, without names of residents: it stands in the clear.
        keys, signer, now: see `open_writable`.

    Raises:
        UsageError: no such generation, or no reason. Others as for `open_writable`.
    """
    vault = open_writable(place, keys, signer, now)
    fields = {"generation": vault.chain.generation(number).number, "reason": _said(reason)}
    locked = keep_objects(vault.store, vault.chain, vault.chain.layers(number), vault.moment + _LOCKED)
    return vault.append("hold", {**fields, **locked})


def release(
    place: str, number: int, reason: str, *, keys: Path, signer: str | None = None, now: datetime | None = None
) -> Chain:
    """Release a hold. The generation goes with a later prune, if the policy has no other reason to keep it.

    Raises:
        UsageError: it is not held, or no reason. Others as for `open_writable`.
    """
    vault = open_writable(place, keys, signer, now)
    if number not in vault.chain.holds:
        held = "、".join(map(str, vault.chain.holds)) or "なし none"
        remedy = f"保存命令のある世代 held generations: {held}"
        raise UsageError(f"世代 {number} に保存命令はありません is not held", remedy=remedy)
    return vault.append("release", {"generation": number, "reason": _said(reason)})


def _said(reason: str) -> str:
    if not reason.strip():
        remedy = "--reason に、だれの求めで何のためかを書いてください say on whose order and why"
        raise UsageError("理由がありません no reason", remedy=remedy)
    return reason.strip()
