"""決定の記録: what this town did about a glyph, what others have decided about its shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.identification.lookup import fact
from yakuba.web.components import Moment, Timeline
from yakuba.web.migration.finding import moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yakuba.identification.queries import Happening, Line, Page
    from yakuba.identification.standing import Choice, Known


def story(page: Page) -> Timeline:
    """All of it, newest first."""
    ours = [(one.at, _ours(one)) for one in page.steps]
    theirs = [(one.at, _theirs(one, withdrawn=withdrawn)) for one, withdrawn in page.others]
    newest_first = sorted([*ours, *theirs], key=lambda pair: pair[0], reverse=True)
    return Timeline([told for _, told in newest_first])


def _ours(one: Happening) -> Moment:
    about = "" if one.follows else f"（{said(one.choice)}）"
    title = f"{one.follows}の決定を受け入れ（{said(one.choice)}）" if one.follows else f"{one.kind.label}{about}"
    return Moment(title, moment(one.at), "・".join(filter(None, (one.name, one.reason))))


def _theirs(one: Known, *, withdrawn: bool) -> Moment:
    if withdrawn:
        return Moment(f"{one.town}が決定を取り消し（{said(one.choice)}）", moment(one.at))
    how = f"{one.follows}の決定を利用" if one.follows else "二人で決定"
    return Moment(f"{one.town}が{said(one.choice)}と決定", moment(one.at), how)


def said(choice: Choice) -> str:
    """MJ026195・字形一致."""
    return f"{choice.mj}・{choice.likeness}" if choice.mj else choice.likeness


def undone(glyphs: Sequence[int]) -> str:
    """What somebody is told who has taken back what they did last."""
    if len(glyphs) == 1:
        return "直前の操作を取り消しました。"
    return f"まとめて受け入れた{len(glyphs)}字を取り消しました。"


def conflicts(line: Line) -> Sequence[tuple[str, str, str]]:
    """Town, character and what it says, for a shape about which towns have decided differently."""
    if not line.stand.conflict:
        return ()
    return [(one.town, fact(one.choice.mj).text if one.choice.mj else "", said(one.choice)) for one in line.known]
