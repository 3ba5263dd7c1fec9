"""Oracle: docs of `usage`: what a usage list may say, and what is refused with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from yakuba.characters.glyphs.usage import Name, Usage, read_usage
from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path


def _write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "usage.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_a_row_per_name_is_summed_by_code(tmp_path: Path) -> None:
    path = _write(
        tmp_path,
        "外字コード,人数,氏名,フリガナ,別表記,画数,部首\n"
        "U+E000,2,渡\ue000　花子,ワタナベ　ハナコ,渡辺　花子,17,辶\n"
        "f040,,渡〓　太郎,ワタナベ　タロウ,,,162\n"
        'U+E000,"1,000",渡\ue000　花子,ワタナベ　ハナコ,渡辺　花子,,\n'
        "U+E001,3,,,,,\n\n",
    )
    usage = read_usage(path)
    assert usage.keys() == {"\ue000", "\ue001"}
    first = usage["\ue000"]
    assert (first.people, first.private, first.strokes, first.radicals) == (1003, "\ue000", 17, frozenset({162}))
    assert first.names == (
        Name("渡\ue000　花子", "ワタナベ　ハナコ", "渡辺　花子", 1002),
        Name("渡〓　太郎", "ワタナベ　タロウ", "", 1),
    )
    assert usage["\ue001"] == Usage(3, private="\ue001")


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("外字コード\nU+E000\nU+E000\n", 2),
        ("外字コード,件数\nU+E000,12\n", 12),
        ("件数,外字コード,人数\n90,U+E000,5\n", 5),
        ("外字コード,人数\nU+E000,0\n", 0),
        ("外字コード,人数\nU+E000,１２\n", 12),
        ("外字コード,人数,氏名\nU+E000\nU+E000,,山〓\n".replace("U+E000\n", "U+E000,1\n"), 2),
    ],
)
def test_people_are_counted(text: str, people: int, tmp_path: Path) -> None:
    assert read_usage(_write(tmp_path, text))["\ue000"].people == people


@pytest.mark.parametrize(
    ("encoding", "written"), [("utf-8", "utf-8"), ("utf-8", "utf-8-sig"), ("cp932", "cp932"), ("utf-16", "utf-16")]
)
def test_every_encoding_is_read_when_named(encoding: str, written: str, tmp_path: Path) -> None:
    path = _write(tmp_path, "外字コード,人数,氏名\r\nF0E4,1,\ue0a3田\r\n", written)
    assert read_usage(path, encoding=encoding)["\ue0a3"].names[0].text == "\ue0a3田"


@pytest.mark.parametrize(
    ("given", "written", "message"),
    [
        ("utf-8", "cp932", r"byte 0 is not utf-8, it reads as cp932 → name its encoding \(--encoding cp932\)"),
        ("cp932", "utf-8", r"not cp932, it reads as utf-8 .*--encoding utf-8"),
        ("utf-8", "utf-16", r"not utf-8, it reads as utf-16"),
        ("utf-8", "euc_jp", r"not utf-8 → save the list as CSV in UTF-8"),
    ],
)
def test_a_wrong_encoding_is_named(given: str, written: str, message: str, tmp_path: Path) -> None:
    path = _write(tmp_path, "外字コード,人数,氏名\r\nF0E4,1,渡辺〓\r\n", written)
    with pytest.raises(UsageError, match=message):
        read_usage(path, encoding=given)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("人数,氏名\n1,渡\n", "column 外字コード is missing"),
        ("", "column 外字コード is missing"),
        ("外字コード,人数,人数\nU+E000,1,1\n", "two columns have the same name"),
        ("外字コード,人数\nU+E000,1\nU+4E00,1\n", ":3: 外字コード 'U\\+4E00' is neither"),
        ("外字コード,人数\nU+E000,多\n", ":2: 人数 '多' is no number"),
        ("外字コード,人数\nU+E000,-1\n", ":2: 人数 '-1' is no number"),
        ("外字コード,人数\nU+E000,\n", ":2: 人数 is empty, and so is 氏名"),
        ("外字コード,人数\nU+E000,1,2\n", ":2: more cells than columns"),
        ("外字コード,画数\nU+E000,12\nU+E000,13\n", ":3: 画数 of U\\+E000 is another one above"),
        ("外字コード,部首\nU+E000,しんにょう\n", ":2: 部首 'しんにょ' is neither"),
        ('外字コード,人数\nU+E000,"1\n', "cannot be read as CSV"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_line(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=message):
        read_usage(_write(tmp_path, text))


def test_no_name_is_in_a_message(tmp_path: Path) -> None:
    path = _write(tmp_path, "外字コード,人数,氏名,フリガナ\n渡辺花子さんの字のコードはまだない,1,渡辺　花子,ワタナベ\n")
    with pytest.raises(UsageError) as refused:
        read_usage(path)
    assert "渡辺　花子" not in str(refused.value)
    with pytest.raises(UsageError, match="encoding 'jis' is not known"):
        read_usage(path, encoding="jis")
    with pytest.raises(UsageError, match="give the usage list"):
        read_usage(tmp_path)
