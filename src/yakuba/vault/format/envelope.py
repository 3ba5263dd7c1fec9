"""The envelope (封筒) of an object's key: an age file (age-encryption.org/v1) to every recipient.

Any age tool opens it: `base64 -d | age -d -i identity.txt` gives the 32 bytes.
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

import pyrage

from yakuba.kernel.errors import NotProvenError
from yakuba.vault.format.sealing import KEY

if TYPE_CHECKING:
    from collections.abc import Sequence


def enveloped(key: bytes, recipients: Sequence[str]) -> str:
    """The key of an object, sealed to recipients (age1…)."""
    to = [pyrage.x25519.Recipient.from_str(text) for text in recipients]
    return base64.b64encode(pyrage.encrypt(key, to)).decode("ascii")


def key_in(envelope: str, identity: pyrage.x25519.Identity, what: str) -> bytes:
    """The key out of an envelope.

    Args:
        what: how a person names the object, for messages.

    Raises:
        NotProvenError: the identity is not among the recipients, or the envelope was changed.
    """
    try:
        key: bytes = pyrage.decrypt(base64.b64decode(envelope, validate=True), [identity])
    except (pyrage.DecryptError, binascii.Error) as error:
        remedy = "この保管庫の受取人の鍵か確かめてください: yakuba vault keys show use an identity of this vault"
        raise NotProvenError(f"{what}: この鍵では開きません the identity does not open it", remedy=remedy) from error
    if len(key) != KEY:
        remedy = "別の世代か第二の写しを使ってください use another generation or a second copy"
        raise NotProvenError(f"{what}: 鍵の長さが違います the key in it is none", remedy=remedy)
    return key
