# Oracle: MJ文字情報一覧表 Ver.006.02 as an independent reading of the same package (../shared), and figures
# counted from the list before this program existed.
from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from yakuba.characters import tables
from yakuba.kernel.discover import catalog_root, folders
from yakuba.kernel.source import read_source

REFERENCE = Path(__file__).resolve().parents[4] / "shared" / "reference" / "mj"


def _ours() -> pl.DataFrame:
    return pl.read_csv(catalog_root() / "characters" / "mj" / "006.02" / "mji.csv", infer_schema=False)


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the shared reference tables are not on this machine")
def test_every_cell_equals_the_reference_table() -> None:
    theirs = pl.read_csv(REFERENCE / "mji_list.csv", infer_schema=False)
    ours = _ours()
    for name in (
        "MJ文字図形名",
        "対応するUCS",
        "実装したUCS",
        "戸籍統一文字番号",
        "住基ネット統一文字コード",
        "X0213",
        "X0213_包摂区分",
        "総画数",
        "読み",
        "登記統一文字番号",
        "入管正字コード",
        "入管外字コード",
        "漢字施策",
        "X0213_包摂連番",
        "X0212",
    ):
        assert ours[name].equals(theirs[name], null_equal=True), name
    pairs = theirs["部首.内画数"].str.replace_all(";", "・")  # the other reading joins them otherwise
    assert ours["部首.内画数"].equals(pairs, null_equal=True)


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the shared reference tables are not on this machine")
def test_each_representative_is_a_candidate_of_the_reference_shrink_map() -> None:
    shrink = pl.read_csv(REFERENCE / "mj_shrink_map.csv", infer_schema=False)
    targets = set(shrink["縮退文字"])
    assert set(tables.representatives().values()) <= targets


def test_counts_of_the_list() -> None:
    ours = _ours()
    assert ours.height == 58_862
    counts = {
        name: ours[name].count()
        for name in (
            "実装したUCS",
            "IVS",
            "戸籍統一文字番号",
            "住基ネット統一文字コード",
            "登記統一文字番号",
            "入管正字コード",
            "入管外字コード",
        )
    }
    assert counts == {
        "実装したUCS": 52_607,
        "IVS": 11_382,
        "戸籍統一文字番号": 55_270,
        "住基ネット統一文字コード": 19_563,
        "登記統一文字番号": 56_380,
        "入管正字コード": 13_285,
        "入管外字コード": 176,
    }
    assert ours["文字"].null_count() == 19


def test_all_but_four_characters_can_be_written() -> None:
    unwritable = set(_ours()["MJ文字図形名"]) - set(tables.form_by_name())
    assert unwritable == {"MJ037229", "MJ040579", "MJ042077", "MJ059043"}


def test_every_table_says_where_it_comes_from() -> None:
    found = {folder.parent.name: read_source(folder) for folder in folders("characters")}
    assert found.pop("glyph_model").licence.startswith("Apache-2.0 (ours)")
    assert list(found) == ["aj1_mj", "mj", "shrink", "variant"]
    assert all("CC BY-SA 2.1 JP" in source.licence for source in found.values())


def test_a_representative_stands_for_itself() -> None:
    stand_ins = tables.representatives()
    assert not set(stand_ins.values()) & set(stand_ins)
