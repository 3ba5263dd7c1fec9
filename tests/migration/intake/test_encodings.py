"""Encodings: the letters that vendors' systems have beyond the plain standards. Oracle: code tables, typed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from yakuba.migration.intake.encodings import ENCODINGS, encoding, other_reading, reads, to_utf8

if TYPE_CHECKING:
    from tests.migration.intake.conftest import Bench


@pytest.mark.parametrize(
    ("raw", "letter"),
    [
        (b"\xad\xa1", "①"),  # NEC row 13
        (b"\xad\xea", "㈱"),
        (b"\xad\xb5", "Ⅰ"),
        (b"\xfc\xe2", "髙"),  # IBM letters as NEC chose them, rows 89 to 92
        (b"\xb9\xe2", "高"),
        (b"\x8e\xb1", "ｱ"),
        (b"\x8f\xb0\xa1", "丂"),
    ],
)
def test_euc_with_the_letters_of_nec_and_ibm(raw: bytes, letter: str) -> None:
    assert to_utf8(b"a" + raw + b"b\n", ENCODINGS["euc_jp"]).decode() == f"a{letter}b\n"


@pytest.mark.parametrize("raw", [b"\xfe", b"\xa9\xa1", b"\xad", b"\xff\xff", b"\xad\x40"])
def test_what_is_in_no_row_is_refused(raw: bytes) -> None:
    assert not reads(raw + b"\n", ENCODINGS["euc_jp"])


@pytest.mark.parametrize(
    ("raw", "letter"),
    [
        (b"\x87\x40", "①"),
        (b"\x87\x8a", "㈱"),
        (b"\xfb\xfc", "髙"),
        (b"\xee\xe0", "髙"),
        (b"\xfa\xb1", "﨑"),
        (b"\xed\x95", "﨑"),
    ],
)
def test_cp932_in_both_places(raw: bytes, letter: str) -> None:
    assert raw.decode(ENCODINGS["cp932"].codec) == letter


def test_both_places_reach_the_table(bench: Bench) -> None:
    bench.put("a.csv", b"A,B\n\xfb\xfc,\xee\xe0\n\x83\x5c\x95\x5c,\x5c\n")
    assert bench.stage(encoding="cp932").rows == [("髙", "髙"), ("ソ表", "\\")]


def test_names_of_encodings() -> None:
    assert encoding("Shift_JIS").name == encoding("MS932").name == "cp932"
    assert encoding("EUC-JP").name == "euc_jp"


def test_another_reading_is_named_only_when_it_reads_all() -> None:
    assert other_reading("甲乙丙\n".encode(), ENCODINGS["cp932"]) == "utf-8"
    assert other_reading(b"\xff\xfe\xfd\n", ENCODINGS["utf-8"]) in ("cp932", "")
    assert other_reading(b"\x81\n", ENCODINGS["utf-8"]) == ""


def test_a_long_line_without_end_is_decoded_whole() -> None:
    text = "あ" * 300_000
    assert to_utf8(text.encode("cp932"), ENCODINGS["cp932"]).decode() == text
