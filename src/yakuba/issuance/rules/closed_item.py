"""The paper would show an item that the clerk may not see (表示の権限): 個人番号, 戸籍の表示, 在留資格等.

Source: 住民記録システム標準仕様書 10.4: a display switch holds on all screens and papers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.certificates.fields import FOREIGN, JAPANESE
from yakuba.issuance.application import Refusal
from yakuba.tenancy.rights import ALWAYS, ORDINARY, Action, item_group_labels, item_group_of

if TYPE_CHECKING:
    from yakuba.issuance.case import Case


def check(case: Case) -> Refusal | None:
    """Every item that will be printed of these people is open to who prints it."""
    there = {FOREIGN if one.kind == "2" else JAPANESE for one in case.record.on_paper}
    fields = (one for one in case.kind.fields if not one.who or one.who in there)
    printed = {item for field in fields if not field.choice or case.on(field.choice) for item in field.items}
    groups = {item_group_of(case.terms.business, item) for item in printed} - {ORDINARY, ALWAYS}
    closed = sorted(group for group in groups if not case.actor.may(Action.ISSUE, case.terms.business, group))
    if not closed:
        return None
    names = "、".join(item_group_labels()[group] for group in closed)
    return Refusal(
        "closed_item",
        f"{names}を記載した証明書を交付する権限がありません",
        "記載から外すか、権限のある職員に引き継いでください",
    )
