"""Search, residents, households, records."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic reads the types when the program runs
from typing import TYPE_CHECKING

from django.http import HttpRequest  # noqa: TC002 - as above
from ninja import Query, Router, Schema

from yakuba.registry import queries
from yakuba.web.api import shapes
from yakuba.web.api.asking import NO, actor_of, or_not_found

if TYPE_CHECKING:
    from yakuba.registry.queries import Household, Page, Person, Tab

PLACE = "API"
router = Router(tags=["住民"])


class Wanted(Schema):
    """What to search for: `q` as in the search box, or items that must all hold."""

    q: shapes.Text = ""
    removed: bool = False
    outsiders: bool = False
    page: int = 1
    name: shapes.Text = ""
    kana: shapes.Text = ""
    birth: shapes.Text = ""
    address: shapes.Text = ""
    sex: shapes.Text = ""
    kind: shapes.Text = ""
    relation: shapes.Text = ""
    addressee: shapes.Text = ""
    household: shapes.Text = ""


@router.get("/search", response={200: shapes.Results} | NO, operation_id="search")
def search(request: HttpRequest, wanted: Query[Wanted]) -> Page:
    """Search people (検索). q is understood as in the search box; people under 支援措置 may not exist for you."""
    named = wanted.model_dump(exclude={"q", "removed", "outsiders", "page"})
    items = {name: value for name, value in named.items() if value}
    return queries.search(
        actor_of(request),
        wanted.q,
        removed=wanted.removed,
        outsiders=wanted.outsiders,
        page=wanted.page,
        place=PLACE,
        **items,
    )


@router.get("/residents/{addressee}", response={200: shapes.Resident} | NO, operation_id="resident")
def resident(
    request: HttpRequest, addressee: shapes.Number, as_of: date | None = None, reason: shapes.Text = ""
) -> Person:
    """One person (個人): items by section and history, as of a day; 支援措置, 抑止 and numbers ask for a reason."""
    return or_not_found(queries.resident(actor_of(request), addressee, as_of=as_of, reason=reason, place=PLACE))


@router.get("/residents/{addressee}/records", response={200: list[shapes.Tab]} | NO, operation_id="records")
def records(
    request: HttpRequest, addressee: shapes.Number, business: shapes.Text = "", reason: shapes.Text = ""
) -> tuple[Tab, ...]:
    """Records of one person in one business (its identifier), or in every one that is open to you (各業務の記録)."""
    return queries.records(actor_of(request), addressee, business=business, reason=reason, place=PLACE)


@router.get("/households/{number}", response={200: shapes.Household} | NO, operation_id="household")
def household(request: HttpRequest, number: shapes.Number, as_of: date | None = None) -> Household:
    """One household and its members (世帯), as of a day."""
    return or_not_found(queries.household(actor_of(request), number, as_of=as_of, place=PLACE))
