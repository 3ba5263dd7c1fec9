"""Output (出力): chosen people and items as rows, for CSV, Excel or the clipboard; with a purpose, and logged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yakuba.kernel.errors import UsageError
from yakuba.registry.display import Shape
from yakuba.registry.models import Ledger, Record, Resident
from yakuba.registry.queries.shadow import hidden_near, over, texts_for
from yakuba.registry.queries.visible import BUSINESS, people
from yakuba.registry.roles import table_of
from yakuba.registry.veils import Veil, closed_to
from yakuba.tenancy import audit
from yakuba.tenancy.acting import NotAllowedError
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.db.models import QuerySet

    from yakuba.tenancy.acting import Actor

MOST = 10_000
"""People of one output; more is an export, with the right for it."""
NOT_SHOWN = "（表示できません）"
"""In a cell that would name somebody who does not exist for the actor."""


@dataclass(frozen=True, slots=True)
class OutputItem:
    """An item that can be chosen. masked: not by this actor."""

    name: str
    identifier: str
    masked: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """Somebody chosen for an output. name, kana: "" for a number under which nobody exists for the actor."""

    addressee: str
    name: str
    kana: str
    protected: bool
    blocked: str


@dataclass(frozen=True, slots=True)
class Output:
    """Rows to hand on: official item names, then one row of texts per person, as people read them."""

    items: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def output_items(actor: Actor) -> tuple[OutputItem, ...]:
    """The items of residents in the order of their layout; empty before a load."""
    with wall(actor.municipality):
        ledger = next(iter(_resident_ledgers()), None)
    if ledger is None:
        return ()
    shape = Shape(ledger)
    hidden = _closed(actor, shape)
    items = ((name, shape.items[name]) for name in shape.columns)
    return tuple(OutputItem(name, item.identifier if item else name, name in hidden) for name, item in items)


def chosen(actor: Actor, addressees: Sequence[str], *, place: str = "出力") -> tuple[Chosen, ...]:
    """Who was chosen, by name, so that a clerk sees whom the file will be about; in the order given.

    Raises:
        NotAllowedError: the actor may not hand data on.
    """
    actor.must(Action.OUTPUT, BUSINESS)
    wanted = list(dict.fromkeys(addressees))[:MOST]
    with wall(actor.municipality):
        there = {one.addressee: one for one in people(actor).filter(addressee__in=wanted, outsider=False)}
        if there:
            shown = [number for number in wanted if number in there]
            audit.record(actor, place=place, action="list", items=("氏名",), detail={"shown": shown})
    found = ((number, there.get(number)) for number in wanted)
    return tuple(
        Chosen(number, one.name, one.kana, one.protected, one.blocked) if one else Chosen(number, "", "", False, "")  # noqa: FBT003
        for number, one in found
    )


def output(
    actor: Actor, addressees: Sequence[str], items: Sequence[str], purpose: str, *, place: str = "出力"
) -> Output:
    """Chosen items of chosen people. Whoever does not exist for the actor is left out, like an unknown number.

    Args:
        addressees: 宛名番号 in the order wanted. items: official item names. purpose: why, for the log.

    Raises:
        UsageError: no purpose, no items, an unknown item, or too many people.
        NotAllowedError: the actor may not hand data on, or an item is closed to the actor.
    """
    actor.must(Action.OUTPUT, BUSINESS)
    if not purpose.strip() or not items:
        raise UsageError("出力の目的と項目を指定してください", remedy="目的を入力し、項目を1つ以上選んでください")
    if len(addressees) > MOST:
        raise UsageError(f"一度に出力できるのは {MOST:,} 人までです", remedy="条件を絞ってください")
    with wall(actor.municipality):
        rows = tuple(_rows(actor, addressees, items))
        for addressee, _ in rows:
            audit.record(actor, place=place, action="output", subject=addressee, items=items, reason=purpose)
    return Output(tuple(items), tuple(row for _, row in rows))


def _rows(actor: Actor, addressees: Sequence[str], items: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    found = people(actor).filter(addressee__in=addressees, outsider=False).select_related("ledger")
    by_number = {one.addressee: one for one in found}
    shapes = {ledger.pk: Shape(ledger) for ledger in {one.ledger_id: one.ledger for one in found}.values()}
    for shape in shapes.values():
        _checked(actor, shape, items)
    records = _newest(found)
    raws = {number: shapes[one.ledger_id].raws(records[number]) for number, one in by_number.items()}
    hidden = hidden_near(actor, raws.values())
    for addressee in dict.fromkeys(addressees):
        one = by_number.get(addressee)
        if one is None:
            continue
        row, shape = raws[addressee], shapes[one.ledger_id]
        around = over(Veil(texts=texts_for(hidden, [row], one.name)), row)
        values = (shape.value(name, row, around, foreign=one.kind == "2") for name in items)
        yield addressee, tuple(NOT_SHOWN if value.hidden else value.text for value in values)


def _checked(actor: Actor, shape: Shape, items: Sequence[str]) -> None:
    unknown = [name for name in items if name not in shape.items]
    if unknown:
        raise UsageError(f"項目「{'、'.join(unknown)}」はありません", remedy="項目の一覧から選んでください")
    hidden = _closed(actor, shape)
    refused = [name for name in items if name in hidden]
    if refused:
        raise NotAllowedError(f"項目「{'、'.join(refused)}」を出力する権限がありません", remedy="項目を外してください")


def _newest(found: QuerySet[Resident]) -> dict[str, Sequence[str | None]]:
    """Cells of the row in force of each person, in one query per ledger."""
    rows: dict[int, dict[int, str]] = {}
    for one in found:
        rows.setdefault(one.ledger_id, {})[one.row] = one.addressee
    return {
        of_row[record.row]: record.cells
        for ledger, of_row in rows.items()
        for record in Record.objects.filter(ledger=ledger, row__in=list(of_row))
    }


def _closed(actor: Actor, shape: Shape) -> frozenset[str]:
    """Items that the actor may not see, or not hand on."""
    return closed_to(actor, Action.OUTPUT, shape.business, shape.columns)


def _resident_ledgers() -> list[Ledger]:
    return [ledger for ledger in Ledger.objects.all() if table_of(ledger.business, ledger.title) == "resident"]
