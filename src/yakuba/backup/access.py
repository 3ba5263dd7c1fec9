"""Who may (誰が): the centre's work is that of group operators and of commands; towns read how their own stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.tenancy.acting import NotFoundError
from yakuba.tenancy.queries import belongs, municipalities
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from yakuba.tenancy.acting import Actor

PLACE = "バックアップセンター"
LINK = "yakuba.backup_link"
"""Setting of a transaction: SHA-256 of the certificate that knocks; the plan that names it can be read before its wall
is up."""


def operates(actor: Actor, municipality: str) -> None:
    """Go on only for a command on the server or an operator of a group that this municipality is in.

    Raises:
        NotAllowedError: neither. NotFoundError: no such municipality, or not of this group; the two look alike.
    """
    actor.must(Action.OPERATE)
    known = municipality in {one.code for one in municipalities()}
    if not known or not (actor.system or belongs(municipality, actor.group)):
        raise NotFoundError("この団体はありません", remedy="加入団体の一覧から選んでください")
