"""`fushobi` (不詳日): what the standard asks for beside a date that is not fully known.

    "生年月日_不詳フラグ" = { from = "UMARE", fushobi = "flag" }     1 for one of the fourteen forms, else 0
    "生年月日_不詳表記"   = { from = "UMARE", fushobi = "text" }     the form in full-width characters, else empty

An empty cell stays empty. Inverse: none, a known date is in neither result; `date` carries it.

Source: デジタル庁 住登外者宛名番号付番 API (生年月日_不詳フラグ 0/1, 生年月日_不詳表記 Ｎ 72).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yakuba.kernel.dates.fushobi import Fushobi
from yakuba.migration.mapping.arguments import text
from yakuba.migration.mapping.step import Step

if TYPE_CHECKING:
    from yakuba.migration.mapping.step import StepContext


def _flag(old: str) -> str:
    return "1" if Fushobi.parse(old) else "0"


def _text(old: str) -> str:
    found = Fushobi.parse(old)
    return found.text(full_width=True) if found else ""


_WANTED = {"flag": _flag, "text": _text}


def prepare(argument: Any, _context: StepContext) -> Step:
    """Check what is wanted.

    Raises:
        UsageError: neither flag nor text.
    """
    scalar = _WANTED[text("fushobi", {"fushobi": argument}, "fushobi", among=_WANTED)]
    return Step(scalar, "a known date is not in the result; map the column with `date` as well")
