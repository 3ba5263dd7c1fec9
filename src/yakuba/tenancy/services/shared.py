"""What the services on accounts have in common: who may, which account, a password to be written on paper once."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from yakuba.kernel.errors import UsageError
from yakuba.tenancy.acting import NotFoundError
from yakuba.tenancy.models import Staff
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from yakuba.tenancy.acting import Actor

PLACE = "職員の管理"
_PASSWORD_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # noqa: S105 - no letters that look alike on paper
_GROUPS, _GROUP = 5, 4


def made_password() -> str:
    """A password to be written on paper once: five groups of four letters, 99 bits."""
    return "-".join("".join(secrets.choice(_PASSWORD_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))


def administers(actor: Actor) -> None:
    """Go on only for those who administer accounts: their municipality's, or their group's operators.

    Raises:
        NotAllowedError: the actor does not.
    """
    if not actor.operator:
        actor.must(Action.RIGHTS)


def account_here(staff: int) -> Staff:
    """An account behind the wall this runs in, to be changed.

    Raises:
        NotFoundError: there is none; that of another municipality looks the same.
    """
    found = Staff.objects.select_for_update().filter(pk=staff).first()
    if found is None:
        raise NotFoundError("この職員はいません", remedy="一覧から選んでください")
    return found


def said_why(reason: str, what: str) -> None:
    """Go on only with a reason.

    Raises:
        UsageError: it is empty.
    """
    if not reason.strip():
        raise UsageError(f"{what}の理由が空です", remedy="理由を入力してください")
