"""The municipality's issuing is stopped, after an alarm or by a person.

Source: コンビニ交付の誤交付 2023–24: an alarm that does not stop the service helps nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.issuance.application import Refusal

if TYPE_CHECKING:
    from yakuba.issuance.case import Case


def check(case: Case) -> Refusal | None:
    """Nothing leaves while the newest entry says stopped."""
    if not case.stopped:
        return None
    return Refusal("stopped", "証明書の交付を停止しています", "責任者が原因を確かめ、停止を解くまで交付できません")
