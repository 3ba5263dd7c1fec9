"""Order of the members of a household (世帯員の記載順): a rule of the standard, no matter of taste.

Source: 住民記録システム標準仕様書 5.2 (記載順位): 1 世帯主・配偶者・own children without a family in the household;
2 families of the head's children, in the birth order of the child; 3 父母, 兄弟姉妹, 祖父母; 4 other relatives, 縁故者,
同居人. Within a place: birth date, then 宛名番号; 父母 and 祖父母 the 筆頭者 first. 準婚 counts as marriage.

Which child a 子の妻 or 子の子 belongs to is not recorded. The same 筆頭者 says so; else the birth dates do: the spouse
goes to the child without one whose birth is nearest, a grandchild to the eldest child with a spouse who is old enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SPOUSE = {"夫", "妻", "夫(未届)", "妻(未届)"}
_PARENT = {"父", "母"}
_SIBLING = {"兄", "姉", "弟", "妹"}
_CHILD = "子"
_HEAD, _RELATED, _LODGER = "世帯主", "縁故者", "同居人"
_ADULT = 15
"""Years that lie at least between a parent and a child."""
_UNKNOWN = "9999-99-99"


@dataclass(frozen=True, slots=True)
class Kin:
    """One member as the order sees it.

    Attributes:
        addressee: 宛名番号. relation: 続柄, a chain joined with の (子の妻). birth: YYYY-MM-DD, "" when not known.
        name: to tell whether the member is the first listed. first_listed: 筆頭者 of the member's family register.
    """

    addressee: str
    relation: str
    birth: str = ""
    name: str = ""
    first_listed: str = ""

    @property
    def chain(self) -> tuple[str, ...]:
        """Steps of the relation: 子の妻 → 子, 妻. Brackets in any width."""
        return tuple(self.relation.translate(str.maketrans("（）", "()")).split("の")) if self.relation else ()

    @property
    def age_key(self) -> tuple[str, str]:
        """Birth date, then 宛名番号."""
        return (self.birth or _UNKNOWN, self.addressee)

    @property
    def listed_key(self) -> tuple[bool, str, str]:
        """The 筆頭者 first, then as `age_key`."""
        return (not self.name or self.name != self.first_listed, *self.age_key)


def stand(places: Sequence[int | None], kin: Sequence[Kin]) -> list[int]:
    """Where each member stands, as places of the list: the stored order (記載順位), else that of the standard.

    Args:
        places: 記載順位 of each member; used only when every member has one of its own.
    """
    if None not in places and len(set(places)) == len(places):
        return sorted(range(len(kin)), key=lambda at: places[at] or 0)
    at_number = {one.addressee: at for at, one in enumerate(kin)}
    return [at_number[one.addressee] for one in legal_order(kin)]


def legal_order(members: Iterable[Kin]) -> list[Kin]:
    """The members in the order of the standard; a household without a head begins with who is left.

    >>> family = [Kin("4", "子", "2000-01-01"), Kin("1", "世帯主"), Kin("3", "母"), Kin("2", "妻")]
    >>> [kin.relation for kin in legal_order(family)]
    ['世帯主', '妻', '子', '母']
    """
    left = sorted(members, key=lambda kin: kin.age_key)
    ordered: list[Kin] = []

    def take(those: Sequence[Kin]) -> None:
        ordered.extend(those)
        taken = {id(kin) for kin in those}
        left[:] = [kin for kin in left if id(kin) not in taken]

    take([kin for kin in left if kin.chain == (_HEAD,)])
    take([kin for kin in left if len(kin.chain) == 1 and kin.chain[0] in _SPOUSE])
    families = _families([kin for kin in left if kin.chain[:1] == (_CHILD,)], (_CHILD,))
    take([kin for family in families if len(family) == 1 for kin in family])
    take([kin for family in families if len(family) > 1 for kin in family])
    for place in _own_kin(left):
        take(place)
    for place in _own_kin([_beyond_spouse(kin) for kin in left if _of_spouse(kin)]):
        wanted = [kin.addressee for kin in place]
        take(sorted((kin for kin in left if kin.addressee in wanted), key=lambda kin: wanted.index(kin.addressee)))
    take(_others([kin for kin in left if kin.chain and kin.chain[0] not in (_RELATED, _LODGER)]))
    take(_others([kin for kin in left if kin.chain[:1] == (_RELATED,)]))
    take(_others([kin for kin in left if kin.chain]))
    take(list(left))
    return ordered


def _own_kin(left: Sequence[Kin]) -> list[list[Kin]]:
    """父母; 兄弟姉妹; 祖父母."""
    parents = [kin for kin in left if len(kin.chain) == 1 and kin.chain[0] in _PARENT]
    siblings = [kin for kin in left if len(kin.chain) == 1 and kin.chain[0] in _SIBLING]
    grandparents = [kin for kin in left if len(kin.chain) == 2 and set(kin.chain) <= _PARENT]  # noqa: PLR2004 - two steps
    return [
        sorted(parents, key=lambda kin: kin.listed_key),
        sorted(siblings, key=lambda kin: kin.age_key),
        sorted(grandparents, key=lambda kin: kin.listed_key),
    ]


def _of_spouse(kin: Kin) -> bool:
    return len(kin.chain) > 1 and kin.chain[0] in _SPOUSE and kin.chain[1] != _CHILD


def _beyond_spouse(kin: Kin) -> Kin:
    """The same person, related to the spouse."""
    return Kin(kin.addressee, "の".join(kin.chain[1:]), kin.birth, kin.name, kin.first_listed)


def _families(members: Sequence[Kin], root: tuple[str, ...]) -> list[list[Kin]]:
    """Families of the people related by `root`, each with spouse and descendants, by birth of the first.

    Someone whose child of the household has left (子の子 without a 子) is a family alone.
    """
    heads = sorted((kin for kin in members if kin.chain == root), key=lambda kin: kin.age_key)
    families = {head.addressee: [head] for head in heads}
    spouses = sorted((kin for kin in members if _is_spouse(kin, root)), key=lambda kin: kin.age_key)
    loose: list[list[Kin]] = []
    for spouse in spouses:
        alone = [head for head in heads if len(families[head.addressee]) == 1]
        head = _same_register(spouse, alone) or _nearest(spouse, alone)
        if head is None:
            loose.append([spouse])
        else:
            families[head.addressee].append(spouse)
    deeper = [kin for kin in members if kin.chain[: len(root) + 1] == (*root, _CHILD)]
    for family in _families(deeper, (*root, _CHILD)) if deeper else []:
        parents = [families[head.addressee] for head in heads]
        home = _home(family[0], parents)
        if home is None:
            loose.append(family)
        else:
            home.extend(family)
    known = {kin.addressee for family in (*families.values(), *loose) for kin in family}
    loose += [[kin] for kin in members if kin.addressee not in known]
    return sorted([*families.values(), *loose], key=lambda family: family[0].age_key)


def _is_spouse(kin: Kin, root: tuple[str, ...]) -> bool:
    return bool(kin.chain) and kin.chain[:-1] == root and kin.chain[-1] in _SPOUSE


def _same_register(kin: Kin, heads: Sequence[Kin]) -> Kin | None:
    """The only one with the same 筆頭者."""
    same = [head for head in heads if kin.first_listed and head.first_listed == kin.first_listed]
    return same[0] if len(same) == 1 else None


def _nearest(kin: Kin, heads: Sequence[Kin]) -> Kin | None:
    """The one whose birth is nearest by year; the eldest of those."""
    return min(heads, key=lambda head: abs(_year(head) - _year(kin)), default=None)


def _home(child: Kin, families: Sequence[list[Kin]]) -> list[Kin] | None:
    """The family a grandchild belongs to."""
    same = [family for family in families if _same_register(child, family[:1])]
    if len(same) == 1:
        return same[0]
    old_enough = [family for family in families if _year(child) - _year(family[0]) >= _ADULT]
    married = [family for family in old_enough if len(family) > 1]
    return next(iter(married or old_enough or families), None)


def _year(kin: Kin) -> int:
    return int((kin.birth or _UNKNOWN)[:4])


def _others(members: Sequence[Kin]) -> list[Kin]:
    """Other relatives: families together, the older generation first, then by birth of each family's first."""
    groups: dict[tuple[str, ...], list[Kin]] = {}
    for kin in members:
        groups.setdefault(_root(kin.chain), []).append(kin)
    families = [(root, family) for root, group in groups.items() for family in _families(group, root)]
    families.sort(key=lambda pair: (-_generation(pair[0]), pair[1][0].age_key))
    return [kin for _, family in families for kin in family]


def _root(chain: tuple[str, ...]) -> tuple[str, ...]:
    """The relative whose family somebody belongs to: 兄の子の妻 → 兄, 妻の子 → 妻の子."""
    root = chain
    while len(root) > 1 and (root[-1] in _SPOUSE or root[-1] == _CHILD):
        if len(root) == 2 and root[0] in _SPOUSE:  # noqa: PLR2004 - two steps
            break
        root = root[:-1]
    return root


def _generation(chain: tuple[str, ...]) -> int:
    """Parents are above, children below."""
    return sum((step in _PARENT) - (step == _CHILD) for step in chain)
