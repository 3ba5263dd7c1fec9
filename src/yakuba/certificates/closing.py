"""Closing (認証文・日付・認証者): what stands below the last sheet, and the number at the foot of every sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yakuba.certificates.fitting import Fitted, fit
from yakuba.certificates.forms import japanese_date
from yakuba.certificates.glyphs import drawable
from yakuba.certificates.problems import OVERFLOW, problem

if TYPE_CHECKING:
    from yakuba.certificates.reading import Reader
    from yakuba.certificates.record import Issuer

COUNT = "世帯員数"
"""Item of the household: how many live members it has."""
_STATEMENT = (174.0, 13.0, (10.5, 10, 9, 8))
_ISSUER = (146.0, 6.0, (12, 11, 10, 9, 8))
_NUMBER = (120.0, 4.5, (8,))
"""Room for each: millimetres wide and high, points."""


def closing(reader: Reader, issuer: Issuer) -> dict[str, Any]:
    """The words with their sizes; what does not fit or cannot be drawn is a finding."""
    statement = _fitted(reader, "認証文", _statement(reader, issuer), _STATEMENT)
    certifier = _fitted(reader, "認証者", f"{issuer.prefecture}{issuer.title}　{issuer.name}", _ISSUER, most=1)
    _fitted(reader, "発行番号", reader.order.number, _NUMBER, most=1)
    return {
        "number": reader.order.number,
        "date": japanese_date(reader.order.issued_on),
        "statement": (statement.lines, statement.size),
        "issuer": (certifier.lines, certifier.size),
    }


def _fitted(
    reader: Reader, item: str, text: str, room: tuple[float, float, tuple[float, ...]], *, most: int = 0
) -> Fitted:
    reader.findings += drawable(text, item)
    fitted = fit(text, *room, most=most)
    if fitted is None:
        reader.findings.append(problem(OVERFLOW, item, text))
    return fitted or Fitted(room[2][-1], ())


def _statement(reader: Reader, issuer: Issuer) -> str:
    """認証文: that of the 団体 for this kind and variant, else the kind's own."""
    kind = reader.kind
    variant = "text" if "text" in kind.statements else "all" if _is_whole(reader) else "part"
    given = (issuer.statement.get(name) for name in (f"{kind.identifier}.{variant}", kind.identifier))
    text = next((one for one in given if one), kind.statements[variant])
    return text.replace("{municipality}", issuer.municipality).replace("{label}", kind.label)


def _is_whole(reader: Reader) -> bool:
    """Whether the whole household is on the paper: by the number of its members where that is known."""
    count = reader.record.household.get(COUNT)
    return count == str(len(reader.record.people)) if count else bool(reader.chosen("whole"))
