"""Tables of several vendors together: possible as long as no private code means two characters.

Source: 外字 practice; every vendor numbers its private characters from U+E000 (F040), each in its own order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.characters.vendor import VendorTable
from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHOWN = 5
"""How many collisions a message names."""


def combined(tables_by_name: Mapping[str, VendorTable]) -> VendorTable:
    """Several vendors' tables as one, for a column that came through more than one system.

    Raises:
        UsageError: two tables mean different characters by one code; the message has the first codes and both names.
    """
    names = list(tables_by_name)
    for place, name in enumerate(names):
        for other in names[place + 1 :]:
            _check_collision(name, tables_by_name[name], other, tables_by_name[other])
    forms = {code: form for table in tables_by_name.values() for code, form in table.forms.items()}
    undecided = frozenset().union(*(table.undecided for table in tables_by_name.values()))
    return VendorTable(forms, undecided - forms.keys())


def _check_collision(name: str, one: VendorTable, other_name: str, other: VendorTable) -> None:
    both = sorted(one.forms.keys() & other.forms.keys())
    hit = [code for code in both if one.forms[code] != other.forms[code]]
    hit += sorted((one.forms.keys() & other.undecided) | (other.forms.keys() & one.undecided))
    if not hit:
        return
    shown = "、".join(
        f"U+{ord(code):04X} ({one.forms.get(code, '未決定')} / {other.forms.get(code, '未決定')})"
        for code in hit[:_SHOWN]
    )
    raise UsageError(
        f"{name} / {other_name}: 外字の衝突 {len(hit)} codes mean different characters: {shown}",
        remedy="convert the columns of each vendor by themselves, with that vendor's table only",
    )
