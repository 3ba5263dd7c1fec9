"""Oracle: how Japanese names are read, case by case, and the bound of `knowledge`: shape first."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yakuba.characters import tables
from yakuba.characters.glyphs.kana import reading_at, readings
from yakuba.characters.glyphs.knowledge import CLEAR, _is_reading, _sounds, readings_of, spellings_of, weigh
from yakuba.characters.glyphs.usage import Name, Usage
from yakuba.town._draw import table


@dataclass(frozen=True, slots=True)
class Candidate:
    """As `identify` makes them."""

    name: str
    form: str
    shape: float
    similarity: float = 0.0
    known: float = 0.0


def candidate(text: str, shape: float) -> Candidate:
    return Candidate(tables.name_by_form()[text], text, shape)


@pytest.mark.parametrize(
    ("text", "kana", "reading"),
    [
        ("渡〓　花子", "ワタナベ　ハナコ", "ナベ"),
        ("渡\ue000　花子", "ワタナベ　ハナコ", "ナベ"),
        ("渡〓花子", "ワタナベハナコ", "ナベ"),
        ("渡〓　花　子", "ワタナベ　ハナコ", "ナベ"),
        ("〓上", "ムラカミ", "ムラ"),
        ("〓生", "アソウ", "ア"),
        ("川〓　一郎", "カワベ　イチロウ", "ベ"),
        ("田〓", "タナベ", "ナベ"),
        ("〓田　正", "ヨシダ　タダシ", "ヨシ"),
        ("〓", "ツジ", "ツジ"),
        ("〓本　茂", "ﾂｼﾞﾓﾄ ｼｹﾞﾙ", "ツジ"),
        ("〓城", "かつらぎ", "カツラ"),
        ("斎〓", "サイトウ", "トウ"),
        ("斎〓", "ｻｲﾄｳ", "トウ"),
        ("〓藤　一", "サイトウ　ハジメ", "サイ"),
        ("佐々〓", "ササキ", "キ"),
        ("〓橋", "タカハシ", "タカ"),
        ("高〓", "タカハシ", "ハシ"),
        ("〓崎", "ハマザキ", "ハマ"),
        ("小〓原", "オガサワラ", "ガサ"),
        ("鈴木　〓之", "スズキ　ヒロユキ", "ヒロ"),
        ("本〓　葛子", "ホンダ　カツコ", "ダ"),
        ("八〓", "ハッタ", "タ"),
        ("山ノ〓", "ヤマノベ", "ベ"),
        ("一〓", "イチノセ", "ノセ"),
        ("長谷〓", "ハセガワ", ""),  # 長谷 is read as a whole
        ("服部　〓", "ハットリ　アキラ", "アキラ"),
        ("〓〓", "ワタナベ", ""),
        ("渡辺", "ワタナベ", ""),
        ("渡〓", "", ""),
        ("渡〓", "スズキ", ""),
        ("〓", "オオアナムチノミコト", ""),
    ],
)
def test_the_kana_of_a_character_is_found_where_the_name_says_it(text: str, kana: str, reading: str) -> None:
    assert reading_at(text, kana, "\ue000") == reading


def test_of_the_most_frequent_surnames_nearly_all_say_how_a_character_is_read() -> None:
    """Each character of 658 surnames hidden in turn: what is found is a reading that the MJ list has of it.

    Of 1,316, 44 are readings that the list lacks (武田 タケダ) and some wrong (相馬); neither adds to any candidate.
    """
    right = silent = other = 0
    for row in table("names", "surnames.csv"):
        for place, character in enumerate(row["氏"]):
            if character not in tables.name_by_form() or character in "々ヶノ":
                continue
            hidden = row["氏"][:place] + "〓" + row["氏"][place + 1 :]
            found = reading_at(hidden, row["フリガナ"], "")
            own = "・".join(readings(character))
            fits = bool(found) and _is_reading(found, _sounds(own, character))
            right, silent, other = right + fits, silent + (not found), other + (bool(found) and not fits)
    everything = right + silent + other
    assert everything == 1316
    assert right >= 0.92 * everything
    assert other <= 0.04 * everything


NAMES = (
    Name("渡〓　花子", "ワタナベ　ハナコ", "渡邉　花子", 3),
    Name("渡〓　太郎", "ワタナベ　タロウ", "", 2),
    Name("長谷〓", "ハセガワ", "鈴木", 9),
)


def test_readings_and_spellings_count_by_people() -> None:
    usage = Usage(14, NAMES, "\ue000")
    assert dict(readings_of(usage)) == {"ナベ": 5}
    assert dict(spellings_of(usage)) == {"辺": 3}


def test_a_spelling_counts_only_where_the_rest_is_the_same_name() -> None:
    names = tuple(
        Name("渡〓　花子", "", other, 1) for other in ("渡辺　花", "田辺　花子", "渡〓　花子", "渡邊花子", "渡部 花子")
    )
    assert dict(spellings_of(Usage(5, names))) == {"辺": 1, "部": 1}


def test_what_is_known_orders_what_looks_alike() -> None:
    """Four shapes within a hundredth; the town reads it ワタナベ, writes it 渡邉 elsewhere and counts 17 strokes."""
    alike = [candidate("邊", 0.900), candidate("邉", 0.899), candidate("龍", 0.901), candidate("遶", 0.902)]
    usage = Usage(5, NAMES[:2], "\ue000", strokes=17, radicals=frozenset({162}))
    ranked = weigh(alike, usage)
    assert [one.form for one in ranked] == ["邉", "邊", "遶", "龍"]
    best = ranked[0]
    assert best.known == pytest.approx(0.95 * CLEAR)
    assert best.similarity == pytest.approx(0.899 + 0.95 * CLEAR)
    assert ranked[1].known == pytest.approx((0.40 + 0.30 + 0.10) * CLEAR)  # 19 strokes
    assert ranked[3].known == pytest.approx(0.15 / 2 * CLEAR)  # 龍 has 16 strokes, and nothing else


def test_one_stroke_more_or_less_is_half() -> None:
    usage = Usage(1, strokes=16)
    (made,) = weigh([candidate("邉", 0.5)], usage)
    assert made.known == pytest.approx(0.15 / 2 * CLEAR)


def test_a_wrong_reading_never_wins_over_a_clearly_better_shape() -> None:
    """Everybody is called ワタナベ, written 渡辺 elsewhere, 17 strokes under 辶: yet the shape is 部, and stays it."""
    usage = Usage(900, (Name("渡〓", "ワタナベ", "渡辺", 900),), "\ue000", 17, frozenset({162}))
    ranked = weigh([candidate("邉", 0.90), candidate("部", 0.90 + CLEAR)], usage)
    assert [one.form for one in ranked] == ["部", "邉"]
    assert ranked[1].known > 0.9 * CLEAR


@settings(max_examples=200, deadline=None)
@given(
    shapes=st.lists(st.floats(0, 1), min_size=2, max_size=20),
    texts=st.lists(st.sampled_from("邉邊辺部龍竜葛辻髙高﨑崎齋斎藤吉𠮷橋𣘺遶"), min_size=20, max_size=20),
    kana=st.sampled_from(("ワタナベ", "ワタリュウ", "ワタタツ", "ワタツジ", "")),
    other=st.sampled_from(("渡辺", "渡竜", "渡高", "")),
    strokes=st.integers(0, 30),
    radical=st.sampled_from((0, 162, 212, 163)),
    clear=st.sampled_from((0.0, 0.01, CLEAR, 0.2)),
)
def test_no_candidate_passes_one_that_is_clearly_nearer(
    shapes: list[float], texts: list[str], kana: str, other: str, strokes: int, radical: int, clear: float
) -> None:
    candidates = [candidate(text, shape) for text, shape in zip(texts, shapes, strict=False)]
    usage = Usage(3, (Name("渡〓", kana, other, 3),), "", strokes, frozenset({radical} - {0}))
    ranked = weigh(candidates, usage, clear=clear)
    assert sorted(one.name for one in ranked) == sorted(one.name for one in candidates)
    for place, one in enumerate(ranked):
        assert 0 <= one.known <= clear * 0.951
        assert all(later.shape < one.shape + clear or later.shape == one.shape for later in ranked[place + 1 :])


def test_nothing_known_leaves_the_order_as_it_is() -> None:
    candidates = [candidate("邊", 0.9), candidate("邉", 0.9), candidate("龍", 0.2)]
    assert [one.form for one in weigh(candidates, Usage(3))] == ["邊", "邉", "龍"]
    assert [one.form for one in weigh(candidates, Usage(5, NAMES, strokes=17), clear=0)] == ["邊", "邉", "龍"]
