"""Rotation (鍵の交代): who may write and who can open from now on; on request also what was written before.

What a former signer wrote stays valid, because the entry stands before the change. What a former recipient has read or
could have read before, nobody can take back: a new key protects what comes, and what is sealed again, from then on.

A delta is worth nothing to somebody who cannot open what it stands on. So a new recipient comes in only together with
the keys of everything that lies in the vault, sealed again; a new signer alone needs no secret.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.kernel.errors import UsageError
from yakuba.vault.format.envelope import enveloped, key_in
from yakuba.vault.keys import (
    IDENTITY,
    RECIPIENT,
    checked_recipient,
    make_keys,
    open_identity,
    open_signer,
    recipient_of,
)
from yakuba.vault.services.writable import open_writable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from yakuba.vault.chain import Chain
    from yakuba.vault.keys import Signer


@dataclass(frozen=True, slots=True)
class Change:
    """What changes.

    Attributes:
        new_keys: folder with the signer that alone writes from now on, made when there is none. When the vault is
            sealed again, its recipient comes in, too; else a new folder names the recipient that there is already.
        add, drop: recipients (age1…) that can open from now on, and that no longer can.
    """

    new_keys: Path | None = None
    add: Sequence[str] = ()
    drop: Sequence[str] = ()


def rotate(
    place: str,
    change: Change,
    *,
    keys: Path,
    rewrap: Path | None = None,
    signer: str | None = None,
    now: datetime | None = None,
) -> Chain:
    """Change the keys of a vault.

    Args:
        keys: folder of the present signer, which signs the change. signer, now: see `open_writable`.
        rewrap: identity that opens what was written before; its keys are sealed again, to the new recipients.

    Raises:
        UsageError: nothing would change, nobody could open it any more, a recipient is none, or comes in without
            `rewrap`.
        NotProvenError: the identity does not open the vault. Others as for `open_writable`.
    """
    vault = open_writable(place, keys, signer, now)
    opener = open_identity(rewrap) if rewrap is not None else None
    old = vault.chain.recipients
    come = [checked_recipient(text) for text in change.add]
    public = vault.key.public
    if change.new_keys is not None:
        public = _signer_in(change.new_keys, alone=None if opener else recipient_of(keys)).public
        come.append(recipient_of(change.new_keys))
    recipients = tuple(one for one in dict.fromkeys([*old, *come]) if one not in change.drop)
    _meant(change, old, recipients, sealed_again=opener is not None)
    if (recipients, (public,)) == (old, vault.chain.signers) and opener is None:
        remedy = "--new-keys・--add・--drop・--rewrap のどれかを指定してください say what shall change"
        raise UsageError("何も変わりません nothing would change", remedy=remedy)
    fields: dict[str, object] = {"signers": [public], "recipients": list(recipients)}
    if opener is not None:
        what = "鍵の交代 rotation"
        fields["sealed_keys"] = {
            one.name: enveloped(key_in(one.envelope, opener, f"{what}: {one.name}"), recipients)
            for one in vault.chain.objects
        }
    return vault.append("keys", fields)


def _signer_in(folder: Path, *, alone: str | None) -> Signer:
    """The signer in a folder of keys, which is made when there is none.

    Args:
        alone: recipient for a folder that gets a signer only; None gives it a new identity, too.
    """
    if not folder.exists():
        make_keys(folder)
        if alone is not None:
            (folder / IDENTITY).unlink()
            (folder / RECIPIENT).write_text(f"{alone}\n", encoding="ascii")
    return open_signer(folder)


def _meant(change: Change, old: Sequence[str], recipients: Sequence[str], *, sealed_again: bool) -> None:
    """Recipients that somebody can have meant."""
    unknown = [one for one in change.drop if one not in old]
    if unknown:
        listed, remedy = "、".join(unknown), "yakuba vault keys show で確かめてください see who they are"
        raise UsageError(f"{listed}: 受取人ではありません is no recipient", remedy=remedy)
    if not recipients:
        remedy = "残す受取人を --add で指定してください say who shall open it"
        raise UsageError("だれも開けられなくなります nobody could open it any more", remedy=remedy)
    if not sealed_again and not set(recipients) <= set(old):
        remedy = "--rewrap に今の復号の鍵を指定してください give the present identity with --rewrap"
        problem = "新しい受取人は、封じ直さないと何も開けられません a new recipient could open nothing"
        raise UsageError(problem, remedy=remedy)
