"""Initialise (保管庫を作る): entry 0 names the 団体, who may write and who can open."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from yakuba.kernel.check_digits import is_dantai_code
from yakuba.kernel.errors import UsageError
from yakuba.vault.appending import begin
from yakuba.vault.clock import writing_time
from yakuba.vault.format.names import ENTRIES
from yakuba.vault.keys import checked_recipient, make_keys, open_signer, recipient_of
from yakuba.vault.store import open_store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from yakuba.vault.chain import Chain


def initialise(
    place: str, municipality: str, keys: Path, recipients: Sequence[str] = (), now: datetime | None = None
) -> Chain:
    """A new vault at a place; its keys are made when their folder does not exist yet.

    Args:
        recipients: further public keys (age1…) that can open everything, beside the one in `keys`.
        now: moment to write down, when it is not this one (for trials).

    Raises:
        UsageError: there is a vault already; a code or a key is none.
        CannotContinueError: the place or the keys cannot be used.
    """
    if not is_dantai_code(municipality):
        remedy = "検査数字を含む6桁を指定してください give the six digits"
        raise UsageError(f"{municipality!r}: 団体コードではありません no municipality code", remedy=remedy)
    others = [checked_recipient(text) for text in recipients]
    store = open_store(place)
    if store.names(ENTRIES):
        remedy = "別の場所を指定してください。1団体に1つです choose another place; one vault for one municipality"
        raise UsageError(f"{place}: すでに保管庫があります there is a vault already", remedy=remedy)
    moment = now or writing_time(store)
    if not keys.exists():
        make_keys(keys)
    signer = open_signer(keys)
    fields = {
        "vault": str(uuid.uuid4()),
        "municipality": municipality,
        "signers": [signer.public],
        "recipients": list(dict.fromkeys([recipient_of(keys), *others])),
    }
    return begin(store, fields, signer, moment)
