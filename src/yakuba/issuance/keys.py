"""Keys (鍵) of a municipality, opened once per process, with its name on the certificate that is made for it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from yakuba.certificates.signing.keys import open_keys
from yakuba.tenancy.queries import municipalities

if TYPE_CHECKING:
    from yakuba.certificates.signing.keys import Keys


@cache
def keys(municipality: str) -> Keys:
    """The keys, made where there are none yet; changed files are seen by the next start of the program.

    Raises:
        CannotContinueError: a file there is no key, or is open to others.
        UsageError: signer.toml says something that cannot be meant.
    """
    name = next((one.name for one in municipalities() if one.code == municipality), municipality)
    return open_keys(municipality, name)
