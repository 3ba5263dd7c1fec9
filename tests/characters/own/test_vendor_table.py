from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from yakuba.characters import convert
from yakuba.characters.vendor import private_character, read_vendor_table, sjis_code
from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "外字コード,文字,MJ名,区分,決定者,決定日\n"


def _table(folder: Path, *lines: str, header: str = HEADER) -> Path:
    path = folder / "gaiji.csv"
    path.write_text(header + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_decided_characters_are_used_and_the_rest_is_listed(tmp_path: Path) -> None:
    path = _table(
        tmp_path,
        "U+E000,,MJ022335,字形一致,,",
        "F041,髙,,デザイン差,,",
        "U+E002,邉,,類似,,",
        "U+E003,邉,,類似,住民課長,2026-10-01",
        "U+E004,,,該当なし,,",
    )
    table = read_vendor_table(path)
    assert table.undecided == {"\ue002", "\ue004"}
    result = convert(pl.Series(["\ue000城", "\ue001\ue003", "\ue002\ue004", "\ue005"]), source="unicode", vendor=table)
    assert result.values.to_list() == ["葛\U000e0102城", "髙邉", "\ue002\ue004", "\ue005"]
    assert result.unresolved.rows() == [("U+E002", "pua", 1, [2]), ("U+E004", "pua", 1, [2]), ("U+E005", "pua", 1, [3])]


def test_a_character_of_two_codes_has_no_inverse(tmp_path: Path) -> None:
    table = read_vendor_table(
        _table(tmp_path, "U+E000,髙,,字形一致,,", "U+E001,髙,,デザイン差,,", "U+E002,邉,,字形一致,,")
    )
    assert table.inverse == {"邉": "\ue002"}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("E000,髙,,字形一致,,", "外字コード 'E000' is neither"),
        ("U+9AD9,髙,,字形一致,,", "外字コード 'U+9AD9' is neither"),
        ("F07F,髙,,字形一致,,", "外字コード 'F07F' is neither"),
        ("FA40,髙,,字形一致,,", "外字コード 'FA40' is neither"),
        ("U+E000,髙,,同じ,,", "区分 '同じ' is none of"),
        ("U+E000,,,字形一致,,", "U+E000 is 字形一致 and has no character"),
        ("U+E000,髙,,該当なし,,", "U+E000 is 該当なし and yet has a character"),
        ("U+E000,,MJ999999,字形一致,,", "MJ名 'MJ999999' is not in"),
        ("U+E000,葛,MJ022335,字形一致,,", "文字 '葛' is not MJ022335"),
        ("U+E000,\ue001,,字形一致,,", "文字 '\\ue001' is not one character that the MJ font draws"),
        ("U+E000,葛\U000e0100,,字形一致,,", "文字 '葛\U000e0100' is not one character that the MJ font draws"),
    ],
)
def test_a_line_that_cannot_be_meant_stops_with_its_number(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_vendor_table(_table(tmp_path, "U+E100,邉,,字形一致,,", line))
    assert f"gaiji.csv:3: {message}" in str(caught.value)


def test_a_code_may_be_there_once_only(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="F040 is there twice"):
        read_vendor_table(_table(tmp_path, "U+E000,髙,,字形一致,,", "F040,邉,,字形一致,,"))


def test_what_cannot_be_read_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read as CSV"):
        read_vendor_table(tmp_path / "none.csv")
    with pytest.raises(UsageError, match="column 区分, 文字 or MJ名 is missing"):
        read_vendor_table(_table(tmp_path, "U+E000", header="外字コード\n"))
    cp932 = tmp_path / "cp932.csv"
    cp932.write_bytes(HEADER.encode("cp932") + "F040,髙,,字形一致,,\n".encode("cp932"))
    with pytest.raises(UsageError, match="save the 外字対応表 as CSV in UTF-8"):
        read_vendor_table(cp932)


def test_a_table_saved_with_a_byte_order_mark_reads_the_same(tmp_path: Path) -> None:
    path = tmp_path / "bom.csv"
    path.write_text(f"{HEADER}F040,髙,,字形一致,,\n", encoding="utf-8-sig")
    assert read_vendor_table(path).forms == {"\ue000": "髙"}


def test_the_private_area_has_1880_cells() -> None:
    assert (sjis_code("\ue000"), sjis_code("\ue0a3"), sjis_code("\ue757")) == ("F040", "F0E4", "F9FC")
    with pytest.raises(ValueError, match=r"U\+E758"):
        sjis_code("\ue758")
    with pytest.raises(ValueError, match="F03F"):
        private_character("F03F")
