"""Oracle: docs/ja/characters.md, what `yakuba characters identify` prints, writes and ends with."""

from __future__ import annotations

import csv
import io
import json
import re
from base64 import b64decode
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from tests.characters.glyphs import stand_in
from tests.characters.glyphs.fonts import CROSS, FRAME, Shape, box, font

from yakuba.characters.glyphs.drawn import drawn
from yakuba.characters.vendor import read_vendor_table
from yakuba.cli import main
from yakuba.kernel.ipamj import find_font

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(find_font() is None, reason="IPAmj明朝 is not installed")
USAGE = (
    "外字コード,人数,氏名,フリガナ,別表記\n"
    "U+E000,3,渡\ue000　花子,ワタナベ　ハナコ,渡辺　花子\n"
    'U+E001,40,"<script>alert(1)</script>〓",=HYPERLINK(1),\n'
    "U+E009,7,,,\n"
    "U+E000,1,\ue001橋\ue000\ue00a,ハシ,\ue001橋\n"
)
SECRETS = ("花子", "ハナコ", "ワタナベ", "渡辺")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A font of two vendors' worth, a usage list, the quick stand-in for the model."""
    monkeypatch.setattr("yakuba.cli._characters_identify.identify", stand_in.identify)
    (tmp_path / "gaiji.tte").write_bytes(font({0xE000: CROSS, 0xE001: FRAME, 0xE002: []}))
    (tmp_path / "usage.csv").write_text(USAGE, encoding="utf-8")
    return tmp_path


def _yakuba(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["characters", "identify", *map(str, words)])
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_folder_holds_what_a_person_needs_to_decide(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = desk / "out"
    code, said, complaint = _yakuba(capsys, desk / "gaiji.tte", "--usage", desk / "usage.csv", "--out", out)
    assert code == 1  # a code of the list has no glyph
    assert "外字 glyphs 2　使う人 people 44" in said
    assert said.rstrip().endswith(f"{out / 'candidates.csv'}\n{out / 'table.csv'}\n{out / 'index.html'}")
    assert not any(secret in said + complaint for secret in SECRETS)
    assert {path.name for path in out.iterdir()} == {
        "candidates.csv", "table.csv", "findings.csv", "index.html", "pictures",
    }  # fmt: skip
    assert out.stat().st_mode & 0o077 == 0
    assert {path.name for path in desk.iterdir()} == {"gaiji.tte", "usage.csv", "out"}

    candidates = _rows(out / "candidates.csv")
    assert [row["外字コード"] for row in candidates] == ["U+E001"] * 20 + ["U+E000"] * 20  # 40 people, then 3
    first = next(row for row in candidates if row["外字コード"] == "U+E000")
    assert (first["順位"], first["文字"], first["MJ名"], first["符号"]) == ("1", "十", "MJ007834", "U+5341")

    assert [(row["指摘"], row["字形"], row["重要度"]) for row in _rows(out / "findings.csv")] == [
        ("glyph_empty", "U+E002 (F042)", "警告"),
        ("usage_without_glyph", "U+E009 (F049)", "要修正"),
    ]
    for name in ("U+E000.png", "U+E001.png"):
        with Image.open(out / "pictures" / name) as picture:
            assert picture.size == (160, 160)


def test_the_table_is_the_vendors_table_with_nothing_decided(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _yakuba(capsys, desk / "gaiji.tte", "--usage", desk / "usage.csv", "--out", desk / "out")
    table = read_vendor_table(desk / "out/table.csv")
    assert table.forms == {}
    assert table.undecided == {"\ue000", "\ue001"}
    rows = _rows(desk / "out/table.csv")
    assert [row["外字コード"] for row in rows] == ["U+E001", "U+E000"]
    for row in rows:
        assert row["推定した区分"] in {"字形一致", "類似", "該当なし"}
        assert (desk / "out" / row["絵"]).is_file()
    filled = (desk / "out/table.csv").read_text("utf-8-sig").replace('"類似","",""', '"字形一致","甲","2026-04-01"')
    (desk / "decided.csv").write_text(filled, encoding="utf-8")
    assert read_vendor_table(desk / "decided.csv").forms["\ue000"] == "十"


class _Page(HTMLParser):
    """What a browser would meet."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_page_stands_alone_and_nothing_in_it_acts(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _yakuba(capsys, desk / "gaiji.tte", "--usage", desk / "usage.csv", "--out", desk / "out")
    text = (desk / "out/index.html").read_text("utf-8")
    page = _Page(text)
    assert not {tag for tag, _ in page.tags} & {"script", "iframe", "link", "object", "form", "a"}
    assert "<script>alert(1)</script>" in page.words  # as words
    assert not re.search(r"https?:|url\(|@import", text)
    images = [attrs for tag, attrs in page.tags if tag == "img"]
    assert len(images) == 2 * (1 + 5 * 2) + 2 + 3  # a glyph, five candidates with overlays; glyphs in names
    assert all(attrs["alt"] and str(attrs["src"]).startswith("data:image/png;base64,") for attrs in images)
    assert Image.open(io.BytesIO(b64decode(str(images[2]["src"]).partition(",")[2]))).size == (160, 160)
    assert [attrs["id"] for tag, attrs in page.tags if tag == "h3"] == ["g1", "g2"]
    assert page.words.index("U+E001 (F041)") < page.words.index("U+E000 (F040)使う人 4 人")
    assert "字の読み: ナベ 3 人" in page.words
    assert "\ue000" not in text
    assert "［U+E00A (F04A)］" in page.words
    code_points = {ord(char) for char in page.words}
    assert not any(0xE000 <= code <= 0xF8FF for code in code_points)


def test_a_list_opens_in_a_spreadsheet_without_formulas(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scans = desk / "scans"
    scans.mkdir()
    picture = drawn("木")
    assert picture is not None
    Image.fromarray(255 - picture).save(scans / "=1+1.png")
    code, _, _ = _yakuba(capsys, scans, "--out", desk / "out")
    assert code == 0
    for name in ("candidates.csv", "table.csv", "findings.csv"):
        for line in csv.reader(io.StringIO((desk / "out" / name).read_text("utf-8-sig"))):
            assert not any(cell.startswith(("=", "+", "@")) for cell in line)
    assert read_vendor_table(desk / "out/table.csv").undecided == frozenset()
    (row,) = (row for row in _rows(desk / "out/candidates.csv") if row["順位"] == "1")
    assert (row["外字コード"], row["字形名"], row["文字"]) == ("", "'=1+1.png", "木")


def test_figures_as_json(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = (desk / "gaiji.tte", "--usage", desk / "usage.csv", "--out", desk / "out", "--json")
    _, said, _ = _yakuba(capsys, *words)
    told = json.loads(said)
    assert (told["glyphs"], told["people"], sum(told["suggested"].values())) == (2, 44, 2)
    assert [one["code"] for one in told["findings"]] == ["glyph_empty", "usage_without_glyph"]
    assert not any(secret in said for secret in SECRETS)


OTHER: Shape = [box(100, 100, 900, 200)]


def test_two_vendors_with_one_code_for_two_glyphs_are_refused(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "b.tte").write_bytes(font({0xE000: OTHER, 0xE001: FRAME}))
    code, said, complaint = _yakuba(capsys, desk / "gaiji.tte", desk / "b.tte", "--out", desk / "out")
    assert (code, said) == (2, "")
    assert "外字の衝突 1 codes" in complaint
    assert "U+E000 (F040)" in complaint
    assert not (desk / "out").exists()
    (desk / "b.tte").write_bytes(font({0xE001: FRAME, 0xE005: OTHER}, units=2048))
    code, said, _ = _yakuba(capsys, desk / "gaiji.tte", desk / "b.tte", "--out", desk / "out")
    assert code == 0
    assert "外字 glyphs 3" in said


def test_names_do_not_stay_behind_when_it_fails(
    desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> bytes:
        raise OSError(28, "No space left on device", "index.html")

    monkeypatch.setattr("yakuba.cli._characters_identify.page", full)
    code, _, complaint = _yakuba(capsys, desk / "gaiji.tte", "--usage", desk / "usage.csv", "--out", desk / "out")
    assert code == 3
    assert "No space left" in complaint
    assert {path.name for path in desk.iterdir()} == {"gaiji.tte", "usage.csv"}


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["usage.csv", "--out", "out"], 3, "書体でも画像でもない"),
        (["gaiji.tte", "--usage", "cp932.csv", "--out", "out"], 2, "it reads as cp932"),
        (["gaiji.tte", "--out", "full"], 2, "is not empty"),
        (["gaiji.tte", "--codes", "jis", "--out", "out"], 2, "unicode or cp932"),
        (["nowhere.tte", "--out", "out"], 2, "does not exist"),
        (["--out", "out"], 2, "Missing argument"),
        (["cut.tte", "--out", "out"], 3, "壊れていて読めない"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    words: list[str], code: int, message: str, desk: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(desk)
    (desk / "cp932.csv").write_text(USAGE.replace("\ue000", "〓"), encoding="cp932")
    (desk / "cut.tte").write_bytes((desk / "gaiji.tte").read_bytes()[:200])
    (desk / "full").mkdir()
    (desk / "full/precious").touch()
    ended, said, complaint = _yakuba(capsys, *words)
    assert (ended, said) == (code, "")
    assert message in complaint
    assert not (desk / "out").exists()
    assert not any(secret in complaint for secret in SECRETS)


def test_the_list_in_another_encoding_is_read_when_named(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "cp932.csv").write_text("外字コード,人数\nF040,5\nF041,1\n", encoding="cp932")
    words = (desk / "gaiji.tte", "--usage", desk / "cp932.csv", "--encoding", "cp932", "--out", desk / "out")
    code, said, _ = _yakuba(capsys, *words)
    assert code == 0
    assert "使う人 people 6" in said
