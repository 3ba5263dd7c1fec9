"""The bytes: archival, tagged, the same for the same inputs, and nobody else's under load."""

from __future__ import annotations

import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader
from tests.certificates.drawing.conftest import Bench, bench
from tests.certificates.drawing.test_fitting import painted_text

from yakuba.certificates import font, tag
from yakuba.certificates.drawing import NotDrawableError, draw, render, rendered_pictures
from yakuba.certificates.kinds import kinds
from yakuba.certificates.pictures import code, scramble
from yakuba.certificates.record import Look
from yakuba.certificates.samples import sample_proof, samples
from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

KEY = b"secret of the town"


@pytest.mark.parametrize("identifier", sorted(kinds()))
def test_every_kind_is_archival_and_tagged(identifier: str) -> None:
    sample = next(one for one in samples() if one.kind.identifier == identifier and not one.refused)
    reader = PdfReader(BytesIO(draw(sample.order, sample.record, sample.issuer, sample.look, key=KEY).pdf))
    root: Any = reader.root_object
    xmp = root["/Metadata"].get_object().get_data().decode("utf-8")
    assert ("<pdfaid:part>2</pdfaid:part>" in xmp, "<pdfaid:conformance>A</pdfaid:conformance>" in xmp) == (True, True)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "ja-JP"
    assert "/StructTreeRoot" in root
    assert "/OutputIntents" in root
    assert "/JavaScript" not in str(root)
    assert "/Encrypt" not in reader.trailer


def test_every_font_is_embedded(family: Bench, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(render(family.compose()).pdf)
    shown = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True).stdout
    rows = shown.splitlines()[2:]
    assert len(rows) == 1
    assert "IPAmjMincho" in rows[0]
    assert "CID TrueType      Identity-H       yes yes yes" in rows[0]


def test_the_same_inputs_give_the_same_bytes(family: Bench) -> None:
    first, again = (draw(family.order, family.record, family.issuer, family.look, "ABC", key=KEY) for _ in range(2))
    assert first == again


def test_one_changed_value_changes_both_bytes_and_digest(family: Bench) -> None:
    before = render(family.compose())
    after = render(family.person(1, 氏名="見本　華子").compose())
    assert before.data_digest != after.data_digest
    assert before.template_digest == after.template_digest
    assert before.pdf != after.pdf


@pytest.mark.parametrize(
    "change", [{"number": "1"}, {"issued_on": date(2026, 11, 21)}, {"choices": {"relation": True}}]
)
def test_the_digest_takes_in_what_was_ordered(family: Bench, change: dict[str, object]) -> None:
    before = family.compose().data_digest
    family.order = replace(family.order, **change)  # type: ignore[arg-type]
    assert family.compose().data_digest != before


def test_the_digest_leaves_out_the_request(family: Bench) -> None:
    before = family.compose().data_digest
    family.order = replace(family.order, request="another")
    assert family.compose().data_digest == before


def test_the_inner_tag_is_that_of_the_order(family: Bench) -> None:
    drawn = render(family.compose(), key=KEY)
    found = PdfReader(BytesIO(drawn.pdf)).metadata
    assert found is not None
    inner = tag.read(str(found["/Keywords"]))
    assert (inner.request, inner.municipality, inner.kind) == (family.order.request, "990019", "juminhyo")
    assert (inner.template_digest, inner.data_digest) == (drawn.template_digest, drawn.data_digest)
    assert inner.subject_key == tag.subject_key(KEY, family.order, family.order.members)
    assert family.order.subject.encode() not in drawn.pdf


def test_number_and_page_stand_on_every_sheet() -> None:
    case = bench("juminhyo", "家族十二人")
    pages = PdfReader(BytesIO(render(case.compose()).pdf)).pages
    for number, page in enumerate(pages, start=1):
        words = re.sub(r"\s", "", page.extract_text())
        assert f"発行番号{case.order.number}" in words
        assert f"{number}／3ページ" in words
        assert ("証明する" in words) == (number == 3)


# ---- preview, seal, looks --------------------------------------------------------------------------------------------


def test_a_preview_has_no_seal_no_number_no_code_and_says_so(family: Bench) -> None:
    family.order = replace(family.order, preview=True)
    drawn = render(family.compose(), "ABC")
    words = painted_text(drawn.pdf)
    assert "見本" in words
    assert family.order.number not in words
    assert "二次元コード" not in words
    page = PdfReader(BytesIO(drawn.pdf)).pages[0]
    assert not page.images


def test_a_paper_without_a_seal_says_so(family: Bench) -> None:
    family.issuer = replace(family.issuer, seal=b"")
    assert "（公印省略）" in painted_text(render(family.compose()).pdf)


@pytest.mark.parametrize("raw", [b"nonsense", b"\xff\xd8\xff\xe0"])
def test_a_seal_that_is_no_picture_stops(family: Bench, raw: bytes) -> None:
    family.issuer = replace(family.issuer, seal=raw)
    assert family.codes() == {"image_unreadable"}


def test_a_damaged_picture_is_told_in_one_sentence(family: Bench) -> None:
    family.issuer = replace(family.issuer, seal=b"\x89PNG\r\n\x1a\n" + bytes(40))
    composed = family.compose()
    for drawing in (render, rendered_pictures):
        with pytest.raises(NotDrawableError) as caught:
            drawing(composed)
        assert [one.code for one in caught.value.findings] == ["engine_refused"]


def test_looks_can_be_switched(family: Bench) -> None:
    plain = render(family.compose())
    family.look = Look(copy_guard=True, background=True, scramble=True)
    dressed = render(family.compose())
    assert dressed.data_digest == plain.data_digest
    assert painted_text(dressed.pdf).startswith(painted_text(plain.pdf))
    pages = PdfReader(BytesIO(dressed.pdf)).pages
    assert len(pages) == 2 * plain.pages
    assert "J-LIS）の偽造防止画像・スクランブル画像ではありません" in re.sub(r"\s", "", pages[1].extract_text())


def test_the_back_can_be_made_again_from_the_digest_alone() -> None:
    assert scramble("a") == scramble("a")
    assert scramble("a") != scramble("b")


# ---- 2D code ---------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("zbarimg") is None, reason="the Debian package zbar-tools reads the code")
@pytest.mark.parametrize("guarded", [False, True])
def test_the_code_can_be_read_from_the_page(family: Bench, tmp_path: Path, *, guarded: bool) -> None:
    family.look = Look(copy_guard=guarded, background=guarded)
    composed = family.compose()
    text = sample_proof(composed)
    path = tmp_path / "paper.png"
    path.write_bytes(rendered_pictures(composed, text, ppi=200)[0])
    ended = subprocess.run(["zbarimg", "-q", "--raw", str(path)], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == text


def test_a_module_of_the_code_is_large_enough_to_scan() -> None:
    _, modules = code("HTTPS://EXAMPLE.INVALID/V/" + "A" * 180)
    assert modules <= 61


# ---- under load ------------------------------------------------------------------------------------------------------


def test_papers_drawn_at_once_are_each_their_own() -> None:
    def work(number: int) -> bool:
        name = f"見本　第{number}子"
        case = bench("juminhyo", "世帯全員").person(1, 氏名=name)
        case.order = replace(case.order, request=f"r{number}", number=f"N{number:05}")
        words = painted_text(render(case.compose(), key=KEY).pdf)
        others = re.findall("第([0-9]+)子", words)
        return others == [str(number)] and f"発行番号N{number:05}" in words

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(work, range(40)))


# ---- the font --------------------------------------------------------------------------------------------------------


def test_a_missing_font_is_told_with_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(font, "_FOLDERS", ())
    monkeypatch.setenv("YAKUBA_HOME", str(tmp_path))
    monkeypatch.delenv(font.VARIABLE, raising=False)
    with pytest.raises(UsageError, match="fonts-ipamj-mincho"):
        font.font_path()
    monkeypatch.setenv(font.VARIABLE, str(tmp_path / "nowhere.ttf"))
    with pytest.raises(UsageError, match=r"nowhere\.ttf"):
        font.font_path()
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "ipamjm.ttf").write_bytes(b"")
    monkeypatch.delenv(font.VARIABLE)
    assert font.font_path() == tmp_path / "fonts" / "ipamjm.ttf"


@pytest.mark.parametrize("raw", [b"", b"\0" * 40, b"<html>"])
def test_a_file_that_is_no_font_is_told(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "ipamjm.ttf"
    path.write_bytes(raw)
    with pytest.raises(UsageError, match="ipamjm"):
        font.read_face(path)
