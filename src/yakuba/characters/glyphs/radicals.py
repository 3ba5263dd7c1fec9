"""Radicals (部首) as people write them in lists: 1–214, ⾡, 辵, or the shape beside a character: 辶, 亻, 氵.

Source: Kangxi dictionary; the names of U+2F00–2FD5 in Unicode are its 214 radicals in order.
"""

from __future__ import annotations

from functools import cache
from unicodedata import normalize

_FIRST, _COUNT = 0x2F00, 214
_SHAPES = {
    "亻": (9,), "𠆢": (9,), "刂": (18,), "⺈": (18,), "氵": (85,), "⺡": (85,), "扌": (64,), "⺘": (64,), "忄": (61,),
    "⺖": (61,), "⺗": (61,), "㣺": (61,), "犭": (94,), "⺨": (94,), "艹": (140,), "⺾": (140,), "⺿": (140,),
    "⻀": (140,), "辶": (162,), "⻌": (162,), "⻍": (162,), "⻎": (162,), "灬": (86,), "⺣": (86,),
    "礻": (113,), "⺭": (113,), "衤": (145,), "⻂": (145,),
    "罒": (122,), "⺫": (122,), "攵": (66,), "⺙": (66,), "⺼": (130,), "耂": (125,),
    "⺹": (125,), "阝": (163, 170), "⻏": (163,), "⻖": (170,), "王": (96,), "川": (47,), "月": (74, 130),
}  # fmt: skip


@cache
def _numbers() -> dict[str, frozenset[int]]:
    known: dict[str, frozenset[int]] = {}
    for number in range(1, _COUNT + 1):
        sign = chr(_FIRST + number - 1)
        for text in (sign, normalize("NFKC", sign), str(number)):
            known[text] = frozenset({number})
    return known | {shape: frozenset(numbers) for shape, numbers in _SHAPES.items()}


def radical_numbers(text: str) -> frozenset[int]:
    """Numbers of the radicals that a text can mean: one, or two for 阝 and 月; none for "".

    >>> sorted(radical_numbers("阝")), sorted(radical_numbers("⾡")), sorted(radical_numbers("140"))
    ([163, 170], [162], [140])

    Raises:
        ValueError: it is no radical.
    """
    if not text:
        return frozenset()
    try:
        return _numbers()[text]
    except KeyError as error:
        raise ValueError(f"部首 {text[:4]!r} is neither 1–214 nor a radical") from error
