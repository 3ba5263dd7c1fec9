"""Oracles: public example numbers, python-stdnum, the nation's list of 団体コード, the scalar for the columns."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.jp import cn, in_

from yakuba.kernel import check_digits as cd
from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

SCALARS = {"個人番号": cd.is_kojin_bango, "法人番号": cd.is_hojin_bango, "団体コード": cd.is_dantai_code}
LENGTHS = {"個人番号": 12, "法人番号": 13, "団体コード": 6}
COLUMNS = {"個人番号": cd.kojin_bango_valid, "法人番号": cd.hojin_bango_valid, "団体コード": cd.dantai_code_valid}
SHARED = Path(__file__).resolve().parents[3] / "shared" / "reference" / "lgcode"


def digits(length: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=length, max_size=length)


def column(kind: str, values: list[str]) -> list[bool]:
    return pl.DataFrame({"n": values}).select(COLUMNS[kind](pl.col("n"))).to_series().to_list()


def test_public_examples(check_digit_vectors: list[dict[str, str]]) -> None:
    assert len(check_digit_vectors) == 10
    for row in check_digit_vectors:
        assert SCALARS[row["kind"]](row["number"]) == (row["valid"] == "1"), row
        assert column(row["kind"], [row["number"]]) == [row["valid"] == "1"], row


def test_every_municipality_of_japan_has_a_valid_code() -> None:
    path = SHARED / "lgcode_20240101.csv"
    if not path.exists():
        pytest.skip("the list of 全国地方公共団体コード is not here")
    with path.open(encoding="utf-8", newline="") as lines:
        codes = [row["団体コード6桁"] for row in csv.DictReader(lines)]
    assert len(codes) > 1700
    assert [code for code in codes if not cd.is_dantai_code(code)] == []
    assert all(column("団体コード", codes))


@given(digits(11))
def test_kojin_bango_as_python_stdnum(first: str) -> None:
    digit = cd.kojin_bango_digit(first)
    assert digit == in_.calc_check_digit(first)
    assert cd.is_kojin_bango(first + digit)


@given(digits(11))
def test_kojin_bango_as_the_ministry_writes_the_formula(first: str) -> None:
    p = dict(enumerate(reversed([int(digit) for digit in first]), start=1))
    remainder = sum(p[n] * (n + 1 if n <= 6 else n - 5) for n in range(1, 12)) % 11
    assert cd.kojin_bango_digit(first) == str(0 if remainder <= 1 else 11 - remainder)


@given(digits(12))
def test_hojin_bango_as_python_stdnum(last: str) -> None:
    digit = cd.hojin_bango_digit(last)
    assert digit == cn.calc_check_digit(last) != "0"
    assert cd.is_hojin_bango(digit + last)


@given(digits(5))
def test_exactly_one_digit_completes_a_dantai_code(first: str) -> None:
    assert [last for last in "0123456789" if cd.is_dantai_code(first + last)] == [cd.dantai_code_digit(first)]


@given(st.text("0123456789", min_size=1, max_size=14))
def test_atena_bango_sums_to_a_multiple_of_eleven_or_is_the_assumed_zero(serial: str) -> None:
    digit = cd.atena_bango_digit(serial)
    weights = [2, 3, 4, 5, 6, 7] * 3
    total = sum(int(each) * weight for each, weight in zip(reversed(serial), weights, strict=False))
    assert (total + int(digit)) % 11 == (1 if total % 11 == 1 else 0)
    assert cd.is_atena_bango(serial + digit)
    assert sum(cd.is_atena_bango(serial + last) for last in "0123456789") == 1


@pytest.mark.parametrize("kind", sorted(COLUMNS))
@given(data=st.data())
def test_a_column_answers_as_the_scalar_does(kind: str, data: st.DataObject) -> None:
    length = LENGTHS[kind]
    hostile = st.text("0123456789+- ０１a\n\x00", max_size=length + 2)
    values = data.draw(st.lists(st.one_of(digits(length), hostile, st.just("")), min_size=1))
    assert column(kind, values) == [SCALARS[kind](value) for value in values]


@pytest.mark.parametrize("kind", sorted(COLUMNS))
def test_a_column_finds_the_right_digit_in_every_ten(kind: str) -> None:
    base = "314159265358"[: LENGTHS[kind] - 1]
    tens = [str(digit) + base if kind == "法人番号" else base + str(digit) for digit in range(10)]
    assert sum(column(kind, tens)) == 1


def test_a_column_keeps_its_name_and_null_is_not_valid() -> None:
    frame = pl.DataFrame({"個人番号": ["621498320257", None]})
    assert frame.select(cd.kojin_bango_valid(pl.col("個人番号"))).to_dict(as_series=False) == {
        "個人番号": [True, False]
    }


@pytest.mark.parametrize("scalar", SCALARS.values())
@pytest.mark.parametrize(
    "text", ["", "6214 9832 0257", "６２１４９８３２０２５７", "62149832025", "621498320257\n", "5-8356-7825-6246"]
)
def test_other_forms_are_not_valid(scalar: Callable[[str], bool], text: str) -> None:
    assert not scalar(text)


def test_no_digit_is_made_of_something_else_and_the_number_is_not_repeated() -> None:
    with pytest.raises(UsageError) as caught:
        cd.kojin_bango_digit("6214983202x")
    assert "6214983202" not in str(caught.value)
    with pytest.raises(UsageError):
        cd.atena_bango_digit("")


def test_nothing_judges_a_juminhyo_code() -> None:
    assert not [name for name in vars(cd) if "juminhyo" in name]
