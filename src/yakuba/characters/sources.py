"""From a source's characters to MJ: what each means there, and on which ground.

What is not known stays as it is and is listed: a character is never dropped, never guessed and never normalised.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Literal, get_args

from yakuba.characters import patterns, repertoire, tables
from yakuba.characters.walk import Answer, Kind, Way

if TYPE_CHECKING:
    from collections.abc import Container

    import polars as pl

    from yakuba.characters.repertoire import Repertoire
    from yakuba.characters.vendor import VendorTable

Source = Literal["unicode", "mj", "juki", "koseki", "koseki_numbers", "cp932", "jis0208", "jis0213"]
SOURCES: tuple[Source, ...] = get_args(Source)
_LIMITS = {"cp932": repertoire.windows, "jis0208": repertoire.jis0208, "jis0213": repertoire.jis0213}
_KIND_BY_CATEGORY: dict[str, Kind] = {
    "Co": "pua",
    "Cc": "control",
    "Cf": "control",
    "Cn": "unassigned",
}
_VENDOR = "外字対応表"
_MJ = "MJ文字情報一覧表"


def way_from(source: Source, vendor: VendorTable | None, additions: Container[str]) -> Way:
    """How a column of `source` becomes MJ.

    Args:
        vendor: what private-use characters stand for. additions: private-use characters that stand for themselves.
    """
    limit = _LIMITS[source]() if source in _LIMITS else None
    single = patterns.juki_suspect() if source == "juki" else patterns.SUSPECT
    if limit:
        single = f"{single}|{limit.missing}"
    gate = f"{single}|{patterns.KOSEKI_ESCAPE}" if source.startswith("koseki") else single

    def look_up(token: str) -> Answer:
        if vendor and token in vendor.forms:
            return Answer(vendor.forms[token], "decided", ground=_VENDOR)
        return Answer(token) if token in additions else _look_up(token, source, limit)

    several = f"{limit.token}|{gate}" if limit else f"(?s:.){patterns.SELECTOR}+|{gate}"
    return Way(gate, several, look_up)


def as_escapes(values: pl.Series) -> pl.Series:
    """戸籍統一文字番号 that are a whole value (`349920 437660`), each written as it is inside text (`&K349920;`)."""
    numbers = values.str.contains(patterns.KOSEKI_NUMBERS).fill_null(value=False)
    if not numbers.any():
        return values
    at = numbers.arg_true()
    return values.clone().scatter(at, values.gather(at).str.replace_all("([0-9]{6}) ?", "&K$1;"))


def _look_up(token: str, source: Source, limit: Repertoire | None) -> Answer:
    if limit and not _private(token):
        return _within(token, limit)
    if token.startswith("&K"):
        form = tables.form_by_koseki().get(token[2:-1])
        if form:
            return Answer(form, "decided", ground=f"{_MJ} 戸籍統一文字番号")
        return Answer(token, "undecided", "koseki_unmapped")
    if len(token) > 1:
        return _sequence(token)
    if source == "juki" and (form := tables.form_by_juki().get(token)):
        return Answer(form, "decided", ground=f"{_MJ} 住基ネット統一文字コード")
    kind = _kind(token)
    return Answer(token, "undecided", kind or ("juki_unmapped" if source == "juki" else "unassigned"))


def _within(token: str, limit: Repertoire) -> Answer:
    """A character of a source that has a limited repertoire: what lies outside shows that the source was misnamed."""
    kind = _kind(token) if len(token) == 1 else None
    if not kind and limit.holds(token):
        return Answer(token)
    return Answer(token, "undecided", kind or "outside_source")


def _sequence(token: str) -> Answer:
    if token in tables.mj_sequences():
        return Answer(token)
    form = tables.aj1_sequences().get(token)
    if form is None:
        return Answer(token, "undecided", "unknown_ivs")
    if not form:
        return Answer(token, "undecided", "aj1_ivs")
    return Answer(form, "decided", ground=f"Adobe-Japan1 {tables.aj1_grounds()[token]}")


def _private(token: str) -> bool:
    return unicodedata.category(token[0]) == "Co"


def _kind(char: str) -> Kind | None:
    """Kind of one suspicious character; none for what is suspicious only because its source cannot have it."""
    if char in ("\ufffd", "〓"):
        return "replacement" if char == "\ufffd" else "geta"
    if re.fullmatch("[\ufe00-\ufe0f\U000e0100-\U000e01ef]", char):
        return "unknown_ivs"
    return _KIND_BY_CATEGORY.get(unicodedata.category(char))
