"""Rules of issuing (交付の可否): one file each, found by its name, which is the code of the refusal.

Every file has `check(case) -> Refusal | None`; its docstring says what it is about and where it comes from. They are
asked twice: before the preview, and again on committed data in the transaction that writes the ledger.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Protocol, cast

from yakuba.kernel.discover import discover

if TYPE_CHECKING:
    from yakuba.issuance.application import Refusal
    from yakuba.issuance.case import Case


class Rule(Protocol):
    """What every file here has."""

    def check(self, case: Case) -> Refusal | None:
        """Why this case is refused, or what to take care of; None when the rule has nothing to say."""


@cache
def rules() -> dict[str, Rule]:
    """All rules by name."""
    return {name: cast("Rule", module) for name, module in discover("yakuba.issuance.rules").items()}


def refusals(case: Case) -> tuple[Refusal, ...]:
    """What all rules say, refusals before warnings."""
    said = [found for rule in rules().values() if (found := rule.check(case))]
    return tuple(sorted(said, key=lambda one: one.warning))
