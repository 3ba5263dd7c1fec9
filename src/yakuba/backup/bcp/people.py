"""Logins of a BCP (利用者): made when it is opened, printed once. Nobody can give rights there, so none grow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.tenancy.rights import Action
from yakuba.tenancy.services import add_department, add_staff, grant

if TYPE_CHECKING:
    from yakuba.tenancy.acting import Actor

_DEPARTMENT = "災害時窓口"
_GROUPS = ("", "koseki", "zairyu")
"""Items a clerk of a BCP may see and print: ordinary ones, 戸籍の表示, 在留資格等. Never 個人番号."""
_CLERK = (
    *((action, "*", group) for action in (Action.VIEW, Action.ISSUE) for group in _GROUPS),
    (Action.OUTPUT, "juminkihondaicho", ""),
    (Action.VOID, "", ""),
    (Action.AUDIT, "", ""),
    (Action.CERTIFICATES, "", ""),
)
_PROTECTOR = (*_CLERK, (Action.PROTECTED_VIEW, "", ""))
CLERK, PROTECTOR = ("bcp", "災害時　窓口"), ("bcp-shien", "災害時　支援措置責任者")


@dataclass(frozen=True, slots=True)
class Login:
    """A name and its first password, which has to be changed at the first sign-in. Shown once, kept nowhere."""

    name: str
    password: str


def admit(actor: Actor, *, protector: bool) -> tuple[Login, ...]:
    """Make the clerk's login, and on demand one for whom people under 支援措置 exist.

    Raises:
        UsageError: they are there already.
    """
    department = add_department(actor, _DEPARTMENT)
    made = []
    for (login, name), rights in ((CLERK, _CLERK), (PROTECTOR, _PROTECTOR))[: 2 if protector else 1]:
        number, password = add_staff(actor, login, name, department=department)
        for action, business, group in rights:
            grant(actor, number, action, business=business, item_group=group)
        made.append(Login(login, password))
    return tuple(made)
