"""The ledger that towns share: one acceptance suffices for what another town has decided; conflicts are told to both.

Oracle: issue 6 no. 4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.identification.maker import NABE, brought, line, looked_at
from tests.world import TOWN_A, TOWN_B

from yakuba.characters.vendor import Likeness
from yakuba.identification import queries, services
from yakuba.identification.standing import Choice, Kind, State
from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from tests.tenancy.cast import Cast

    from yakuba.tenancy.acting import Actor

    Two = tuple[Actor, Actor]

SAME, OTHER = Choice(NABE[0], Likeness.SAME), Choice(NABE[1], Likeness.SAME)


def settled(one: Actor, other: Actor, collection: int, choices: dict[int, Choice]) -> None:
    """Proposed by one and approved by the other."""
    for place, choice in choices.items():
        number = line(one, collection, place).id
        seen = line(one, collection, place).seen
        services.propose(one, collection, number, choice, seen=seen, reason="見比べた")
        services.approve(other, collection, number, seen=seen + 1)


def test_what_one_town_has_decided_another_accepts(cast: Cast, neighbours: Two) -> None:
    ours = brought(cast.clerk, NABE[0], NABE[1])
    settled(cast.clerk, cast.protector, ours, {0: SAME})
    theirs = brought(neighbours[0], NABE[1], NABE[0], name="旧システムBの外字")
    found = line(neighbours[0], theirs, 1)
    assert (found.state, found.stand.choice) == (State.OFFERED, SAME)
    assert found.stand.offer
    assert found.stand.offer.town == "見本町"

    assert services.propose(neighbours[0], theirs, found.id, SAME, seen=0) is State.DECIDED
    _, every = queries.collection(neighbours[0], theirs)
    progress = queries.progress(every)
    assert (progress.decided, progress.reused, progress.waiting) == (1, 1, 1)
    told = queries.page(neighbours[0], found.id)
    assert told.steps[0].follows == "見本町"
    assert [(one.town, withdrawn) for one, withdrawn in told.others] == [("見本町", False)]


def test_another_choice_than_the_other_town_needs_two_and_a_reason(cast: Cast, neighbours: Two) -> None:
    ours = brought(cast.clerk, NABE[0])
    settled(cast.clerk, cast.protector, ours, {0: SAME})
    theirs = brought(neighbours[0], NABE[0])
    number = line(neighbours[0], theirs).id
    with pytest.raises(UsageError, match="ほかの町の決定と違う"):
        services.propose(neighbours[0], theirs, number, OTHER, seen=0)
    services.propose(neighbours[0], theirs, number, OTHER, seen=0, reason="うちの戸籍ではこの字")
    assert line(neighbours[0], theirs).stand.conflict
    assert not line(cast.clerk, ours).stand.conflict
    services.approve(neighbours[1], theirs, number, seen=1)
    for actor, collection, town in ((cast.clerk, ours, TOWN_B), (neighbours[0], theirs, TOWN_A)):
        seen = line(actor, collection)
        assert seen.stand.conflict
        assert town in {one.municipality for one in seen.known}
        assert queries.progress(queries.collection(actor, collection)[1]).conflicts == 1

    third = brought(cast.clerk, NABE[0], name="別の組")
    disputed = line(cast.clerk, third)
    assert (disputed.state, disputed.stand.offer) == (State.DISPUTED, None)


def test_a_decision_that_is_withdrawn_is_offered_no_more(cast: Cast, neighbours: Two) -> None:
    ours = brought(cast.clerk, NABE[0])
    settled(cast.clerk, cast.protector, ours, {0: SAME})
    theirs = brought(neighbours[0], NABE[0])
    services.undo_last(cast.protector, ours)
    found = line(neighbours[0], theirs)
    assert found.state is State.OPEN
    assert [withdrawn for _, withdrawn in queries.page(neighbours[0], found.id).others] == [False, True]


def test_many_at_once_only_what_was_found_the_same_before(cast: Cast, neighbours: Two) -> None:
    ours = brought(cast.clerk, *NABE[:4])
    design = Choice(NABE[2], Likeness.DESIGN)
    settled(cast.clerk, cast.protector, ours, {0: SAME, 1: OTHER, 2: design})
    theirs = brought(neighbours[0], *NABE[:4])
    numbers = {line(neighbours[0], theirs, place).id for place in range(4)}
    assert services.settle_together(neighbours[0], theirs, numbers) == 2
    states = [line(neighbours[0], theirs, place).state for place in range(4)]
    assert states == [State.DECIDED, State.DECIDED, State.OFFERED, State.OPEN]
    assert services.settle_together(neighbours[0], theirs, numbers) == 0

    later = brought(neighbours[0], NABE[3], name="もう一つ")
    services.propose(neighbours[0], later, line(neighbours[0], later).id, Choice(NABE[3], Likeness.SAME), seen=0)
    settled(cast.clerk, cast.protector, ours, {3: Choice(NABE[3], Likeness.SAME)})
    proposed = {line(neighbours[0], later).id}
    assert services.settle_together(neighbours[0], later, proposed) == 0
    assert services.settle_together(neighbours[1], later, proposed) == 1


def test_what_was_accepted_together_is_taken_back_together(cast: Cast, neighbours: Two) -> None:
    """Another town's decisions are offered again, a colleague's proposal waits again; what was done since stays."""
    theirs = brought(neighbours[0], *NABE[:4])
    numbers = [line(neighbours[0], theirs, place).id for place in range(4)]
    services.propose(neighbours[0], theirs, numbers[0], SAME, seen=0)
    ours = brought(cast.clerk, *NABE[:4])
    settled(cast.clerk, cast.protector, ours, {place: Choice(NABE[place], Likeness.SAME) for place in range(4)})
    services.propose(neighbours[1], theirs, numbers[3], OTHER, seen=0, reason="うちの戸籍ではこの字")
    assert services.settle_together(neighbours[1], theirs, set(numbers)) == 3
    services.undo(neighbours[0], theirs, numbers[2], seen=1, reason="別の字だった")
    assert sorted(services.undo_last(neighbours[1], theirs)) == sorted(numbers[:2])
    states = {number: line(neighbours[0], theirs, place).state for place, number in enumerate(numbers)}
    assert states == {
        numbers[0]: State.PROPOSED, numbers[1]: State.OFFERED, numbers[2]: State.OFFERED, numbers[3]: State.PROPOSED,
    }  # fmt: skip
    again = line(neighbours[0], theirs, 0).mark
    assert again is not None
    assert (again.proposer, Kind(again.kind)) == (neighbours[0].login, Kind.REOPENED)
    shared = [queries.page(cast.clerk, line(cast.clerk, ours, place).id).others for place in range(2)]
    assert [[gone for _, gone in entries] for entries in shared] == [[False, True]] * 2
    assert services.undo_last(neighbours[1], theirs) == [numbers[3]]
    with pytest.raises(UsageError, match="取り消せるものがありません"):
        services.undo_last(neighbours[1], theirs)
    assert services.settle_together(neighbours[1], theirs, set(numbers)) == 4


def test_the_same_shape_is_known_whatever_its_code(cast: Cast, neighbours: Two) -> None:
    ours = brought(cast.clerk, NABE[0])
    settled(cast.clerk, cast.protector, ours, {0: SAME})
    identified = [looked_at(700, NABE[0])]
    theirs = services.bring(neighbours[0], TOWN_B, "別の符号", identified, {})
    found = line(neighbours[0], theirs)
    assert found.name != line(cast.clerk, ours).name
    assert found.state is State.OFFERED


def test_both_towns_read_on_their_screens_that_they_differ(cast: Cast, neighbours: Two) -> None:
    ours, theirs = brought(cast.clerk, NABE[0]), brought(neighbours[0], NABE[0])
    settled(cast.clerk, cast.protector, ours, {0: SAME})
    settled(neighbours[0], neighbours[1], theirs, {0: OTHER})
    for who, actor, collection in (("clerk", cast.clerk, ours), ("outsider", neighbours[0], theirs)):
        client, number = cast.client(who), line(actor, collection).id
        page = client.get(f"/group/characters/{collection}/decide/?glyph={number}").content.decode()
        assert "町によって決定が違います" in page
        for said in ("見本町：", "例示村：", NABE[0], NABE[1]):
            assert said in page
        assert "町の食い違い 1" in client.get("/group/characters/").content.decode()
        everything = client.get(f"/group/characters/{collection}/?state=conflict").content.decode()
        assert "U+E000" in everything
        assert cast.protector.name not in page or who == "clerk"
