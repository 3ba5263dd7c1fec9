"""Names in a vault: `entries/00000007.json`, `objects/00000007-<16 hex digits>`."""

from __future__ import annotations

import re
import secrets

ENTRIES, OBJECTS = "entries/", "objects/"

_ENTRY = re.compile(r"entries/([0-9]{8})\.json")
_OBJECT = re.compile(r"objects/([0-9]{8})-[0-9a-f]{16}")


def entry_name(number: int) -> str:
    """Name of the entry with a number.

    >>> entry_name(7)
    'entries/00000007.json'
    """
    return f"{ENTRIES}{number:08}.json"


def entry_number(name: str) -> int | None:
    """The number in the name of an entry; None when it is no name of one."""
    found = _ENTRY.fullmatch(name)
    return int(found[1]) if found else None


def new_object_name(number: int) -> str:
    """A fresh name for the object of an entry: two writers who both become number 7 never touch each other's."""
    return f"{OBJECTS}{number:08}-{secrets.token_hex(8)}"


def object_number(name: str) -> int | None:
    """The number of the entry that an object was made for; None when it is no name of one."""
    found = _OBJECT.fullmatch(name)
    return int(found[1]) if found else None
