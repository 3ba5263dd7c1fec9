"""Choices that the form never prints together, and choices that the form does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.issuance.application import Refusal

if TYPE_CHECKING:
    from yakuba.issuance.case import Case


def check(case: Case) -> Refusal | None:
    """As certificate.toml says."""
    if unknown := [name for name in case.application.choices if case.kind.choice(name) is None]:
        return Refusal("never_together", f"記載事項 {'、'.join(unknown)} はありません", "一覧から選んでください")
    for names in case.kind.never_together:
        taken = [known.label for name in names if case.on(name) and (known := case.kind.choice(name))]
        if len(taken) > 1:
            return Refusal("never_together", f"{'と'.join(taken)}は、一枚に記載できません", "どれか一つにしてください")
    return None
