"""A collection as a town has it: 外字 of family names, with usage and candidates, for screens."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.identification.maker import looked_at, used

from yakuba.characters import tables
from yakuba.characters.naming import named
from yakuba.characters.vendor import Likeness
from yakuba.identification import services

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yakuba.characters.glyphs.identify import Identified
    from yakuba.tenancy.acting import Actor

GLYPHS: Sequence[tuple[str, int, Likeness, str, str, int]] = (
    ("邉", 5, Likeness.SAME, "渡〓　一", "ワタナベ　ハジメ", 26),
    ("髙", 0, Likeness.SAME, "〓橋　一", "タカハシ　ハジメ", 25),
    ("﨑", 0, Likeness.SAME, "山〓　一", "ヤマザキ　ハジメ", 24),
    ("濵", 0, Likeness.SAME, "〓田　一", "ハマダ　ハジメ", 23),
    ("齋", 1, Likeness.SAME, "〓藤　一", "サイトウ　ハジメ", 22),
    ("𠮷", 0, Likeness.SAME, "〓田　一", "ヨシダ　ハジメ", 21),
    ("葛", 1, Likeness.SAME, "〓城　一", "カツラギ　ハジメ", 20),
    ("辻", 1, Likeness.DESIGN, "〓村　一", "ツジムラ　ハジメ", 19),
    ("桒", 0, Likeness.SAME, "〓原　一", "クワバラ　ハジメ", 18),
    ("靍", 0, Likeness.NONE, "〓田　一", "ツルタ　ハジメ", 17),
    ("邊", 3, Likeness.SAME, "渡〓　二", "ワタナベ　ジ", 9),
    ("祐", 1, Likeness.DESIGN, "〓本　一", "スケモト　ハジメ", 3),
    ("鷗", 0, Likeness.SIMILAR, "〓田　一", "カモメダ　ハジメ", 2),
    ("栁", 0, Likeness.SAME, "〓沢　一", "ヤナギサワ　ハジメ", 1),
)
"""Character, which of its shapes, 区分 of the machine, a name with its reading, people. 該当なし is no candidate."""
SECOND = ("𠮷", "葛")
"""The machine has these in the second place."""
CANDIDATES = 20


def workbench(actor: Actor, town: str, *, dots: int = 48) -> int:
    """Bring it."""
    identified = [_glyph(place, *one[:3], dots=dots) for place, one in enumerate(GLYPHS)]
    usage = {
        private: known
        for place, (*_, name, kana, people) in enumerate(GLYPHS)
        for private, known in used(place, (name, kana, people), (f"山田　〓{place}", "", 1)).items()
    }
    given = {"vendor": "旧システムA", "source": "GAIJI.TTE"}
    return services.bring(actor, town, "旧システムAの外字", identified, usage, **given)


def _glyph(place: int, char: str, shape: int, likeness: Likeness, *, dots: int) -> Identified:
    shapes = [name for name in named(char)["MJ文字図形名"].to_list() if name in tables.form_by_name()]
    near = int(shapes[0].removeprefix("MJ"))
    others = [f"MJ{number:06}" for number in range(near + 1, near + 60)]
    every = [*shapes, *(name for name in others if name in tables.form_by_name())]
    wanted = [shapes[shape], *(name for name in dict.fromkeys(every) if name != shapes[shape])]
    made = looked_at(place, wanted[0], candidates=wanted[1 : CANDIDATES + 1], suggestion=likeness, dots=dots)
    order = made.candidates[int(likeness is Likeness.NONE) :][:CANDIDATES]
    if char in SECOND:
        first, second = order[:2]
        order = (
            replace(second, similarity=first.similarity, shape=first.shape),
            replace(first, similarity=second.similarity, shape=second.shape),
            *order[2:],
        )
    return replace(made, candidates=order)
