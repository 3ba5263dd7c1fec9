"""Warnings (注意): what a clerk must know before anything else: 支援措置, 抑止, 転出予定."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from yakuba.registry.display import Shape, shown_date
from yakuba.registry.models import Ledger, Record
from yakuba.registry.roles import columns_of, table_of
from yakuba.registry.veils import BARE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from yakuba.registry.models import Resident

_ERROR = "2"
_YES = "1"
ALL, WRITING, LOOKING = "0", "1", "3"
"""抑止対象処理: すべて, 異動入力, 照会."""


@dataclass(frozen=True, slots=True)
class Caution:
    """One warning.

    Attributes:
        kind: protected (支援措置), blocked (抑止), leaving (転出予定). level: "error" forbids, "alert" asks for care.
        title: in the words of the standard. detail: from when, until when, which processing.
        asks: looking at the person needs a reason. forbids: a change cannot be written.
    """

    kind: str
    level: str
    title: str
    detail: str
    asks: bool = False
    forbids: bool = False


def sealed(told: Iterable[Caution], reason: str) -> bool:
    """Whether a reason is needed to look at a person with these warnings, and none was given."""
    return any(one.asks for one in told) and not reason.strip()


def warnings(found: Resident) -> tuple[Caution, ...]:
    """All warnings about a person who exists for the actor, the gravest first."""
    told = [*_protection(found), *_blocks(found), *_leaving(found)]
    return tuple(sorted(told, key=lambda one: one.level != "error"))


def _protection(found: Resident) -> Iterator[Caution]:
    if not found.protected:
        return
    periods = []
    for raws in rows_of(found, "protection"):
        if not raws.get("released"):
            provisional = "仮支援措置" if raws.get("provisional") == "1" else ""
            period = f"{shown_date(raws.get('first', ''))}～{shown_date(raws.get('last', ''))}"
            periods.append(f"{provisional}{period}")
    yield Caution("protected", "error", "支援措置対象者", "、".join(periods) or "併せて支援を求める者", asks=True)


def _blocks(found: Resident) -> Iterator[Caution]:
    if not found.blocked:
        return
    for raws in rows_of(found, "block"):
        if raws.get("released") or raws.get("level") not in ("1", _ERROR):
            continue
        level = "error" if raws["level"] == _ERROR else "alert"
        ends = shown_date(raws.get("last", ""))
        suspended = "（一時解除中）" if raws.get("suspended") == _YES else ""
        detail = f"{raws.get('process_text', '')} {shown_date(raws.get('first', ''))}～{ends}{suspended}".strip()
        title = f"抑止（{raws.get('kind_text') or 'その他'}）"
        asks, forbids = (_refuses(raws, process) for process in (LOOKING, WRITING))
        yield Caution("blocked", level, title, detail, asks=asks, forbids=forbids)


def _refuses(raws: Mapping[str, str], process: str) -> bool:
    """Whether a 抑止 stands against a processing today: of level エラー, begun, not released for the moment."""
    begun = raws.get("first", "") <= timezone.localdate().isoformat()
    meant = raws.get("process", "") in ("", ALL, process)
    return raws["level"] == _ERROR and begun and meant and raws.get("suspended") != _YES


def _leaving(found: Resident) -> Iterator[Caution]:
    if found.leaving:
        yield Caution("leaving", "alert", "転出予定", f"転出予定年月日 {shown_date(found.leaving)}")


def rows_of(found: Resident, table: str) -> Iterator[dict[str, str]]:
    """Records of the person, or of the household, in a table of roles: role → cell, role_text → as it is read."""
    for ledger in Ledger.objects.filter(municipality=found.municipality_id):
        if table_of(ledger.business, ledger.title) != table:
            continue
        shape = Shape(ledger)
        roles = columns_of(table, shape.columns)
        whose = Q(addressee=found.addressee)
        if "household" in roles and found.household:
            at = shape.columns.index(roles["household"])
            whose |= Q(**{f"cells__{at}": found.household})
        for record in Record.objects.filter(whose, municipality=found.municipality_id, ledger=ledger).order_by("row"):
            raws = shape.raws(record.cells)
            texts = {f"{role}_text": shape.value(name, raws, BARE).text for role, name in roles.items()}
            yield {role: raws[name] for role, name in roles.items()} | texts
