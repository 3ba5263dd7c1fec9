# Each expression over a column against its plain twin, which is written in another way.
from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakuba.characters import scan
from yakuba.characters.fold import fold_kana, fold_kana_text, fold_kanji, fold_kanji_text
from yakuba.characters.lengths import length, perceived_length

if TYPE_CHECKING:
    from collections.abc import Callable

KINDS = (
    scan.private_use,
    scan.juki_unconverted,
    scan.replacement,
    scan.geta,
    scan.halfwidth_kana,
    scan.aj1_ivs,
    scan.mojibake,
)
ODD = (
    "葛辻か\u3099\U000e0100\U000e0102e\u0301ﾞｳﾞヴァィォゔゃコウウオーー-−－　 ａＡ"
    "縺繧ｱ螻\ue000\ufffd〓가邊髙﨑å±é»\x81ƒ„\U0010fffd"
)
texts = st.lists(st.none() | st.text(ODD, max_size=10) | st.text(max_size=6), max_size=10)


@pytest.mark.parametrize(
    ("expression", "twin"),
    [(perceived_length, length), (fold_kana, fold_kana_text), (fold_kanji, fold_kanji_text)],
)
@given(values=texts)
def test_expression_equals_twin(
    expression: Callable[[pl.Expr], pl.Expr], twin: Callable[[str], str | int], values: list[str | None]
) -> None:
    column = pl.DataFrame({"a": pl.Series(values, dtype=pl.String)}).select(expression(pl.col("a"))).to_series()
    assert column.to_list() == [None if value is None else twin(value) for value in values]


@given(values=texts)
def test_where_the_gate_is_shut_nothing_is_found(values: list[str | None]) -> None:
    frame = pl.DataFrame({"a": pl.Series(values, dtype=pl.String)})
    column = pl.col("a")
    found = frame.select(gate=scan.suspects(column), any=pl.any_horizontal(kind(column) for kind in KINDS))
    assert found.filter(pl.col("any") & ~pl.col("gate")).is_empty()
    assert found["gate"].is_null().to_list() == [value is None for value in values]
