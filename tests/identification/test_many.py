"""5,000 glyphs: the list, a glyph and the next one are asked for with a constant number of questions, and quickly.

Oracle: issue 6 no. 4; a clerk who decides one in seconds must not wait for the next.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.figures import FIGURES
from tests.identification.maker import NABE, looked_at
from tests.world import TOWN_A

from yakuba.characters.vendor import Likeness
from yakuba.identification import queries, services
from yakuba.identification.standing import Choice

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.tenancy.cast import Cast

    from yakuba.tenancy.acting import Actor

MANY, FEW = 5000, 20
SLOW = 2.0
"""Seconds that no page may take, on a busy machine."""


def many(actor: Actor, count: int) -> int:
    """A collection of so many glyphs; they look alike, so their digests are told apart by hand."""
    one = looked_at(0, NABE[0])
    each = [
        replace(one, glyph=replace(one.glyph, private=chr(0xF0000 + place), digest=f"bitmap:{place:064}"))
        for place in range(count)
    ]
    return services.bring(actor, TOWN_A, f"{count}字", each, {})


@pytest.fixture
def questions(cast: Cast) -> Callable[[int], tuple[list[int], list[float]]]:
    """Questions and seconds of: the list, one glyph, a proposal."""

    def ask(made: int) -> tuple[list[int], list[float]]:
        numbers, seconds = [], []
        _, every = queries.collection(cast.clerk, made)
        first = every[0].id
        for act in (
            lambda: queries.collection(cast.clerk, made),
            lambda: queries.page(cast.clerk, first),
            lambda: services.propose(cast.clerk, made, first, Choice(NABE[0], Likeness.SAME), seen=0),
        ):
            begun = time.perf_counter()
            with CaptureQueriesContext(connection) as captured:
                act()
            seconds.append(time.perf_counter() - begun)
            numbers.append(len(captured))
        return numbers, seconds

    return ask


def test_many_glyphs_cost_no_more_questions_than_a_few(
    cast: Cast,
    questions: Callable[[int], tuple[list[int], list[float]]],
    record_property: Callable[[str, object], None],
) -> None:
    few, _ = questions(many(cast.clerk, FEW))
    made = many(cast.clerk, MANY)
    numbers, seconds = questions(made)
    assert numbers == few
    assert max(seconds) < SLOW
    _, every = queries.collection(cast.clerk, made)
    assert len(every) == MANY
    told = "、".join(
        f"{what} {second * 1000:.0f} ms" for what, second in zip(("list", "glyph", "propose"), seconds, strict=True)
    )
    record_property(FIGURES, f"identification: {MANY:,} glyphs: {told}")


def test_a_thousand_are_settled_at_once(cast: Cast) -> None:
    from yakuba.identification.models import Decision
    from yakuba.tenancy.database.walls import wall

    made = many(cast.clerk, 1000)
    _, every = queries.collection(cast.clerk, made)
    with wall(TOWN_A):
        Decision.objects.bulk_create([
            Decision(municipality_id=TOWN_A, digest=one.digest, kind="decided", mj=NABE[0], likeness="字形一致")
            for one in every
        ])  # fmt: skip
    begun = time.perf_counter()
    assert services.settle_together(cast.protector, made, {one.id for one in every}) == len(every)
    assert time.perf_counter() - begun < 10
    assert queries.progress(queries.collection(cast.clerk, made)[1]).reused == len(every)
    with CaptureQueriesContext(connection) as captured:
        assert len(services.undo_last(cast.protector, made)) == len(every)
    assert len(captured) < 30
    assert queries.progress(queries.collection(cast.clerk, made)[1]).waiting == len(every)
