"""The shared ledger (決定の台帳): what towns have decided about shapes; each town's newest standing entry counts."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from yakuba.identification.models import Decision
from yakuba.identification.standing import Choice, Known

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import QuerySet

    from yakuba.identification.models import Glyph

DECIDED, WITHDRAWN = "decided", "withdrawn"


def known(digests: Sequence[str] | QuerySet[Glyph, Any]) -> Mapping[str, Sequence[Known]]:
    """Standing decisions by digest; one question to the database, however many there are.

    Args:
        digests: the shapes, or a query that gives them.
    """
    rows = (
        Decision.objects.filter(digest__in=digests, kind=DECIDED, withdrawal=None)
        .order_by("digest", "municipality_id", "-id")
        .distinct("digest", "municipality_id")
        .select_related("municipality", "follows__municipality")
    )
    found: dict[str, list[Known]] = defaultdict(list)
    for row in rows:
        found[row.digest].append(_known(row))
    return found


def history(digest: str) -> Sequence[tuple[Known, bool]]:
    """Every entry about a shape, oldest first, and whether it was a withdrawal."""
    rows = Decision.objects.filter(digest=digest).select_related("municipality", "follows__municipality")
    return [(_known(row), row.kind == WITHDRAWN) for row in rows.order_by("id")]


def _known(row: Decision) -> Known:
    return Known(
        row.pk,
        row.municipality_id,
        row.municipality.name,
        Choice(row.mj, row.likeness),
        row.at,
        row.follows.municipality.name if row.follows else "",
    )
