"""Oracle: docs/ja/characters.md, what `yakuba characters convert` and `show` print, write and end with."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import polars as pl
import pytest

from yakuba.certificates.font import font_path
from yakuba.cli import main
from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path


def _yakuba(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main([str(word) for word in words])
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


@pytest.fixture
def names(tmp_path: Path) -> Path:
    file = tmp_path / "names.csv"
    file.write_text("番号,氏名,備考\n1,佐\uad1d木　葛,あ\n2,山田　太郎,\n3,\ue000野　花子,い\n", encoding="utf-8")
    return file


def _convert(names: Path, *more: object) -> list[object]:
    out = names.parent / "out"
    return ["characters", "convert", names, "--columns", "氏名", "--source", "juki", "--out", out, *more]


def test_a_file_is_converted_and_what_needs_a_person_is_listed(names: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said, _ = _yakuba(capsys, *_convert(names))
    out = names.parent / "out"
    assert code == 1
    assert "3 行 rows　変わった値 changed 1　元に戻せる値 can be told back 1" in said
    assert "決定 decided 2　複数候補 ambiguous 0　未決定 undecided 1" in said
    assert (out / "converted.csv").read_text(encoding="utf-8").splitlines() == [
        "番号,氏名,備考",
        "1,佐々木　葛\U000e0102,あ",
        "2,山田　太郎,",
        "3,\ue000野　花子,い",
    ]
    listed = pl.read_csv(out / "characters.csv", infer_schema=False).select("列", "符号", "状態", "件数", "行")
    assert sorted(listed.rows()) == [
        ("氏名", "U+845B", "決定", "1", "1"),
        ("氏名", "U+AD1D", "決定", "1", "1"),
        ("氏名", "U+E000", "未決定", "1", "3"),
    ]


def test_a_decided_list_and_a_vendors_table_leave_nothing_open(names: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = names.parent / "gaiji.csv"
    table.write_text("外字コード,文字,区分\nU+E000,髙,字形一致\n", encoding="utf-8")
    code, said, _ = _yakuba(capsys, *_convert(names, "--gaiji", table, "--target", "jis0213", "--json"))
    assert code == 0
    told = json.loads(said)
    assert (told["rows"], told["changed"], told["undecided"], told["ambiguous"]) == (3, 2, 0, 0)
    assert "高野" in (names.parent / "out" / "converted.csv").read_text(encoding="utf-8")


def test_the_list_goes_back_in_as_decisions(names: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names.write_text("氏名\n\U0001b002\n", encoding="utf-8")
    assert _yakuba(capsys, *_convert(names, "--target", "jis0213"))[0] == 1
    listed = names.parent / "out" / "characters.csv"
    frame = pl.read_csv(listed, infer_schema=False)
    frame = frame.with_columns(
        pl.lit("あ").alias("決定"), pl.lit("甲野").alias("決定者"), pl.lit("1日").alias("決定日")
    )
    frame.write_csv(names.parent / "decided.csv")
    words = _convert(names, "--target", "jis0213", "--decisions", names.parent / "decided.csv")
    words[words.index(names.parent / "out")] = names.parent / "again"
    code, _, _ = _yakuba(capsys, *words)
    assert code == 0
    assert (names.parent / "again" / "converted.csv").read_text(encoding="utf-8") == "氏名\nあ\n"


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("--columns", "名前"), "no column 名前 → the file has: 番号、氏名、備考"),
        (("--source", "sjis"), "source 'sjis' is not known"),
        (("--target", "utf8"), "target 'utf8' is not known"),
        (("--encoding", "cp932"), "is not cp932 → name its encoding (--encoding utf-8?)"),
        (("--target", "font:/none.ttf"), "/none.ttf: no such file"),
    ],
)
def test_a_wrong_word_ends_with_2_and_one_line(
    names: Path, change: tuple[str, str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said, told = _yakuba(capsys, *_convert(names, *change))
    assert (code, said) == (2, "")
    assert complaint in told
    assert len(told.splitlines()) == 1


def test_two_columns_of_one_name_are_refused(names: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names.write_text("氏名,氏名\n山,川\n", encoding="utf-8")
    code, _, told = _yakuba(capsys, *_convert(names))
    assert (code, "two columns have the same name" in told) == (2, True)


def test_a_dump_in_cp932_or_utf16_is_read(names: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for encoding, raw in (("cp932", "氏名\n髙﨑\n".encode("cp932")), ("utf-16", "氏名\n𠮷田\n".encode("utf-16"))):
        names.write_bytes(raw)
        words = _convert(names, "--source", "unicode", "--encoding", encoding, "--target", "unicode")
        words[words.index(names.parent / "out")] = names.parent / encoding
        assert _yakuba(capsys, *words)[0] == 0
        assert (names.parent / encoding / "converted.csv").read_text(encoding="utf-8") == raw.decode(encoding)


def test_a_font_is_a_target(names: Path, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        font = font_path()
    except UsageError:
        pytest.skip("IPAmj明朝 is not on this machine")
    code, said, _ = _yakuba(capsys, *_convert(names, "--target", f"font:{font}", "--json"))
    assert (code, json.loads(said)["undecided"]) == (1, 1)
    assert "葛\U000e0102" in (names.parent / "out" / "converted.csv").read_text(encoding="utf-8")


def test_a_folder_with_something_in_it_is_left_alone(names: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (names.parent / "out").mkdir()
    (names.parent / "out" / "mine").touch()
    code, _, told = _yakuba(capsys, *_convert(names))
    assert (code, "is not empty" in told) == (2, True)


def test_text_read_in_a_wrong_encoding_is_pointed_out(names: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names.write_text("氏名\n" + "山田花子".encode().decode("cp932", "ignore") + "\n", encoding="utf-8")
    code, said, _ = _yakuba(capsys, *_convert(names, "--source", "unicode"))
    assert code == 1
    assert "文字化けらしい値 look misread: 1 (rows 1 …)" in said


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("邉", "16 MJ文字"),
        ("MJ026193", "住基 J+BD4A"),
        ("J+AD1D", "MJ000001"),
        ("U+845B U+E0102", "同じ字形のAdobe-Japan1: U+845B U+E0100"),
        ("349920", "MJ022335"),
        ("1-19-75", "MJ022336"),
        ("MJ037229", "符号がなく書けない"),
    ],
)
def test_a_character_is_shown_on_one_screen(name: str, shown: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, said, _ = _yakuba(capsys, "characters", "show", name)
    assert code == 0
    assert shown in said
    assert len(said.splitlines()) <= 24


def test_a_character_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    _, said, _ = _yakuba(capsys, "characters", "show", "葛\U000e0100", "--json")
    (told,) = json.loads(said)
    assert (told["name"], told["text"], told["searched_as"]) == ("MJ022335", "葛\U000e0102", "葛")
    assert told["choice"]["state"] == "decided"
