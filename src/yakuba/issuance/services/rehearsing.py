"""Rehearsing (証明書の照合): what a paper would say, word by word, drawn in another place from the same records.

Nothing is given, signed or entered: only the digest of the content is reckoned, for a restore drill to compare.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from yakuba.certificates import drawing
from yakuba.certificates.kinds import kind as kind_named
from yakuba.certificates.problems import NotDrawableError
from yakuba.issuance.application import Application, Channel, Requester
from yakuba.issuance.approving import held
from yakuba.issuance.models import Issue
from yakuba.issuance.services.asking import case_of, record_of
from yakuba.issuance.services.preparing import order_of
from yakuba.issuance.settings import content
from yakuba.kernel.canonical import canonical
from yakuba.kernel.errors import CannotContinueError
from yakuba.tenancy.database.walls import wall
from yakuba.tenancy.rights import Action

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yakuba.tenancy.acting import Actor

_PLACE = "復元訓練"


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """One paper to be drawn.

    Attributes:
        kind, subject, members, choices: as in `Application`. request, number, day: of the order; day ISO.
        content: settings as JSON. seal: hex. digest: of the original's content, "" where there is no original.
    """

    kind: str
    subject: str
    members: tuple[str, ...]
    choices: dict[str, Any]
    request: str
    number: str
    day: str
    content: dict[str, Any]
    seal: str = ""
    requester: dict[str, Any] = field(default_factory=dict)
    digest: str = ""

    def as_json(self) -> dict[str, Any]:
        """For another process."""
        return asdict(self) | {"members": list(self.members)}


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """digest: of everything the paper says. source: of the records it says it from."""

    digest: str
    source: str


def originals(actor: Actor, most: int) -> tuple[Rehearsal, ...]:
    """The newest papers of the ledger that still say what they said; whose record has changed since proves nothing.

    Raises:
        NotAllowedError: the actor may not issue papers.
    """
    actor.must(Action.ISSUE)
    with wall(actor.municipality):
        return tuple(_unchanged(actor, most))


def rehearse(actor: Actor, wanted: Rehearsal) -> Rehearsed:
    """The content of a paper, from this installation's records.

    Raises:
        CannotContinueError: it cannot be drawn here; says why, and nothing of the person.
        NotFoundError: nobody of this number is here. NotAllowedError: the actor may not issue papers.
    """
    asked = Requester(**(wanted.requester | {"documents": tuple(wanted.requester.get("documents", ()))}))
    application = Application(wanted.kind, wanted.subject, asked, tuple(wanted.members), wanted.choices)
    with wall(actor.municipality):
        case = case_of(actor, application, Channel.COUNTER, _PLACE)
        day = date.fromisoformat(wanted.day)
        order = order_of(case, request=wanted.request, number=wanted.number, day=day)
        said = content(wanted.content)
        record = record_of(case)
    source = {"people": list(map(dict, record.people)), "household": dict(record.household),
              "tables": {name: list(map(dict, rows)) for name, rows in record.tables.items()}}  # fmt: skip
    try:
        composed = drawing.compose(order, record, said.issuer(day, bytes.fromhex(wanted.seal)), said.look)
    except NotDrawableError as error:
        codes = "、".join(dict.fromkeys(one.code for one in error.findings))
        raise CannotContinueError(
            f"証明書を組み立てられません not drawable: {codes}", remedy="文字と様式を確かめてください"
        ) from error
    return Rehearsed(composed.data_digest, sha256(canonical(source)).hexdigest())


def _unchanged(actor: Actor, most: int) -> Iterator[Rehearsal]:
    now = held()
    if now.setting is None:
        return
    seal, said = bytes(now.setting.seal).hex(), dict(now.setting.content)
    found = 0
    for issue in Issue.objects.all()[: most * 5]:
        if found == most or kind_named(issue.kind).pictures:
            continue
        one = Rehearsal(
            issue.kind, issue.subject, tuple(issue.members), dict(issue.choices), str(issue.request), issue.number,
            issue.issued_on.isoformat(), said, seal, dict(issue.requester), issue.data_digest,
        )  # fmt: skip
        try:
            same = rehearse(actor, one).digest == one.digest
        except CannotContinueError:
            continue
        if same:
            found += 1
            yield one
