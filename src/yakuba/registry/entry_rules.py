"""Rules of a change (異動入力の検査): what the standard calls エラー, as far as one person's row can show it.

Source: 住民記録システム標準仕様書 1.1.6 (items that are never empty), 1.1.8 and 4.0.3 (dates), 1.1.10 (続柄), 1.1.5 (a
除票 is not changed), 11.1. What looks at the whole household is in queries/household_rules.py.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils import timezone

from yakuba.kernel.dates.calendar import is_calendar_date
from yakuba.layouts.condition import Comparison, parse
from yakuba.layouts.model import Output

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from yakuba.layouts.condition import Condition
    from yakuba.layouts.model import Item
    from yakuba.registry.display import Shape

Problem = tuple[str, str]
"""Item it is about, "" = the whole; and the sentence."""
STAMPED = ("addressee", "history", "branch", "latest", "operator", "operated_on", "operated_at", "processed")
"""Roles that the write itself fills."""
OF_THE_CHANGE = ("reason", "day", "day_unknown", "notified", "notice_number", "change_kind", "notice_day", "entry_kind")
"""Roles that say what the change was: never taken over from the row before."""
_LEAVING = "転出"
_CHAIN, _AND = 4, "の"
_ALONE = ("世帯主", "縁故者", "同居人")
_RELATIONS = "続柄"
_REMOVED = "1"
_STILL_POSSIBLE = re.compile("^(転入通知|転出)")
"""Items of a 除票 that the 転入通知 of the new place fills."""
_BACK = re.compile("転入|異動の取消し")
"""異動事由 that make a 除票 a 住民票 again."""


def problems(shape: Shape, roles: Mapping[str, str], before: Mapping[str, str], after: Mapping[str, str],
             changed: frozenset[str]) -> Iterator[Problem]:  # fmt: skip
    """What forbids the row `after`, item by item.

    Args:
        roles: role → item. before, after: item → cell. changed: items that the clerk changes.
    """
    yield from _empty(shape, roles, before, after, changed)
    yield from _days(shape, roles, after, changed)
    yield from _relation(shape, roles, after, changed)
    reason = words_of(shape, roles.get("reason", ""), after)
    own = changed - {roles[role] for role in OF_THE_CHANGE if role in roles}
    if before.get(roles.get("removed", ""), "") == _REMOVED and not _BACK.search(reason):
        for name in sorted(own):
            if not _STILL_POSSIBLE.search(name):
                yield name, "除票は変更できません（転入通知の項目を除く）"


def _empty(shape: Shape, roles: Mapping[str, str], before: Mapping[str, str], after: Mapping[str, str],
           changed: frozenset[str]) -> Iterator[Problem]:  # fmt: skip
    """Items that must not be empty; a gap that was there before and is not touched is not this clerk's."""
    told = changed | {roles[role] for role in OF_THE_CHANGE if role in roles}
    for name, item in shape.items.items():
        if item is None or after.get(name) or not _required(shape, item, after):
            continue
        if name in told or (before.get(name) or not _required(shape, item, before)):
            yield name, "空にできない項目です"


def _required(shape: Shape, item: Item, raws: Mapping[str, str]) -> bool:
    if item.output is Output.CONDITIONAL and item.condition:
        return holds(parse(item.condition, list(shape.items)), raws)
    return item.output is Output.REQUIRED


def holds(condition: Condition, raws: Mapping[str, str]) -> bool:
    """Whether a condition of the layout is true of a row."""
    if isinstance(condition, Comparison):
        return (raws.get(condition.item, "") in condition.values) is not condition.negated
    made = (holds(part, raws) for part in condition.parts)
    return all(made) if condition.every else any(made)


def _days(
    shape: Shape, roles: Mapping[str, str], after: Mapping[str, str], changed: frozenset[str]
) -> Iterator[Problem]:
    today = timezone.localdate().isoformat()
    day, notified = roles.get("day", ""), roles.get("notified", "")
    if (
        day in changed
        and after.get(day, "") > today
        and _LEAVING not in words_of(shape, roles.get("reason", ""), after)
    ):
        yield day, "今日より後の日は、転出のほかは入れられません"
    if notified in changed and after.get(notified, "") > today:
        yield notified, "今日より後の日は入れられません"
    born = after.get(roles.get("birth", ""), "")
    if day in changed and is_calendar_date(born) and is_calendar_date(after.get(day, "")) and after[day] < born:
        yield day, "生年月日より前の日です"


def _relation(
    shape: Shape, roles: Mapping[str, str], after: Mapping[str, str], changed: frozenset[str]
) -> Iterator[Problem]:
    """続柄: words of the standard, at most four joined by の; 世帯主, 縁故者 and 同居人 stand alone."""
    name = roles.get("relation", "")
    if name not in changed or not after.get(name) or shape.layout is None:
        return
    listed = shape.layout.codes.get(_RELATIONS)
    words = {_plain(word) for word in listed.values.values()} if listed else set()
    text = _plain(after[name])
    chain = text.split(_AND)
    if not words or text in words:
        return
    if len(chain) > _CHAIN:
        yield name, "続柄は4つまでつなげられます。5つ以上は「縁故者」です"
    elif not set(chain) <= words:
        yield name, "続柄の一覧にない言葉です。一覧の言葉を「の」でつないでください"
    elif set(chain) & set(_ALONE):
        yield name, "「世帯主」「縁故者」「同居人」は、ほかの続柄とつなげられません"


def _plain(word: str) -> str:
    return word.translate(str.maketrans("()", "（）"))


def words_of(shape: Shape, name: str, raws: Mapping[str, str]) -> str:
    """The item's code in words; as it stands where it has none."""
    item = shape.items.get(name)
    raw = raws.get(name, "")
    return shape.layout.codes[item.codes].values.get(raw, raw) if item and item.codes and shape.layout else raw
