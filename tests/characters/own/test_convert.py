from __future__ import annotations

import subprocess
import sys
import time

import polars as pl

from yakuba.characters.conversion import UNRESOLVED, convert


def test_every_kind_of_unresolved_character_is_listed_with_count_and_rows() -> None:
    values = pl.Series(
        ["\ue000\ue000", "〓", "\ufffd", "\x07", "\u200b", "\U0001fffe", None, "甲\n乙\t丙", *["\ue000"] * 9]
    )
    result = convert(values, source="unicode")
    assert result.values.to_list() == values.to_list()
    assert result.unresolved.schema == UNRESOLVED
    assert result.unresolved.rows() == [
        ("U+E000", "pua", 11, [0, 8, 9, 10, 11]),
        ("U+0007", "control", 1, [3]),
        ("U+1FFFE", "unassigned", 1, [5]),
        ("U+200B", "control", 1, [4]),
        ("U+3013", "geta", 1, [1]),
        ("U+FFFD", "replacement", 1, [2]),
    ]


def test_an_empty_column_and_a_column_of_nulls() -> None:
    for values in (pl.Series("氏名", [], dtype=pl.String), pl.Series("氏名", [None, None], dtype=pl.String)):
        for result in (
            convert(values, source="juki"),
            convert(values, source="koseki"),
            convert(values, source="unicode"),
        ):
            assert result.values.equals(values, null_equal=True)
            assert result.values.name == "氏名"
            assert result.changed.to_list() == [False] * values.len()
            assert result.unresolved.schema == UNRESOLVED


def test_clean_values_pass_at_a_million_a_second() -> None:
    values = pl.Series(["甲野　太郎", "渡邉　髙﨑", "ヤマダ　タロウ", ""] * 250_000)
    convert(values.head(4), source="juki")
    for source in ("unicode", "juki", "koseki", "koseki_numbers"):
        start = time.perf_counter()
        convert(values, source=source)
        assert time.perf_counter() - start < 1, source


def test_no_table_is_read_before_it_is_asked_for() -> None:
    program = (
        "import yakuba.characters.conversion, yakuba.characters.scan, yakuba.characters.fold\n"
        "from yakuba.characters import tables\n"
        "cached = [tables.form_by_name, tables.mj_sequences, tables.aj1_sequences, tables.representatives]\n"
        "assert not any(table.cache_info().currsize for table in cached)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, env={"PYTHONPATH": "src"})
