"""Terms (交付の条件) of a kind of certificate: who may ask for it and what must be seen, from its own folder.

`issue.toml` lies beside `certificate.toml`, so that one more kind touches one folder.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from yakuba.certificates.kinds import kind
from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping


class State(StrEnum):
    """Of whom a paper of this kind can be made."""

    LIVING = "living"
    REMOVED = "removed"
    LEAVING = "leaving"
    ANY = "any"


class Need(StrEnum):
    """What must be seen or said before a paper is given to somebody of a role."""

    IDENTITY = "identity"
    MANDATE = "mandate"
    PURPOSE = "purpose"
    EVIDENCE = "evidence"
    CARD = "card"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms of one kind.

    Attributes:
        state: of whom it can be made. groups: "業務/グループ" whose rows the paper or a rule needs.
        requires: "" or the rule about the register behind it: seal, tax, dues, address.
        roles: role → what is needed.
        order: place in lists, from 1: the number key that chooses it. business: identifier, for the right to issue.
    """

    state: State
    groups: tuple[str, ...]
    requires: str
    roles: Mapping[str, tuple[Need, ...]]
    order: int
    business: str


@cache
def terms(identifier: str) -> Terms:
    """The terms of a kind.

    Raises:
        UsageError: there is no such kind, or its file says something that cannot be meant.
    """
    path = kind(identifier).folder / "issue.toml"
    try:
        said = tomllib.loads(path.read_text("utf-8"))
        return Terms(
            state=State(said["state"]),
            groups=tuple(said.get("groups", ())),
            requires=said.get("requires", ""),
            roles={role: tuple(Need(need) for need in needs) for role, needs in said["roles"].items()},
            order=said["order"],
            business=said["business"],
        )
    except (OSError, KeyError, ValueError) as error:
        raise UsageError(f"{path}: {error}", remedy="see issue.toml of another kind") from error
