"""Acting (操作者): who does something, for which municipality, with which rights. Every query and service asks for it.

An actor is made anew for every request and every job, so that a right revoked a second ago is gone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from yakuba.kernel.errors import CannotContinueError
from yakuba.tenancy.rights import ALL, ORDINARY, Action, Grant

_SYSTEM = "system"


class NotAllowedError(CannotContinueError):
    """The actor may not do this. Screens answer with 403, or with 404 where even the existence is a secret."""


class NotFoundError(CannotContinueError):
    """No such thing for this actor: it does not exist, or it is behind another wall; the two look alike."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts.

    Attributes:
        staff: id of the account, 0 for a command on the server. login: login name. name: of the person.
        municipality: 団体コード, "" for a group operator. municipality_name: its name, "" likewise.
        group: id of the group that an operator operates, else None. department: its name, "" for none.
        rights: what is given, whether it holds today or not; ask `may`.
    """

    staff: int
    login: str
    name: str
    municipality: str
    municipality_name: str
    group: int | None
    department: str
    rights: tuple[Grant, ...]

    def may(self, action: Action, business: str = "", item_group: str = ORDINARY) -> bool:
        """Whether this is allowed today.

        Args:
            business: identifier of the business; "" asks whether there is any business for which it is allowed.
            item_group: group of items; "" = the ordinary items.
        """
        if action is Action.OPERATE:
            return self.group is not None or self.system
        today = timezone.localdate()
        return any(grant.allows(action, business, item_group, today) for grant in self.rights)

    def must(self, action: Action, business: str = "", item_group: str = ORDINARY) -> None:
        """Go on only if this is allowed today.

        Raises:
            NotAllowedError: it is not.
        """
        if not self.may(action, business, item_group):
            raise NotAllowedError(
                f"{self.name}さんには「{action.label}」の権限がありません", remedy="権限の管理者に申し出てください"
            )

    @property
    def system(self) -> bool:
        """Whether this is a command on the server, started by somebody who has the database anyway."""
        return self.staff == 0

    @property
    def operator(self) -> bool:
        """Whether this is a group operator, to whom no resident exists."""
        return self.group is not None


def system(municipality: str = "", name: str = _SYSTEM, *, group: int | None = None) -> Actor:
    """The actor of a command: may do everything, and is logged under its name like everybody else.

    Args:
        municipality: 団体コード; "" for work on the installation as a whole.
        name: who started the command, e.g. the user of the operating system.
        group: id of a group, for work on what belongs to it and to no municipality.
    """
    rights = tuple(Grant(action, ALL, ALL, date.min, date.max) for action in Action if action.grantable)
    login = _SYSTEM if name == _SYSTEM else f"{_SYSTEM}:{name}"
    return Actor(0, login, name, municipality, "", group, "", rights)
