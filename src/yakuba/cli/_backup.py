"""What the commands of the backup centre share: the plans that a command is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yakuba.backup.queries import PlanLine


def plans_of(codes: Sequence[str]) -> Sequence[PlanLine]:
    """The plans of municipalities, or all there are, with database and Django ready.

    Raises:
        UsageError: one has no plan. CannotContinueError: as for `opened`.
    """
    from yakuba.cli._tenancy import opened

    opened()
    from yakuba.backup.queries import plans

    known = {one.municipality: one for one in plans()}
    if missing := [code for code in codes if code not in known]:
        remedy = "yakuba backup plan で作ってください make one first"
        raise UsageError(f"団体 {'、'.join(missing)} の計画はありません no plan", remedy=remedy)
    return [known[code] for code in codes] if codes else list(known.values())
