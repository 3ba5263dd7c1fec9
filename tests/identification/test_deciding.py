"""Deciding about glyphs: two people, reasons where they are due, undoing by counter-entries.

Oracle: issue 6 no. 4 (two-person approval; who decided, when, why; u undo) and the practice of 文字同定: 類似 is only
decided with a signature.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction
from tests.identification.maker import NABE, brought, line
from tests.world import TOWN_A

from yakuba.characters.vendor import Likeness
from yakuba.identification import queries, services
from yakuba.identification.models import Decision, Step
from yakuba.identification.standing import Choice, Kind, State
from yakuba.kernel.errors import UsageError
from yakuba.tenancy.audit import Filter, entries
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from tests.tenancy.cast import Cast

SAME = Choice(NABE[0], Likeness.SAME)
OTHER = Choice(NABE[1], Likeness.DESIGN)
NONE = Choice("", Likeness.NONE)


def test_one_proposes_and_another_approves(cast: Cast) -> None:
    made = brought(cast.clerk, NABE[0])
    first = line(cast.clerk, made)
    assert (first.state, first.stand.choice) == (State.OPEN, None)

    assert services.propose(cast.clerk, made, first.id, SAME, seen=0) is State.PROPOSED
    with pytest.raises(UsageError, match="自分の提案は承認できません"):
        services.approve(cast.clerk, made, first.id, seen=1)
    services.approve(cast.protector, made, first.id, seen=1)

    done = line(cast.clerk, made)
    assert (done.state, done.stand.choice) == (State.DECIDED, SAME)
    page = queries.page(cast.clerk, first.id)
    assert [(one.kind, one.name) for one in page.steps] == [
        (Kind.PROPOSED, cast.clerk.name), (Kind.APPROVED, cast.protector.name),
    ]  # fmt: skip
    assert [(one.municipality, one.choice) for one in done.known] == [(TOWN_A, SAME)]


def test_the_database_itself_refuses_an_approval_by_the_proposer(cast: Cast) -> None:
    made = brought(cast.clerk, NABE[0])
    number = line(cast.clerk, made).id
    own = {"mj": NABE[0], "likeness": "字形一致", "proposer": "clerk", "login": "clerk", "name": "田中　一郎"}
    with pytest.raises(IntegrityError, match="step_approved_by_another"), wall(TOWN_A), transaction.atomic():
        Step.objects.create(
            municipality_id=TOWN_A, collection_id=made, glyph_id=number, number=1, kind="approved", **own
        )


@pytest.mark.parametrize(
    ("choice", "why"),
    [
        (Choice(NABE[0], Likeness.SIMILAR), "「類似」に"),
        (Choice(NABE[9], Likeness.SAME), "9番までの候補にない"),
        (Choice("MJ022335", Likeness.SAME), "9番までの候補にない"),
    ],
)
def test_a_reason_is_asked_for_where_it_is_due(cast: Cast, choice: Choice, why: str) -> None:
    made = brought(cast.clerk, NABE[0])
    number = line(cast.clerk, made).id
    with pytest.raises(UsageError, match=why):
        services.propose(cast.clerk, made, number, choice, seen=0, reason="  ")
    services.propose(cast.clerk, made, number, choice, seen=0, reason="戸籍の原本で確かめた")
    services.approve(cast.protector, made, number, seen=1)
    found, _ = entries(cast.administrator, Filter(action="characters_propose"))
    assert [one.reason for one in found] == ["戸籍の原本で確かめた"]
    assert queries.page(cast.clerk, number).steps[0].reason == "戸籍の原本で確かめた"


@pytest.mark.parametrize(
    "choice",
    [
        Choice("MJ999999", Likeness.SAME),
        Choice("MJ037229", Likeness.SAME),
        Choice("", Likeness.SAME),
        Choice(NABE[0], Likeness.NONE),
        Choice(NABE[0], "まあまあ"),
    ],
)
def test_what_cannot_be_meant_is_refused(cast: Cast, choice: Choice) -> None:
    """MJ037229 has no code: nothing can write it."""
    made = brought(cast.clerk, NABE[0])
    with pytest.raises(UsageError):
        services.propose(cast.clerk, made, line(cast.clerk, made).id, choice, seen=0, reason="理由")
    assert line(cast.clerk, made).state is State.OPEN


def test_none_of_these_is_a_decision_too(cast: Cast) -> None:
    made = brought(cast.clerk, NABE[0])
    number = line(cast.clerk, made).id
    services.propose(cast.clerk, made, number, NONE, seen=0)
    services.approve(cast.protector, made, number, seen=1)
    assert line(cast.clerk, made).stand.choice == NONE


def test_what_is_handed_back_waits_again(cast: Cast) -> None:
    made = brought(cast.clerk, NABE[0])
    number = line(cast.clerk, made).id
    services.propose(cast.clerk, made, number, SAME, seen=0)
    with pytest.raises(UsageError, match="理由"):
        services.hand_back(cast.protector, made, number, seen=1, reason=" ")
    with pytest.raises(UsageError, match="自分の提案"):
        services.hand_back(cast.clerk, made, number, seen=1, reason="やめる")
    services.hand_back(cast.protector, made, number, seen=1, reason="点が二つある")
    assert line(cast.clerk, made).state is State.OPEN
    services.propose(cast.protector, made, number, OTHER, seen=2)
    services.approve(cast.clerk, made, number, seen=3)
    assert line(cast.clerk, made).stand.choice == OTHER


def test_undo_takes_back_the_last_thing_one_did(cast: Cast) -> None:
    made = brought(cast.clerk, NABE[0], NABE[1])
    first, second = (line(cast.clerk, made, place).id for place in (0, 1))
    services.propose(cast.clerk, made, first, SAME, seen=0)
    services.propose(cast.clerk, made, second, OTHER, seen=0)
    assert services.undo_last(cast.clerk, made) == [second]
    assert services.undo_last(cast.clerk, made) == [first]
    with pytest.raises(UsageError, match="取り消せるものがありません"):
        services.undo_last(cast.clerk, made)
    assert [one.kind for one in queries.page(cast.clerk, first).steps] == [Kind.PROPOSED, Kind.UNDONE]


def test_an_approval_that_is_taken_back_leaves_the_proposal(cast: Cast) -> None:
    made = brought(cast.clerk, NABE[0])
    number = line(cast.clerk, made).id
    services.propose(cast.clerk, made, number, SAME, seen=0)
    services.approve(cast.protector, made, number, seen=1)
    assert services.undo_last(cast.protector, made) == [number]
    again = line(cast.clerk, made)
    assert (again.state, again.known) == (State.PROPOSED, ())
    with pytest.raises(UsageError, match="自分の提案"):
        services.approve(cast.clerk, made, number, seen=again.seen)
    services.approve(cast.administrator, made, number, seen=again.seen)
    with wall(TOWN_A):
        kinds = list(Decision.objects.order_by("id").values_list("kind", flat=True))
    assert kinds == ["decided", "withdrawn", "decided"]


def test_a_decision_of_others_is_taken_back_with_a_reason(cast: Cast) -> None:
    made = brought(cast.clerk, NABE[0])
    number = line(cast.clerk, made).id
    services.propose(cast.clerk, made, number, SAME, seen=0)
    with pytest.raises(UsageError, match="ほかの人の提案"):
        services.undo(cast.protector, made, number, seen=1, reason="違う")
    services.approve(cast.protector, made, number, seen=1)
    with pytest.raises(UsageError, match="取り消しには理由"):
        services.undo(cast.administrator, made, number, seen=2)
    services.undo(cast.administrator, made, number, seen=2, reason="戸籍と違った")
    assert line(cast.clerk, made).state is State.PROPOSED


def test_of_two_who_act_at_once_one_is_told(cast: Cast) -> None:
    made = brought(cast.clerk, NABE[0])
    number = line(cast.clerk, made).id
    services.propose(cast.clerk, made, number, SAME, seen=0)
    with pytest.raises(UsageError, match="ほかの人が先に"):
        services.propose(cast.protector, made, number, OTHER, seen=0)
    with pytest.raises(UsageError, match="承認待ちです"):
        services.propose(cast.protector, made, number, OTHER, seen=1)
    assert line(cast.clerk, made).stand.choice == SAME


def test_what_was_brought_by_mistake_leaves_the_list_and_nothing_else(cast: Cast) -> None:
    made, other = brought(cast.clerk, NABE[0]), brought(cast.clerk, NABE[1], name="正しい組")
    number = line(cast.clerk, made).id
    services.propose(cast.clerk, made, number, SAME, seen=0)
    services.approve(cast.protector, made, number, seen=1)
    client = cast.client("clerk")
    assert client.post(f"/group/characters/{made}/aside/", {"reason": " "}).status_code == 302
    assert len(queries.collections(cast.clerk)) == 2
    answer = client.post(f"/group/characters/{made}/aside/", {"reason": "書体を間違えた"}, follow=True)
    assert "片付けました" in answer.content.decode()
    assert [group.id for group, _ in queries.collections(cast.operator)] == [other]
    with pytest.raises(UsageError, match="片付けてあります"):
        services.set_aside(cast.protector, made, "もう一度")
    kept = client.get(f"/group/characters/{made}/").content.decode()
    assert f"{cast.clerk.name}：書体を間違えた" in kept
    assert line(cast.clerk, made).state is State.DECIDED
