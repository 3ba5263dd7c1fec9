# Oracle: MJ縮退マップ Ver.1.2.0 as an independent reading of the same package (../shared), and figures counted from it
# before this program existed.
from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from yakuba.characters import repertoire, shrink, tables
from yakuba.characters.fold import fold_kanji_text
from yakuba.characters.shrink import Certainty

REFERENCE = Path(__file__).resolve().parents[4] / "shared" / "reference" / "mj"


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the shared reference tables are not on this machine")
def test_every_candidate_of_every_ground_is_kept_and_no_other() -> None:
    theirs = pl.read_csv(REFERENCE / "mj_shrink_map.csv", infer_schema=False)
    marks = tables.read("shrink", "1.2.0", "符号", "表", file="grounds")
    ours = tables.read("shrink", "1.2.0").join(marks, left_on="根拠", right_on="符号")
    columns = ["MJ文字図形名", "縮退文字", "表", "順位", "ホップ数"]
    renamed = theirs.rename({"根拠表": "表"}).select(columns)
    assert ours.select(columns).sort(columns).equals(renamed.sort(columns), null_equal=True)


def test_23011_characters_have_no_candidate_and_are_named_as_such() -> None:
    rows = tables.read("shrink", "1.2.0")
    assert (rows.height, rows["MJ文字図形名"].n_unique()) == (62_682, 35_851)
    names = tables.read("mj", "006.02", "MJ文字図形名")["MJ文字図形名"]
    without = [name for name in names if shrink.choose(shrink.candidates_by_name().get(name, ())).state == "undecided"]
    assert len(without) == 58_862 - 35_851 == 23_011


def test_all_candidates_are_in_jis_x_0213() -> None:
    jis = repertoire.jis0213()
    assert {one.text for found in shrink.candidates_by_name().values() for one in found} <= (jis.characters or set())


def test_candidates_come_in_the_order_of_their_grounds() -> None:
    order = {ground.title: place for place, ground in enumerate(shrink.grounds().values())}
    for found in shrink.candidates_by_name().values():
        keys = [(order[one.ground.title], one.rank, one.hops) for one in found]
        assert keys == sorted(keys)


def test_nothing_but_a_standard_or_a_law_decides() -> None:
    for found in shrink.candidates_by_name().values():
        choice = shrink.choose(found)
        grounds = {one.ground.certainty for one in found if one.text == choice.texts[0]}
        assert choice.state != "decided" or grounds & {Certainty.SAME, Certainty.LAW}


def test_search_folds_by_steps_of_this_map_and_by_no_other_table() -> None:
    # Every stand-in of the search is reached from its variant by candidates of the same map, grounds J and K only.
    steps: dict[str, set[str]] = {}
    bases = tables.base_by_name()
    forms = tables.form_by_name()
    for name, found in shrink.candidates_by_name().items():
        near = {one.text for one in found if one.ground.title in {_title("J"), _title("K")}}
        for start in {bases.get(name, ""), forms.get(name, "")}:
            steps.setdefault(start, set()).update(near)
    for variant, stand_in in tables.representatives().items():
        reached, edge = {variant}, {variant}
        while edge and stand_in not in reached:
            edge = set().union(*(steps.get(char, set()) for char in edge)) - reached
            reached |= edge
        assert stand_in in reached, variant
        assert fold_kanji_text(variant) == stand_in


def _title(mark: str) -> str:
    return shrink.grounds()[mark].title
