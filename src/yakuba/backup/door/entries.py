"""Entries at the door (記入の受領): proven against all that came before, then written, then answered with a receipt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from yakuba.backup import ledger
from yakuba.backup.copying import RETAINED, lengthen
from yakuba.backup.door.incoming import Incoming
from yakuba.backup.door.objects import LONGEST, there
from yakuba.backup.errors import RefusedError
from yakuba.backup.models import Plan
from yakuba.backup.services.alarms import raise_alarm
from yakuba.backup.signing import signed
from yakuba.kernel.errors import NotProvenError
from yakuba.registry import jobs
from yakuba.tenancy.acting import system
from yakuba.tenancy.database.walls import wall
from yakuba.vault.chain import Chain, chain_of
from yakuba.vault.clock import APART
from yakuba.vault.errors import AlreadyThereError, MissingError
from yakuba.vault.format.entry import parse
from yakuba.vault.format.names import OBJECTS, entry_name
from yakuba.vault.format.times import moment, stamp
from yakuba.vault.store import open_store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yakuba.backup.models import Entry
    from yakuba.backup.queries.plans import PlanLine
    from yakuba.vault.format.entry import Entry as Written
    from yakuba.vault.store import Store

_REMEDY = "連携APを止めて、センターの管理者に知らせてください"


@dataclass(frozen=True, slots=True)
class Taken:
    """A receipt (受領書), signed by the centre. new: the entry was not here before."""

    receipt: dict[str, Any]
    new: bool


def take_entry(plan: PlanLine, number: int, raw: bytes) -> Taken:
    """Take in the next entry of a chain. The same entry again is answered with the same receipt.

    Raises:
        RefusedError: it is not the next one, not proven, not of this municipality, or its object is not here.
        CannotContinueError: the vault's place does not take it.
    """
    try:
        with wall(plan.municipality):
            Plan.objects.select_for_update().get(pk=plan.municipality)
            ours = ledger.known(plan.municipality)
            if number < len(ours):
                return _again(ours[number], raw)
            taken = _next(plan, ours, number, raw)
    except RefusedError as error:
        if error.code in ("fork", "rollback"):  # outside of the transaction, which is taken back
            raise_alarm(plan.municipality, _ALARM[error.code], error.message)
        raise
    # What has come is examined and copied at once; the same job asked for again while it waits is one job.
    jobs.start(system(plan.municipality, "link"), "backup_examine", whole=False)
    return taken


_ALARM = {"fork": "fork", "rollback": "rolled_back"}


def _again(row: Entry, raw: bytes) -> Taken:
    if bytes(row.raw) != raw:
        raise RefusedError(409, "fork", f"記入 {row.number} は、ほかの中身で届いています", remedy=_REMEDY)
    vault = str(parse(raw, row.number).fields["vault"])
    receipt = row.receipt or _receipt(row.municipality_id, row.digest, row.number, vault, row.received_at)
    return Taken(receipt, new=False)


def _next(plan: PlanLine, ours: Sequence[Entry], number: int, raw: bytes) -> Taken:
    if number > len(ours):
        remedy = f"記入 {len(ours)} から送ってください go on from there"
        raise RefusedError(409, "gap", f"記入 {len(ours)} がまだ届いていません", remedy=remedy)
    now, store = datetime.now(UTC), open_store(plan.place)
    chain = _proven(plan, ours, number, raw)
    entry = chain.entries[-1]
    _in_time(entry, ours, now)
    _not_rolled_back(store, ours)
    _with_its_object(plan, store, entry)
    lengthen(store, _locks(chain, entry, now))
    try:
        store.put_new(entry_name(number), raw, retain_until=now + RETAINED)
    except AlreadyThereError as error:  # written, and the machine stopped before our own copy was
        if store.read(entry_name(number)) != raw:
            raise RefusedError(409, "fork", f"記入 {number} は、ほかの中身で置かれています", remedy=_REMEDY) from error
    receipt = _receipt(plan.municipality, entry.digest, number, chain.vault, now)
    ledger.add(plan.municipality, entry, received_at=now, verified=True, receipt=receipt)
    ledger.appraise(plan.municipality, chain)
    if "object" in entry.fields:
        Incoming(plan.municipality).forget(entry.fields["object"]["name"].removeprefix(OBJECTS))
    return Taken(receipt, new=True)


def _proven(plan: PlanLine, ours: Sequence[Entry], number: int, raw: bytes) -> Chain:
    """The chain with the new entry, by a signer of the plan, of this municipality."""
    try:
        previous = parse(raw, number).fields.get("previous")
        if ours and previous != ours[-1].digest:
            raise RefusedError(409, "fork", f"記入 {number} は、届いている台帳の続きではありません", remedy=_REMEDY)
        chain = chain_of([*(bytes(row.raw) for row in ours), raw], signer=plan.signer)
    except NotProvenError as error:
        raise RefusedError(422, "signature", error.message, remedy=_REMEDY) from error
    if chain.municipality != plan.municipality:
        raise RefusedError(422, "municipality", "ほかの団体の保管庫の記入です", remedy=_REMEDY)
    return chain


def _in_time(entry: Written, ours: Sequence[Entry], now: datetime) -> None:
    """Neither from the future nor, where it is a generation, older data than what is here."""
    as_of = moment(entry.fields["as_of"]) if "as_of" in entry.fields else None
    if max(entry.written_at, as_of or entry.written_at) > now + APART:
        remedy = "送り手の時計（NTP）を直してください set the sender's clock"
        raise RefusedError(422, "clock", f"未来の時刻（{stamp(entry.written_at)}）の記入です", remedy=remedy)
    newest = max((row.as_of for row in ours if row.as_of), default=None)
    if as_of and newest and as_of < newest - timedelta(seconds=1):
        problem = f"データの時点（{stamp(as_of)}）が、届いている世代（{stamp(newest)}）より前です"
        raise RefusedError(409, "rollback", problem, remedy=_REMEDY)


def _not_rolled_back(store: Store, ours: Sequence[Entry]) -> None:
    """The newest entry that we have acknowledged still lies in the vault."""
    if not ours:
        return
    try:
        same = store.read(entry_name(ours[-1].number)) == bytes(ours[-1].raw)
    except MissingError:
        same = False
    if not same:
        problem = f"受領済みの記入 {ours[-1].number} が保管庫にありません"
        raise RefusedError(409, "rollback", problem, remedy="センターの管理者に知らせてください")


def _locks(chain: Chain, entry: Written, now: datetime) -> dict[str, datetime]:
    """Objects that this entry wants locked for longer: what it stands on must last as long as itself."""
    known = {one.name for one in chain.objects}
    try:
        wanted = {name: moment(text) for name, text in entry.fields.get("locks", {}).items() if name in known}
    except (ValueError, TypeError, AttributeError) as error:
        raise RefusedError(422, "signature", f"記入 {entry.number} の保存期間を読めません", remedy=_REMEDY) from error
    if any(until > now + LONGEST for until in wanted.values()):
        remedy = "連携APの保存期間の設定を確かめてください"
        raise RefusedError(422, "retention", "保存期間が長すぎます", remedy=remedy)
    return wanted


def _with_its_object(plan: PlanLine, store: Store, entry: Written) -> None:
    thing = entry.fields.get("object")
    if thing is not None and there(plan, store, thing["name"]) != (thing["size"], thing["sha256"]):
        remedy = "封印物を先に送ってください send the object first"
        raise RefusedError(409, "object", f"記入 {entry.number} の封印物がまだ届いていません", remedy=remedy)


def _receipt(municipality: str, digest: str, number: int, vault: str, at: datetime) -> dict[str, Any]:
    said = {
        "municipality": municipality, "vault": vault, "number": number, "digest": digest, "received_at": stamp(at),
        "head_number": number, "head_digest": digest,
    }  # fmt: skip
    return signed(said, "receipt")
