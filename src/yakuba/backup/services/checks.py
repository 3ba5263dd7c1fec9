"""Checks (検査の記録): what was examined, when, and how it ended. Rows are only added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.backup.models import Check
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from collections.abc import Mapping

_SENTENCE = 400


def note_check(
    municipality: str,
    kind: str,
    *,
    ok: bool,
    number: int | None,
    sentence: str,
    figures: Mapping[str, float | str] | None = None,
) -> None:
    """Note the end of an examination.

    Args:
        kind: "verify", "replicate", "drill": see `backup.words.CHECKS`. number: generation that it was about.
        sentence: how it ended, without anything of a person. figures: numbers by name.
    """
    with wall(municipality):
        Check.objects.create(
            municipality_id=municipality, kind=kind, ok=ok, number=number, sentence=sentence[:_SENTENCE],
            figures=dict(figures or {}),
        )  # fmt: skip
