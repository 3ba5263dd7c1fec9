"""Sealing (封印): a checked feed becomes a generation in the outbox, exactly once, wherever the power goes.

Written down before: what is about to be sealed, and the number of the newest entry. After a restart the chain says
whether it was done: nobody else writes to it, and a generation after that number can only be this feed's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from yakuba.kernel.errors import UsageError
from yakuba.link.arrivals import let_go
from yakuba.link.journal import note
from yakuba.link.limits import beyond
from yakuba.link.manifest import DELTA
from yakuba.link.refusal import Reason, RefusedError, refused
from yakuba.link.settings import within
from yakuba.link.standing import Intent, Taken, change_standing, load_standing
from yakuba.vault.chain import Chain, read_chain
from yakuba.vault.format.times import stamp
from yakuba.vault.services.backup import backup
from yakuba.vault.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable

    from yakuba.kernel.progress import Progress
    from yakuba.link.arrivals import Claim
    from yakuba.link.checking import Checked
    from yakuba.link.limits import Outcome
    from yakuba.link.manifest import Manifest
    from yakuba.link.place import Place
    from yakuba.link.refusal import Ground
    from yakuba.link.settings import Settings
    from yakuba.link.staging import Staged
    from yakuba.vault.generation import Generation


@dataclass(frozen=True, slots=True)
class Ready:
    """A feed that has passed all that can be told without the last generation; chain: of the outbox."""

    chain: Chain
    claim: Claim
    manifest: Manifest
    staged: Staged
    checked: Checked


def outbox(place: Place, settings: Settings) -> Chain:
    """The chain of the local vault.

    Raises:
        UsageError: there is none. NotProvenError: it was changed.
    """
    return read_chain(open_store(str(within(place, settings.outbox.folder))))


def seal(place: Place, settings: Settings, ready: Ready, waived: Callable[[Ground], bool], progress: Progress) -> Taken:
    """Seal a feed into the outbox and let its files go.

    Args:
        waived: whether a person has let a ground through.

    Raises:
        RefusedError: it is beyond a limit. CannotContinueError: the vault cannot be written.
    """
    chain, manifest = ready.chain, ready.manifest
    taken = Taken(
        name=ready.claim.name,
        claim=ready.claim.folder.name,
        digest=ready.staged.digest,
        kind=manifest.kind,
        sequence=manifest.sequence,
        as_of=stamp(manifest.as_of),
        arrived_at=ready.claim.arrived_at,
        sealed_at="",
        number=0,
    )
    before, newest = load_standing(place).taken, len(chain.entries) - 1
    change_standing(place, intent=Intent(newest, taken))

    def judge(made: Outcome) -> None:
        grounds = [one for one in beyond(made, before.rows if before else {}, settings) if not waived(one)]
        if grounds:
            raise RefusedError(grounds, ready.checked.findings)
        change_standing(place, intent=Intent(newest, replace(taken, rows=dict(made.rows))))

    try:
        made = backup(
            str(within(place, settings.outbox.folder)),
            ready.staged.folder,
            keys=within(place, settings.outbox.keys),
            state=within(place, settings.outbox.state),
            standard=settings.standard,
            as_of=manifest.as_of,
            difference=manifest.kind == DELTA,
            retain_days=settings.outbox.retain_days,
            judge=judge,
            progress=progress,
        )
    except UsageError as error:
        change_standing(place, intent=None)
        raise refused(Reason.UNREADABLE, "", f"{error.message}。{error.remedy}") from error
    except RefusedError:
        change_standing(place, intent=None)
        raise
    intent = load_standing(place).intent
    assert intent is not None
    return _done(place, intent.taken, made)


def _done(place: Place, taken: Taken, made: Generation) -> Taken:
    taken = replace(taken, number=made.number, sealed_at=stamp(made.written_at))
    note(
        place, "sealed", name=taken.name, number=taken.number, kind=made.kind, as_of=taken.as_of,
        arrived_at=taken.arrived_at, sealed_at=taken.sealed_at,
    )  # fmt: skip
    let_go(place, taken.claim)
    change_standing(place, taken=taken, intent=None)
    return taken


def recover(place: Place, settings: Settings) -> None:
    """Finish what a kill or a power cut has interrupted.

    Raises:
        NotProvenError: the outbox was changed.
    """
    intent = load_standing(place).intent
    if intent is None:
        return
    later = [one for one in outbox(place, settings).generations if one.number > intent.newest]
    if later:
        _done(place, intent.taken, later[0])
    else:
        change_standing(place, intent=None)
