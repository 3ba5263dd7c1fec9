"""Refusing (受取り拒否): a refused feed is set aside whole, with its reasons; a person may let it through.

refused/<id>/   original/<name>   refusal.json   findings.csv   decision.json (who, when, why)
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from yakuba.kernel.errors import UsageError
from yakuba.kernel.finding import Finding
from yakuba.link.arrivals import ORIGINAL
from yakuba.link.documents import read_document, write_document
from yakuba.link.journal import note, now
from yakuba.link.refusal import Ground, Reason
from yakuba.vault.format.times import stamp
from yakuba.vault.store.durable import sync_folder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from yakuba.link.arrivals import Claim
    from yakuba.link.place import Place
    from yakuba.link.refusal import RefusedError

REFUSAL, DECISION, FINDINGS = "refusal.json", "decision.json", "findings.csv"
_PASSING = {Reason.SAME, Reason.OLDER, Reason.FOREIGN}
"""Refusals after which the order of what follows is whole."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A feed that was set aside.

    Attributes:
        id: name of its folder. name: as it arrived. arrived_at, refused_at: UTC. digest: of its content, "" = unread.
        grounds: why. decision: "", "accepted" or "discarded".
    """

    id: str
    name: str
    arrived_at: str
    refused_at: str
    digest: str
    grounds: tuple[Ground, ...]
    decision: str

    @property
    def open(self) -> bool:
        """Whether somebody has to decide."""
        return not self.decision

    @property
    def blocking(self) -> bool:
        """Whether a difference that follows has to wait."""
        return self.open and any(one.reason not in _PASSING for one in self.grounds)


def refuse(place: Place, claim: Claim, error: RefusedError, digest: str) -> None:
    """Set a claimed feed aside; in one step, so that a kill leaves it claimed or refused."""
    folder = claim.folder
    (folder / DECISION).unlink(missing_ok=True)
    _write_findings(folder / FINDINGS, error.findings)
    facts = {
        "name": claim.name,
        "arrived_at": claim.arrived_at,
        "refused_at": stamp(now()),
        "digest": digest,
        "grounds": [{"reason": str(one.reason), "place": one.place, "detail": one.detail} for one in error.grounds],
    }
    write_document(folder / REFUSAL, facts)
    folder.rename(place.refused / folder.name)
    sync_folder(place.refused)
    reasons = ",".join(dict.fromkeys(str(one.reason) for one in error.grounds))
    note(place, "refused", id=folder.name, name=claim.name, reasons=reasons)


def _write_findings(path: Path, findings: Sequence[Finding]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, Finding.__dataclass_fields__)
        writer.writeheader()
        writer.writerows(one.as_dict() for one in findings)


def refusals(place: Place) -> list[Refused]:
    """All that were set aside, oldest first."""
    if not place.refused.is_dir():
        return []
    found = (read(folder) for folder in sorted(place.refused.iterdir()))
    return [one for one in found if one]


def read(folder: Path) -> Refused | None:
    """What a folder of refused/ says; None when it is none."""
    told = read_document(folder / REFUSAL)
    if told is None:
        return None
    decision = read_document(folder / DECISION) or {}
    grounds = tuple(Ground(Reason(one["reason"]), one["place"], one["detail"]) for one in told["grounds"])
    return Refused(
        folder.name, told["name"], told["arrived_at"], told["refused_at"], told["digest"], grounds,
        decision.get("decision", ""),
    )  # fmt: skip


def decide(place: Place, wanted: str, by: str, reason: str, *, discard: bool = False, kind: str = "") -> Refused:
    """A person's decision on a refused feed: it is let through at the next look, or never.

    Args:
        wanted: id or name of the feed. by: who. reason: why. kind: full or delta, where that was the question.

    Raises:
        UsageError: no such feed waits, nobody or no reason is named, its ground is none that a person may waive, or
            the question is another one.
    """
    if not by.strip() or not reason.strip():
        raise UsageError(
            "決めた人と理由が要ります name and reason are needed", remedy="--by と --reason を指定してください"
        )
    waiting = [one for one in refusals(place) if one.open and wanted in (one.id, one.name)]
    if len(waiting) != 1:
        what = "待っている連携データではありません does not wait" if not waiting else "同じ名前が二つあります twice"
        raise UsageError(f"{wanted}: {what}", remedy="yakuba link status で番号を確かめてください")
    one = waiting[0]
    fixed = [ground for ground in one.grounds if not ground.reason.personal]
    if fixed and not discard:
        raise UsageError(
            f"{one.name}: {fixed[0].line()}。人の判断では通せません cannot be let through",
            remedy="送り元で作り直すか、--discard で捨ててください",
        )
    doubtful = any(ground.reason is Reason.DOUBTFUL for ground in one.grounds)
    if bool(kind) is not (doubtful and not discard):
        what = "全件か差分かが要ります whole or a difference?" if doubtful else "全件か差分かは分かっています is known"
        raise UsageError(f"{one.name}: {what}", remedy="--as full か --as delta は、その問いのあるときだけ付けます")
    decision = "discarded" if discard else "accepted"
    write_document(
        place.refused / one.id / DECISION,
        {"decision": decision, "by": by, "reason": reason, "at": stamp(now()), "digest": one.digest, "kind": kind},
    )
    note(place, decision, id=one.id, name=one.name, by=by, reason=reason, **({"kind": kind} if kind else {}))
    return one


def readmit(place: Place) -> None:
    """Feeds that a person has let through are claimed again."""
    for one in refusals(place):
        if one.decision == "accepted" and (place.refused / one.id / ORIGINAL).exists():
            (place.refused / one.id).rename(place.claimed / one.id)
            sync_folder(place.claimed)


def granted(claim: Claim) -> dict[str, Any]:
    """What a person has let through of a claimed feed: grounds as (reason, place), digest, kind; {} = nothing."""
    decision = read_document(claim.folder / DECISION)
    told = read(claim.folder) if decision else None
    if not decision or told is None or decision.get("decision") != "accepted":
        return {}
    grounds = {(one.reason, one.place) for one in told.grounds}
    return {"digest": told.digest, "grounds": grounds, "kind": decision.get("kind", "")}
