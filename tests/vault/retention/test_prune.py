"""Pruning never takes what a generation that stays needs, nor anything within its retention, whatever clocks say.

Oracle: rules of thumb over random vaults: the policy counted anew by hand, the store's files compared with what the
generations that stay are put together from, retention compared with the true time.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.vault.chain.writing import DAY
from tests.vault.retention.shelf import Held, PowerCutError, held

from yakuba.kernel.errors import NotProvenError, UsageError
from yakuba.vault.format.names import new_object_name
from yakuba.vault.format.times import stamp
from yakuba.vault.services.policy import Policy
from yakuba.vault.services.prune import planned, prune_opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from yakuba.vault.chain import Chain

JST = timezone(timedelta(hours=9))
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["full", "delta", "delta", "delta", "compact", "hold", "release", "orphan", "prune"]),
        st.integers(0, 40),
        st.integers(0, 60),
    ),
    min_size=1,
    max_size=24,
)
POLICIES = st.builds(
    Policy, newest=st.integers(1, 3), daily=st.integers(0, 3), weekly=st.integers(0, 2),
    monthly=st.integers(0, 2), yearly=st.integers(0, 2),
)  # fmt: skip
YEARS = st.integers(-4000, 4000).map(lambda days: timedelta(days=days))


def built(steps: list[tuple[str, int, int]]) -> Held:
    """A vault with a history: each step a kind, the days since the last one, the days of retention."""
    vault = held()
    for kind, gap, retained in [("full", 0, 0), *steps]:
        vault.days += gap
        numbers = [one.number for one in vault.chain.kept]
        until = stamp(DAY + timedelta(days=vault.days + retained))
        if kind in {"full", "delta"}:
            vault.generation(kind, retain_until=until)
        elif kind == "compact":
            vault.add("compact", generation=numbers[gap % len(numbers)], **(vault.sealed() | {"retain_until": until}))
        elif kind == "hold":
            vault.add("hold", generation=numbers[retained % len(numbers)], reason="監査のため")
        elif kind == "release" and vault.chain.holds:
            vault.add("release", generation=min(vault.chain.holds), reason="終わった")
        elif kind == "orphan":
            vault.store.put_new(new_object_name(len(vault.chain.entries)), b"never committed")
        elif kind == "prune":
            vault.shelf.clock = true_time(vault)
            prune_opened(vault.writable(), Policy(1, 1, 1, 1, 1), now=vault.shelf.clock)
            vault.chain = vault.read()
    return vault


def true_time(vault: Held) -> datetime:
    return DAY + timedelta(days=vault.days)


def needed(chain: Chain) -> set[str]:
    return {one.name for generation in chain.kept for one in chain.layers(generation.number)}


def by_hand(chain: Chain, policy: Policy, at: datetime) -> set[int]:
    """What a person with a calendar would keep."""
    there = sorted(chain.kept, key=lambda one: (one.as_of, one.number))
    keep = {one.number for one in there if one.retain_until > at} | set(chain.holds)
    keep |= {one.number for one in sorted(there, key=lambda one: one.number)[-policy.newest :]}
    forms = {"%Y-%m-%d": policy.daily, "%G-%V": policy.weekly, "%Y-%m": policy.monthly}
    shelves: dict[tuple[str, str], int] = {}
    order = defaultdict[str, list[str]](list)
    for one in there:
        local = one.as_of.astimezone(JST)
        names = [(form, local.strftime(form)) for form in forms]
        names.append(("year", str(local.year if local.month >= 4 else local.year - 1)))
        for form, name in names:
            shelves[form, name] = one.number
            if name not in order[form]:
                order[form].append(name)
    for form, count in {**forms, "year": policy.yearly}.items():
        keep |= {shelves[form, name] for name in order[form][::-1][:count]}
    return keep


@settings(max_examples=80)
@given(STEPS, POLICIES, YEARS, YEARS)
def test_what_stays_is_whole_and_retention_holds_under_any_clock(
    steps: list[tuple[str, int, int]], policy: Policy, ours: timedelta, stores: timedelta
) -> None:
    vault = built(steps)
    before, at = vault.chain, true_time(vault)
    vault.shelf.clock = at + stores
    vault.shelf.deleted.clear()
    done = prune_opened(vault.writable(), policy, now=at + ours)
    after = vault.read()
    assert {one.number for one in after.kept} == set(done.plan.kept)
    assert needed(after) <= set(vault.shelf.files)
    retained = {one.name for one in before.objects if one.retain_until > at}
    assert not retained & set(vault.shelf.deleted)
    assert {one.name for one in after.objects} <= set(vault.shelf.files)
    assert set(before.holds) <= {one.number for one in after.kept}
    assert before.kept[-1].number == after.kept[-1].number


@settings(max_examples=80)
@given(STEPS, POLICIES)
def test_with_true_clocks_it_is_what_a_person_with_a_calendar_keeps(
    steps: list[tuple[str, int, int]], policy: Policy
) -> None:
    vault = built(steps)
    at = vault.chain.entries[-1].written_at
    vault.shelf.clock = at
    prune_opened(vault.writable(), policy, now=at)
    after = vault.read()
    assert {one.number for one in after.kept} == by_hand(vault.chain, policy, at)
    waiting = {one.name for one in after.objects if one.retain_until > at}
    at_work = {name for name in vault.shelf.files if name.startswith(f"objects/{len(after.entries):08}-")}
    assert {name for name in vault.shelf.files if name.startswith("objects/")} - at_work <= needed(after) | waiting
    again = prune_opened(vault.writable(), policy, now=at)
    assert (again.deleted, len(vault.read().entries)) == ((), len(after.entries))


@settings(max_examples=60)
@given(STEPS, POLICIES, st.integers(0, 12))
def test_a_prune_that_was_cut_anywhere_is_finished_by_the_next(
    steps: list[tuple[str, int, int]], policy: Policy, power: int
) -> None:
    vault = built(steps)
    at = true_time(vault)
    vault.shelf.clock, vault.shelf.power = at, power
    try:
        prune_opened(vault.writable(), policy, now=at)
    except PowerCutError:
        cut = vault.read()
        assert needed(cut) <= set(vault.shelf.files)
    vault.shelf.power = 1_000_000
    prune_opened(vault.writable(), policy, now=at)
    after = vault.read()
    assert needed(after) <= set(vault.shelf.files)
    assert not {name for name in after.ledger.gone if name in vault.shelf.files}


def _of_three(**fields: str) -> Held:
    vault = held()
    old = stamp(DAY)
    vault.generation("full", retain_until=old)
    vault.generation("delta", retain_until=old)
    vault.generation("full", retain_until=old, **fields)
    vault.shelf.clock = true_time(vault)
    return vault


def test_a_writer_at_work_is_left_alone_and_one_that_lost_is_swept() -> None:
    vault = _of_three()
    lost, at_work = new_object_name(2), new_object_name(len(vault.chain.entries) + 1)
    for name in (lost, at_work):
        vault.store.put_new(name, b"x")
    done = prune_opened(vault.writable(), Policy(newest=1, daily=0, weekly=0, monthly=0, yearly=0))
    assert lost in done.deleted
    assert at_work in vault.shelf.files


def test_what_the_store_still_locks_goes_later() -> None:
    vault = _of_three()
    first = vault.chain.layers(1)[0].name
    vault.shelf.locks[first] = vault.shelf.clock + timedelta(days=1)
    policy = Policy(newest=1, daily=0, weekly=0, monthly=0, yearly=0)
    done = prune_opened(vault.writable(), policy)
    assert done.refused == (first,)
    assert first in vault.shelf.files
    vault.shelf.clock += timedelta(days=2)
    assert prune_opened(vault.writable(), policy).deleted == (first,)


def test_a_dry_run_touches_nothing() -> None:
    vault = _of_three()
    files = dict(vault.shelf.files)
    done = prune_opened(vault.writable(), Policy(newest=1, daily=0, weekly=0, monthly=0, yearly=0), dry_run=True)
    assert done.plan.generations == (1, 2)
    assert vault.shelf.files == files


def _lose(vault: Held, name: str) -> None:
    del vault.shelf.files[name]


def _shorten(vault: Held, name: str) -> None:
    vault.shelf.files[name] = vault.shelf.files[name][:-1]


def _flip(vault: Held, name: str) -> None:
    content = vault.shelf.files[name]
    vault.shelf.files[name] = content[:-1] + bytes([content[-1] ^ 1])


@pytest.mark.parametrize("damage", [_lose, _shorten, _flip])
def test_nothing_goes_while_a_compacted_object_is_not_what_was_stored(damage: Callable[[Held, str], None]) -> None:
    vault = held()
    old = stamp(DAY)
    vault.generation("full", retain_until=old)
    vault.generation("delta", retain_until=old)
    vault.add("compact", generation=2, **(vault.sealed() | {"retain_until": old}))
    vault.shelf.clock = true_time(vault)
    policy = Policy(newest=1, daily=0, weekly=0, monthly=0, yearly=0)
    assert len(planned(vault.chain, policy, vault.shelf.clock).objects) == 2
    (fresh,) = vault.chain.layers(2)
    damage(vault, fresh.name)
    files, entries = dict(vault.shelf.files), len(vault.chain.entries)
    with pytest.raises(NotProvenError, match="is damaged"):
        prune_opened(vault.writable(), policy)
    assert (vault.shelf.files, len(vault.read().entries)) == (files, entries)


@pytest.mark.parametrize(
    ("given_up", "told"),
    [
        ({"generations": [2], "objects": []}, "within its retention"),
        ({"generations": [], "objects": ["of 2"]}, "within its retention"),
        ({"generations": [], "objects": ["of 1"]}, "within its retention"),
        ({"generations": [1], "objects": []}, "held"),
        ({"generations": [7], "objects": []}, "newest"),
        ({"generations": [], "objects": ["objects/00000001-0000000000000000"]}, "not there"),
        ({"generations": [9], "objects": []}, "entry 8"),
    ],
)
def test_readers_refuse_an_entry_that_gives_up_what_may_not_go(given_up: dict[str, list[object]], told: str) -> None:
    """Written with a stolen key, say; then `upto` reads what is before it."""
    vault = held()
    vault.generation("full", retain_until=stamp(DAY))
    kept = vault.generation("full", retain_until=stamp(DAY + timedelta(days=99)))
    vault.add("hold", generation=1, reason="監査のため")
    vault.generation("full", retain_until=stamp(DAY))
    vault.add("release", generation=1, reason="誤り")
    vault.add("hold", generation=1, reason="監査のため")
    objects = {"of 1": vault.chain.layers(1)[0].name, "of 2": vault.chain.layers(kept)[0].name}
    locks = {objects["of 1"]: stamp(DAY + timedelta(days=99))}
    vault.generation("delta", retain_until=stamp(DAY), locks=locks)
    names = [objects.get(str(name), name) for name in given_up["objects"]]
    with pytest.raises(NotProvenError, match=told):
        vault.add("prune", generations=given_up["generations"], objects=names)
    assert len(vault.chain.kept) == 4


def test_a_policy_keeps_something() -> None:
    for wrong in ({"newest": 0}, {"daily": -1}):
        with pytest.raises(UsageError):
            Policy(**wrong)
