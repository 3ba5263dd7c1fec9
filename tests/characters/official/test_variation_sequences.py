# Oracle: Ideographic Variation Database 2022-09-13 and what the font IPAmj 005.01 was measured to hold:
# 葛 E0102–E0108, 辻 E0102–E0103; 葛+E0100/E0101 and 辻+E0100/E0101 (Adobe-Japan1) are not in it.
from __future__ import annotations

import polars as pl
import pytest

from yakuba.characters import convert, tables
from yakuba.characters.scan import aj1_ivs


def test_the_mj_font_has_these_and_not_the_adobe_ones() -> None:
    known = tables.mj_sequences()
    assert {f"葛{chr(0xE0100 + n)}" in known for n in range(2, 9)} == {True}
    assert [f"辻{chr(0xE0100 + n)}" in known for n in range(5)] == [False, False, True, True, False]
    assert len(known) == 11_384 + 89
    assert not known & set(tables.aj1_sequences())


@pytest.mark.parametrize(
    ("adobe", "mj"),
    [
        ("葛\U000e0100", "葛\U000e0102"),  # CID 1481, eleven strokes (JIS X 0208:1990) = MJ022335
        ("葛\U000e0101", "葛"),  # CID 7652, twelve strokes (JIS X 0213:2004) = MJ022336
        ("辻\U000e0100", "辻\U000e0102"),  # CID 3056, one dot = MJ025760
        ("辻\U000e0101", "辻"),  # CID 8267, two dots = MJ025761
    ],
)
def test_adobe_sequences_of_a_standard_shape_are_translated(adobe: str, mj: str) -> None:
    result = convert(pl.Series([f"{adobe}城"]), source="unicode")
    assert result.values.to_list() == [f"{mj}城"]
    assert result.changed.to_list() == [True]
    assert result.unresolved.is_empty()


def test_no_adobe_sequence_survives_silently() -> None:
    sequences = list(tables.aj1_sequences())
    result = convert(pl.Series(sequences), source="unicode")
    refused = result.values.filter(~result.changed)
    assert len(sequences) == 14_684
    assert refused.len() == result.unresolved.height == 2_037
    assert set(result.unresolved["kind"]) == {"aj1_ivs"}
    written = set(result.values.filter(result.changed))
    assert written <= set(tables.form_by_name().values())


def test_a_translated_sequence_keeps_its_base_or_is_its_compatibility_ideograph() -> None:
    for sequence, form in tables.aj1_sequences().items():
        assert not form or form[0] == sequence[0] or "\uf900" <= form <= "\ufaff" or form >= "\U0002f800"


def test_mj_sequences_and_compatibility_ideographs_are_left_alone() -> None:
    values = pl.Series(["葛\U000e0103", "神", "神社", "髙﨑", "𠮷田", "欄\ufe00", "か\u3099"])
    result = convert(values, source="unicode")
    assert result.values.to_list() == values.to_list()
    assert not result.changed.any()
    assert result.unresolved.is_empty()


def test_a_sequence_nobody_registered_is_listed() -> None:
    result = convert(
        pl.Series(["葛\U000e0109", "あ\U000e0100", "\U000e0100", "葛\U000e0102\U000e0102"]), source="unicode"
    )
    assert set(result.unresolved["kind"]) == {"unknown_ivs"}
    assert result.unresolved.height == 4
    assert not result.changed.any()


def test_the_pattern_finds_every_adobe_sequence_and_no_other() -> None:
    frame = pl.DataFrame({"adobe": pl.Series(list(tables.aj1_sequences()))})
    assert frame.select(aj1_ivs(pl.col("adobe")).all()).item()
    assert not pl.DataFrame({"mj": list(tables.mj_sequences())}).select(aj1_ivs(pl.col("mj")).any()).item()
