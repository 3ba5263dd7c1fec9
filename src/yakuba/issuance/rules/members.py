"""Who is on the paper: members of one household, the requester's own choice, nobody forgotten.

Source: 住民記録システム標準仕様書 5.x: 世帯全員 or 一部; a removed person and a live one are never on one sheet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.issuance.application import Refusal

if TYPE_CHECKING:
    from yakuba.issuance.case import Case


def check(case: Case) -> Refusal | None:
    """Everybody chosen was found in the household; a paper about one person has one."""
    wanted = case.application.members or (case.application.subject,)
    found = {one.addressee for one in case.record.on_paper}
    if case.kind.subject == "person" and set(wanted) != {case.application.subject}:
        return Refusal("members", f"{case.kind.label}は、本人だけを記載します", "記載する人を本人だけにしてください")
    if set(wanted) != found or len(set(wanted)) != len(wanted):
        return Refusal("members", "選んだ人の中に、いまこの世帯にいない人がいます", "記載する人を選び直してください")
    return None
