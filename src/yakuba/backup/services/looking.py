"""Looking (台帳の照合): the chain in the store against our own copy of it.

A vault that was put back to an older state, or written anew, is an alarm; what has come by another way than the door
is taken into our copy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from yakuba.backup import ledger
from yakuba.backup.models import Plan
from yakuba.backup.services.alarms import end_alarm, raise_alarm
from yakuba.kernel.errors import CannotContinueError, NotProvenError, UsageError
from yakuba.tenancy.database.walls import wall
from yakuba.vault.chain import read_chain
from yakuba.vault.store import open_store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yakuba.backup.models import Entry
    from yakuba.backup.queries.plans import PlanLine
    from yakuba.vault.chain import Chain


def look(plan: PlanLine) -> Chain | None:
    """The chain of a municipality's vault as it lies in the store; None where there is none, or one that is not right.

    What is wrong is an alarm.
    """
    try:
        chain = read_chain(open_store(plan.place), signer=plan.signer)
    except NotProvenError as error:
        raise_alarm(plan.municipality, "chain_broken", str(error))
        return None
    except UsageError as error:  # there is no vault
        if _nothing_known(plan.municipality):
            end_alarm(plan.municipality, "unreachable")
        else:
            raise_alarm(plan.municipality, "rolled_back", str(error))
        return None
    except CannotContinueError as error:
        raise_alarm(plan.municipality, "unreachable", str(error))
        return None
    end_alarm(plan.municipality, "unreachable")
    return chain if _compared(plan.municipality, chain) else None


def _nothing_known(municipality: str) -> bool:
    with wall(municipality):
        return not ledger.known(municipality)


def _compared(municipality: str, chain: Chain) -> bool:
    """Whether the store's chain goes on from our copy; then what is new is ours too."""
    with wall(municipality):
        Plan.objects.select_for_update().get(pk=municipality)  # the door adds entries too
        ours = ledger.known(municipality)
        problem = _problem(municipality, ours, chain)
        if not problem:
            for entry in chain.entries[len(ours) :]:
                ledger.add(municipality, entry, received_at=timezone.now(), verified=False, receipt=None)
            ledger.appraise(municipality, chain)
    if problem:
        kind, sentence = problem
        raise_alarm(municipality, kind, sentence)
        return False
    end_alarm(municipality, "chain_broken", "rolled_back")
    return True


def _problem(municipality: str, ours: Sequence[Entry], chain: Chain) -> tuple[str, str] | None:
    """Kind of alarm and sentence, None while all is well."""
    if chain.municipality != municipality:
        return "chain_broken", f"ほかの団体（{chain.municipality}）の保管庫です。置き場所の設定を確かめてください"
    for row, entry in zip(ours, chain.entries, strict=False):
        if row.digest != entry.digest:
            return "chain_broken", f"記入 {row.number} が、受け取ったものと違います。写しから戻してください"
    if len(ours) > len(chain.entries):
        lost = f"記入 {len(chain.entries)} から {ours[-1].number} まで"
        return "rolled_back", f"{lost}が置き場所にありません。第二センターから戻してください"
    return None
