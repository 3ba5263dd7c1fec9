"""The sample (見本の住民): the same people in every drill, known by marks that name nobody.

A mark is an HMAC of the 宛名番号 under a key that never leaves the centre. The people of the lowest marks are the
sample: the next drill finds the same ones again without anybody having written down who they are.
"""

from __future__ import annotations

import hmac
import secrets
from typing import TYPE_CHECKING

from yakuba.kernel.home import yakuba_home
from yakuba.kernel.secret_file import closed, write_secret

if TYPE_CHECKING:
    from collections.abc import Iterable

SIZE = 20
"""People of a sample."""
_FILE = "drill-secret"


def secret() -> bytes:
    """The centre's key for marks, made once.

    Raises:
        CannotContinueError: others can read it.
    """
    path = yakuba_home() / _FILE
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_secret(path, secrets.token_bytes(32))
    closed(path)
    return path.read_bytes()


def mark(key: bytes, addressee: str) -> str:
    """Mark of a person, hex."""
    return hmac.new(key, addressee.encode(), "sha256").hexdigest()


def marks(key: bytes, addressees: Iterable[str]) -> dict[str, str]:
    """宛名番号 by mark."""
    return {mark(key, one): one for one in addressees}


def drawn(people: dict[str, str], size: int = SIZE) -> dict[str, str]:
    """The sample: 宛名番号 by mark, of the lowest marks."""
    return {one: people[one] for one in sorted(people)[:size]}
