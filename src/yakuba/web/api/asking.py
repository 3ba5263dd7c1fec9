"""What every operation shares: the actor, and the answers that are no."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from yakuba.tenancy.acting import NotFoundError
from yakuba.web.api.shapes import Problem

if TYPE_CHECKING:
    from django.http import HttpRequest

    from yakuba.tenancy.acting import Actor

T = TypeVar("T")
NO: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 422, 429), Problem)
"""Answers of any operation that are not the one asked for."""


def actor_of(request: HttpRequest) -> Actor:
    """Who asks; the authentication has put it there."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    return actor


def or_not_found(found: T | None) -> T:
    """The thing itself.

    Raises:
        NotFoundError: there is none, or none for this actor; the two look alike.
    """
    if found is None:
        raise NotFoundError("見つかりません", remedy="番号を確かめてください")
    return found
