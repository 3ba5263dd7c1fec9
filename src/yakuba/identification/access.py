"""Who may (誰が): staff of a town with the right of 移行, inside its wall; operators for the towns of their group.

An operator reads through the group's wall, where the table of family names has no rows, and writes inside the wall of
the one town whose glyph it is.
"""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from yakuba.tenancy.acting import NotFoundError
from yakuba.tenancy.audit import record
from yakuba.tenancy.database.walls import group_here, group_wall, inside, wall
from yakuba.tenancy.queries import belongs, members, municipalities
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import AbstractContextManager

    from yakuba.tenancy.acting import Actor
    from yakuba.tenancy.queries import Member

PLACE = "文字同定"


def must_work(actor: Actor) -> None:
    """Go on only for an operator, or with the right of 移行.

    Raises:
        NotAllowedError: neither.
    """
    if not actor.operator:
        actor.must(Action.MIGRATE)


def towns(actor: Actor) -> Sequence[Member]:
    """Municipalities whose glyphs this actor works on."""
    if actor.municipality:
        return [one for one in municipalities() if one.code == actor.municipality]
    return members(actor.group) if actor.group is not None else []


def reading(actor: Actor) -> AbstractContextManager[None]:
    """The wall through which this actor reads.

    Raises:
        NotAllowedError: not the right. NotFoundError: a command without a municipality.
    """
    must_work(actor)
    if actor.municipality:
        return inside(actor.municipality)
    if actor.group is None:
        raise NotFoundError("団体が指定されていません", remedy="--municipality で指定してください")
    return nullcontext() if group_here() == actor.group else group_wall(actor.group)


def writing(actor: Actor, municipality: str) -> AbstractContextManager[None]:
    """The wall of the town in which something is written.

    Raises:
        NotAllowedError: not the right. NotFoundError: another town's, or no such town; the two look alike.
    """
    must_work(actor)
    ours = actor.municipality == municipality if actor.municipality else belongs(municipality, actor.group)
    if not ours:
        raise NotFoundError("この外字の組はありません", remedy="一覧から選んでください")
    return wall(municipality)


def logged(
    actor: Actor, municipality: str, action: str, *, reason: str = "", detail: Mapping[str, object] | None = None
) -> None:
    """Enter into the town's log what was done; what an operator did is in the group's log too, so both sides know."""
    said = dict(detail or {})
    with inside(municipality):
        record(actor, place=PLACE, action=action, reason=reason, detail=said)
    if actor.group is not None:
        with group_wall(actor.group):
            record(actor, place=PLACE, action=action, detail={"municipality": municipality} | said)
