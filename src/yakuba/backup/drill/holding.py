"""Holding a drill (復元訓練の実施): the newest generation in an empty place, compared, judged, signed, remembered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from yakuba import __version__
from yakuba.backup import signing
from yakuba.backup.drill import judging
from yakuba.backup.drill.living import PLACE, bring_to_life
from yakuba.backup.drill.models import Drill
from yakuba.backup.drill.page import write_page
from yakuba.backup.services import end_alarm, note_check, raise_alarm
from yakuba.kernel.errors import CannotContinueError, NotProvenError
from yakuba.tenancy import audit
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from yakuba.backup.bcp.fetching import Source
    from yakuba.tenancy.acting import Actor
    from yakuba.vault.chain import Chain
    from yakuba.vault.generation import Generation

WHAT, ALARM = "drill", "drill"
_FACTS = ("tables", "loaded", "totals", "usual", "searched", "missed", "known", "asked", "papers", "originals",
          "differing", "seconds")  # fmt: skip
"""Of an answer, what is signed."""
MAX_AGE = timedelta(hours=48)
"""How old the data of the newest generation may be where no plan says it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which vault is drilled, how old its data may be, and the folder for the record."""

    source: Source
    out: Path
    max_age: timedelta = MAX_AGE


@dataclass(frozen=True, slots=True)
class Held:
    """A drill that was held. findings: (code, sentence). document: as signed. files: record and page."""

    ok: bool
    number: int
    findings: tuple[tuple[str, str], ...]
    document: Mapping[str, Any]
    files: tuple[Path, ...]


def hold(wanted: Wanted, actor: Actor, *, now: datetime | None = None) -> Held:
    """Hold a drill. Whatever is found is signed and kept; a failed one is an alarm.

    Args:
        actor: of the centre, for the municipality. now: moment to judge the age by, for trials.

    Raises:
        CannotContinueError: the record cannot be signed or written. What is wrong with the vault is no error here.
    """
    begun = now or datetime.now(UTC)
    former = last(actor)
    findings: list[tuple[str, str]] = []
    answer: dict[str, Any] = {}
    chain, newest = _newest(wanted, findings)
    if chain is not None and newest is not None:
        findings += judging.of_chain(chain, newest, former, begun, wanted.max_age)
        # A chain that is not the one we know is evidence; nothing of it is brought to life.
        if not judging.FORGED.intersection(code for code, _ in findings):
            answer = bring_to_life(wanted.source, actor, newest.number, former)
            findings += judging.of_answer(answer, former)
    said = _said(wanted, actor, begun, chain, newest, answer, findings)
    document = signing.signed(said, WHAT)
    _keep(actor, document, newest, ok=not findings)
    files = write_page(wanted.out, document)
    return Held(not findings, int(said["number"]), tuple(findings), document, files)


def last(actor: Actor) -> Mapping[str, Any] | None:
    """The newest drill that has passed, as it was signed; None before the first.

    Raises:
        NotProvenError: it is not as it was signed.
    """
    with wall(actor.municipality):
        found = Drill.objects.filter(ok=True).first()
    if found is None:
        return None
    document: Mapping[str, Any] = found.document
    if not signing.holds(document, WHAT):
        raise NotProvenError(
            "前回の訓練の記録が書き換えられています the record of the last drill was changed",
            remedy="書き出した記録（HOME/drills）と見比べ、センターの管理者に知らせてください",
        )
    return document


def last_held(municipality: str) -> Drill | None:
    """The newest drill of a municipality, passed or not; None before the first."""
    with wall(municipality):
        return Drill.objects.first()


def _newest(wanted: Wanted, findings: list[tuple[str, str]]) -> tuple[Chain | None, Generation | None]:
    try:
        chain = wanted.source.chain()
        return chain, chain.generation()
    except CannotContinueError as error:
        findings.append(("stopped", str(error)))
        return None, None


def _said(
    wanted: Wanted, actor: Actor, begun: datetime, chain: Chain | None, newest: Generation | None,
    answer: Mapping[str, Any], findings: list[tuple[str, str]],
) -> dict[str, Any]:  # fmt: skip
    """What is signed. No name, no number of a person: marks and digests only."""
    facts = {name: answer[name] for name in _FACTS if name in answer}
    return {
        "municipality": actor.municipality, "place": wanted.source.place, "by": actor.login,
        "held_at": begun.isoformat(timespec="milliseconds"), "version": __version__,
        "number": newest.number if newest else -1,
        "head": chain.entries[newest.number].digest if chain and newest else "",
        "as_of": newest.as_of.isoformat() if newest else "", "ok": not findings,
        "findings": [list(one) for one in findings], "papers": {}, **facts,
    }  # fmt: skip


def _keep(actor: Actor, document: Mapping[str, Any], newest: Generation | None, *, ok: bool) -> None:
    sentence = "復元し、件数・合計・ダイジェスト・検索・証明書が一致しました" if ok else document["findings"][0][1]
    number = newest.number if newest else None
    with wall(actor.municipality):
        Drill.objects.create(
            municipality_id=actor.municipality, number=document["number"], head=document["head"],
            as_of=newest.as_of if newest else None, ok=ok, document=document, by=actor.login,
        )  # fmt: skip
        note_check(actor.municipality, "drill", ok=ok, number=number, sentence=sentence,
                   figures=document.get("seconds", {}))  # fmt: skip
        if ok:
            end_alarm(actor.municipality, ALARM)
        else:
            raise_alarm(actor.municipality, ALARM, sentence)
        audit.record(
            actor, place=PLACE, action="drill", detail={"ok": ok, "generation": document["number"]},
        )  # fmt: skip
