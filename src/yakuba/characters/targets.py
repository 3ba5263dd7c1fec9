"""From MJ to what another system can write: every substitution with its ground, the rest listed.

A value that a target cannot have stays as it is. It is for the people who get the list to say what becomes of it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Literal, get_args

from yakuba.characters import cp932, patterns, repertoire, shrink, tables
from yakuba.characters.walk import Answer, Way

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from yakuba.characters.additions import Addition
    from yakuba.characters.decisions import Decision
    from yakuba.characters.repertoire import Repertoire

Target = Literal["mj", "juki", "jis0213", "cp932", "unicode"]
TARGETS: tuple[Target, ...] = get_args(Target)
REPERTOIRES: Mapping[Target, Callable[[], Repertoire]] = {
    "jis0213": repertoire.jis0213,
    "cp932": repertoire.windows,
    "unicode": lambda: repertoire.UNICODE,
}
_SAME_SHAPE = "MJ文字情報一覧表（同じ文字図形の別の符号）"
_UNIFIED = "UCS統合規則（字形の違いは失われる）"
_SIGN = "JIS と CP932 で符号だけが違う同じ記号"
_SIGNS = cp932.SUBSTITUTES | {sign: jis for jis, sign in cp932.SUBSTITUTES.items()}
_COMPOSED = "Unicode の正準等価（仮名と濁点・半濁点）"
_JUKI = "MJ文字情報一覧表 住基ネット統一文字コード"


def way_to(
    target: Repertoire,
    left: Collection[str],
    decisions: Mapping[str, Decision],
    additions: Mapping[str, Addition],
    *,
    first: bool,
) -> Way:
    """How MJ text becomes text of `target`.

    Args:
        left: characters that the way to MJ has listed already. decisions: what people decided, by character.
        additions: 行政事務標準文字 that the town's table knows. first: take the first candidate of several.
    """

    def look_up(token: str) -> Answer:
        if token in left or target.holds(token):
            return Answer(token)
        if token in decisions:
            made = decisions[token]
            return Answer(made.text, "decided", ground=made.ground)
        found = _without_shrinking(token, target) or _shrunk(token, target, additions)
        return replace(found, text=found.candidates[0]) if first and found.state == "ambiguous" else found

    return Way(target.missing, target.token, look_up)


def _without_shrinking(token: str, target: Repertoire) -> Answer | None:
    """The same character in another code, where there is one."""
    if target.holds(_SIGNS.get(token, token)):
        return Answer(_SIGNS[token], "decided", ground=_SIGN)
    composed = unicodedata.normalize("NFC", token)
    if token[-1] in "\u3099\u309a" and len(composed) == 1 and target.holds(composed):
        return Answer(composed, "decided", ground=_COMPOSED)
    name = tables.name_by_form().get(token)
    form = tables.form_by_name().get(name, "") if name else ""
    return Answer(form, "decided", ground=_SAME_SHAPE) if form and target.holds(form) else None


def _shrunk(token: str, target: Repertoire, additions: Mapping[str, Addition]) -> Answer:
    name = tables.name_by_form().get(token, "")
    base = tables.base_by_name().get(name, "")
    if target.base and base and target.holds(base):
        return Answer(base, "decided", ground=_UNIFIED)
    candidates = additions[token].candidates if token in additions else shrink.candidates_by_name().get(name, ())
    choice = shrink.choose(one for one in candidates if target.holds(one.text))
    if choice.state == "undecided":
        return Answer(token, "undecided", "no_target")
    if choice.state == "ambiguous":
        return Answer(token, "ambiguous", "several", choice.ground, choice.texts)
    return Answer(choice.texts[0], "decided", None, choice.ground, choice.texts)


@cache
def _juki() -> tuple[dict[str, str], str]:
    """Code by form, and the expression of one character that is no 住基ネット統一文字 as it is."""
    codes = {form: code for code, form in tables.form_by_juki().items()}
    same = patterns.character_class(form for form, code in codes.items() if form == code)
    moved = patterns.character_class(form for form, code in codes.items() if len(form) == 1 and form != code)
    return codes, f"[[{patterns.JUKI_SPACE}{moved}]--[{same}]]|{patterns.SELECTOR}"


def way_to_juki(left: Collection[str]) -> Way:
    """How MJ text becomes 住基ネット統一文字: the exact inverse of reading it; nothing is shrunk."""
    codes, single = _juki()

    def look_up(token: str) -> Answer:
        if token in codes:
            return Answer(codes[token], "decided", ground=_JUKI)
        return Answer(token) if token in left else Answer(token, "undecided", "no_target")

    return Way(single, f"(?s:.){patterns.SELECTOR}+|{single}", look_up)
