"""Kinds of household (世帯の種類): who lives together and how old they are, by shares of a small rural town."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from yakuba.town._draw import Weighted, between
from yakuba.town.people import CHILD, FATHER, HEAD, HUSBAND, LODGER, MOTHER, RELATED, WIFE, YOUNGER_SISTER

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

_OLDEST = 102


class Role(NamedTuple):
    """One member to be: 続柄 (code and text), sex, age in years, and whether the head's surname is shared."""

    code: str
    text: str
    sex: str
    age: int
    shares: bool = True
    late: bool = False
    """Died in the last years, and was the head until then."""


def _head(sex: str, age: int) -> Role:
    return Role(HEAD, "世帯主", sex, age)


def _child_ages(rng: Random, mother: int, youngest_possible: int = 0) -> list[int]:
    count = Weighted((1, 2, 3), (35, 47, 18)).draw(rng)
    first = mother - between(rng, 24, 33)
    ages = (first - step * between(rng, 2, 4) for step in range(count))
    return [age for age in ages if youngest_possible <= age <= 30]  # noqa: PLR2004 - older ones have left home


def _children(rng: Random, mother: int) -> list[Role]:
    return [Role(CHILD, "子", rng.choice("12"), age) for age in _child_ages(rng, mother)]


def _young_single(rng: Random) -> list[Role]:
    return [_head(rng.choice("112"), between(rng, 18, 44))]


def _middle_single(rng: Random) -> list[Role]:
    return [_head(rng.choice("112"), between(rng, 40, 69))]


def _old_single(rng: Random) -> list[Role]:
    age = min(_OLDEST, int(rng.gauss(79, 8)))
    woman = rng.random() < 0.7  # noqa: PLR2004 - share of women among old people living alone
    plan = [_head("2" if woman else "1", age)]
    if rng.random() < 0.3:  # noqa: PLR2004 - share widowed so lately that the 除票 is still kept
        plan.append(Role(HEAD if woman else WIFE, "", "1" if woman else "2", min(_OLDEST, age + 3), late=True))
    return plan


def _couple(rng: Random) -> list[Role]:
    old = rng.random() < 0.72  # noqa: PLR2004 - share of couples whose children have left
    husband = min(98, int(rng.gauss(73, 8))) if old else between(rng, 24, 58)
    unmarried = not old and rng.random() < 0.04  # noqa: PLR2004 - 未届
    wife = max(20, husband - between(rng, -1, 6))
    return [
        _head("1", husband),
        Role("14", "妻（未届）", "2", wife, shares=False) if unmarried else Role(WIFE, "妻", "2", wife),
    ]


def _nuclear(rng: Random) -> list[Role]:
    wife = between(rng, 27, 58)
    husband = max(22, wife + between(rng, -2, 5))
    if rng.random() < 0.06:  # noqa: PLR2004 - the wife is the head
        return [_head("2", wife), Role(HUSBAND, "夫", "1", husband), *_children(rng, wife)]
    return [_head("1", husband), Role(WIFE, "妻", "2", wife), *_children(rng, wife)]


def _single_parent(rng: Random) -> list[Role]:
    mother = between(rng, 27, 56)
    sex = "1" if rng.random() < 0.15 else "2"  # noqa: PLR2004 - fathers
    return [_head(sex, mother), *_children(rng, mother)]


def _three_generations(rng: Random) -> list[Role]:
    wife = between(rng, 32, 60)
    plan = [_head("1", wife + between(rng, -1, 5)), Role(WIFE, "妻", "2", wife), *_children(rng, wife)]
    mother = min(_OLDEST, plan[0].age + between(rng, 23, 32))
    if rng.random() < 0.55:  # noqa: PLR2004 - the father lives too
        plan.append(Role(FATHER, "父", "1", min(_OLDEST, mother + between(rng, 0, 5))))
    plan.append(Role(MOTHER, "母", "2", mother))
    return plan


def _grandparents(rng: Random) -> list[Role]:
    head = between(rng, 62, 82)
    wife = head - between(rng, 0, 5)
    son = head - between(rng, 26, 33)
    wed = max(22, son - between(rng, -2, 4))
    plan = [_head("1", head), Role(WIFE, "妻", "2", wife), Role(CHILD, "子", "1", son)]
    plan.append(Role(CHILD, "子の妻", "2", wed))
    plan.extend(Role(CHILD, "子の子", rng.choice("12"), age) for age in _child_ages(rng, wed))
    return plan


def _others(rng: Random) -> list[Role]:
    head = between(rng, 35, 80)
    code, text, shares = rng.choice(
        ((YOUNGER_SISTER, "妹", True), (RELATED, "縁故者", False), (LODGER, "同居人", False))
    )
    return [_head(rng.choice("12"), head), Role(code, text, "2", max(18, head - between(rng, 1, 9)), shares)]


KINDS: Weighted[Callable[[Random], list[Role]]] = Weighted(
    (_young_single, _middle_single, _old_single, _couple, _nuclear, _single_parent, _three_generations,
     _grandparents, _others),
    (9.0, 8.0, 16.0, 28.0, 22.0, 5.0, 6.0, 3.5, 2.5),
)  # fmt: skip
"""Households of today, by their share in 100."""

LEAVING: Weighted[Callable[[Random], list[Role]]] = Weighted(
    (_young_single, _middle_single, _couple, _nuclear), (62.0, 12.0, 8.0, 18.0)
)
"""Households that move away: mostly young people alone."""

DYING: Callable[[Random], list[Role]] = _old_single
"""Households that end by death."""
