"""Oracle: our own promise for scanned glyphs; pictures drawn here, in the four formats."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, ImageDraw

from yakuba.characters.glyphs.image import read_image
from yakuba.characters.glyphs.inside import read_data
from yakuba.characters.glyphs.read import read_glyphs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from yakuba.characters.glyphs.reading import Reading

Line = tuple[int, int, int, int]
KI: Sequence[Line] = ((20, 80, 180, 80), (100, 20, 100, 185), (98, 82, 30, 160), (102, 82, 172, 160))
"""木, more or less, on 200 × 200."""
RIVER: Sequence[Line] = ((40, 20, 40, 180), (100, 20, 100, 180), (160, 20, 160, 180))
"""川: three strokes that do not touch."""
ICE: Sequence[Line] = ((80, 20, 120, 60), (70, 180, 130, 110))
"""冫: long, with a gap."""


def drawn(lines: Sequence[Line], size: tuple[int, int] = (200, 200), paper: int = 255, ink: int = 0) -> Image.Image:
    image = Image.new("L", size, paper)
    pen = ImageDraw.Draw(image)
    for line in lines:
        pen.line(line, fill=ink, width=12)
    return image


def as_bytes(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def _codes(reading: Reading) -> list[str]:
    return [finding.code for finding in reading.findings]


@pytest.mark.parametrize(("kind", "name"), [("PNG", "png"), ("TIFF", "tif"), ("JPEG", "jpg"), ("BMP", "bmp")])
def test_a_scan_in_any_format_is_the_same_glyph(kind: str, name: str) -> None:
    reading = read_image(as_bytes(drawn(KI, paper=220, ink=60), kind), f"U+E0A3.{name}")
    (glyph,) = reading.glyphs
    assert reading.findings == ()
    assert (glyph.private, glyph.name, glyph.dots) == ("\ue0a3", "U+E0A3 (F0E4)", 200)
    assert abs(glyph.picture.shape[0] - 166) <= 4
    assert set(np.unique(glyph.picture)) == {0, 255}


@pytest.mark.parametrize(
    ("name", "private"),
    [("F040.png", "\ue000"), ("f0e4.PNG", "\ue0a3"), ("uE000.bmp", "\ue000"), ("U+F0001.png", "\U000f0001"),
     ("E0A3.png", ""), ("0A3.png", ""), ("U+4E00.png", ""), ("F07F.png", ""), ("渡辺さん.png", "")],
)  # fmt: skip
def test_the_stem_is_the_code_or_only_a_name(name: str, private: str) -> None:
    reading = read_image(as_bytes(drawn(KI)), name)
    (glyph,) = reading.glyphs
    assert glyph.private == private
    assert _codes(reading) == ([] if private else ["glyph_code_unknown"])


def test_white_on_black_and_colour_and_transparency_are_the_same_glyph() -> None:
    plain = read_image(as_bytes(drawn(KI)), "F040.png").glyphs[0]
    black = read_image(as_bytes(drawn(KI, paper=0, ink=255)), "F040.png")
    assert _codes(black) == ["glyph_white_on_black"]
    mask = drawn(KI, paper=0, ink=255)
    clear = Image.new("RGBA", mask.size, (200, 30, 30, 0))
    clear.paste((90, 10, 10, 255), mask=mask)
    red = read_image(as_bytes(clear), "F040.png")
    deep = Image.fromarray(np.asarray(drawn(KI), np.uint16) * 257)
    wide = read_image(as_bytes(deep), "F040.png")
    one_bit = read_image(as_bytes(drawn(KI).convert("1")), "F040.png")
    palette = read_image(as_bytes(drawn(KI).convert("P")), "F040.png")
    for reading in (black, red, wide, one_bit, palette):
        assert reading.glyphs[0].digest == plain.digest


def test_a_heavy_frame_cropped_to_its_edge_is_doubted_and_with_a_margin_is_not() -> None:
    """Nobody can tell a heavy 口 from a white square on black, unless there is paper around it."""
    frame = np.zeros((100, 100), np.uint8)
    frame[14:86, 14:86] = 255
    tight = read_image(as_bytes(Image.fromarray(frame)), "F040.png")
    assert _codes(tight) == ["glyph_black_on_white"]
    roomy = read_image(as_bytes(Image.fromarray(np.pad(frame, 6, constant_values=255))), "F040.png")
    assert _codes(roomy) == []
    assert tight.glyphs[0].digest == roomy.glyphs[0].digest
    white = read_image(as_bytes(Image.fromarray(np.pad(255 - frame, 6))), "F040.png")
    assert _codes(white) == ["glyph_white_on_black"]
    assert white.glyphs[0].digest == roomy.glyphs[0].digest


def test_specks_go_and_the_dots_of_a_bitmap_stay() -> None:
    plain = read_image(as_bytes(drawn(KI)), "F040.png").glyphs[0]
    dirty = drawn(KI)
    for at in ((5, 5), (190, 12), (9, 170)):
        dirty.putpixel(at, 0)
    reading = read_image(as_bytes(dirty), "F040.png")
    assert [(finding.code, finding.value) for finding in reading.findings] == [("glyph_specks", "3")]
    assert reading.glyphs[0].digest == plain.digest
    small = Image.new("L", (24, 24), 255)
    for at in ((2, 2), (12, 12), (20, 20)):
        small.putpixel(at, 0)
    (bitmap,) = read_image(as_bytes(small), "F040.png").glyphs
    assert int((bitmap.picture > 0).sum()) == 3
    assert bitmap.dots == 24


def test_a_large_scan_is_brought_down() -> None:
    (glyph,) = read_image(as_bytes(drawn(KI).resize((2000, 2000))), "F040.png").glyphs
    assert glyph.dots == 512


@pytest.mark.parametrize("lines", [KI, RIVER, ICE, [(20, 100, 180, 100)]], ids="木川冫一")
def test_parts_that_stand_apart_are_one_character(lines: Sequence[Line]) -> None:
    assert _codes(read_image(as_bytes(drawn(lines)), "F040.png")) == []


def _moved(right: int, down: int) -> list[Line]:
    return [(a + right, b + down, c + right, d + down) for a, b, c, d in KI]


@pytest.mark.parametrize(
    ("lines", "size"),
    [
        ([*KI, *_moved(200, 0)], (400, 200)),
        ([*KI, *_moved(0, 200)], (200, 400)),
        ([*KI, *_moved(230, 0), *_moved(0, 230), *_moved(230, 230)], (430, 430)),
    ],
    ids=["row", "column", "grid"],
)
def test_several_characters_are_told(lines: Sequence[Line], size: tuple[int, int]) -> None:
    reading = read_image(as_bytes(drawn(lines, size)), "F040.png")
    assert (reading.glyphs, _codes(reading)) == ((), ["glyph_several"])


def test_pages_are_several() -> None:
    page = drawn(KI)
    raw = as_bytes(page, "TIFF", save_all=True, append_images=[page])
    assert _codes(read_image(raw, "F040.tif")) == ["glyph_several"]


@pytest.mark.parametrize("shade", [0, 128, 255])
def test_paper_without_ink_is_told(shade: int) -> None:
    noise = np.random.default_rng(1).integers(-6, 7, (120, 120))
    image = Image.fromarray(np.clip(shade + noise, 0, 255).astype(np.uint8))
    assert _codes(read_image(as_bytes(image), "F040.png")) == ["glyph_no_ink"]


def _claims(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is huge."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )


@pytest.mark.parametrize("side", [4097, 10_000, 60_000])
def test_an_image_beyond_any_glyph_is_refused_by_its_size(side: int, tmp_path: Path) -> None:
    path = tmp_path / "F040.png"
    path.write_bytes(_claims(side, side))
    reading = read_glyphs(path)
    assert _codes(reading) == ["glyph_file_too_large"]


def test_a_real_picture_of_10000_by_10000_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "F040.png"
    Image.new("1", (10_000, 10_000)).save(path)
    assert [(one.code, one.value) for one in read_glyphs(path).findings] == [
        ("glyph_file_too_large", "10,000 × 10,000")
    ]


def _zip(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in entries.items():
            packed.writestr(name, data)
    return out.getvalue()


def test_a_zip_and_a_folder_give_the_same(tmp_path: Path) -> None:
    files = {
        "F040.png": as_bytes(drawn(KI)),
        "sub/F041.bmp": as_bytes(drawn(RIVER), "BMP"),
        "notes.txt": b"hello",
        "F042.png": b"\x89PNG\r\n\x1a\nbroken",
        "__MACOSX/F040.png": b"",
    }
    folder = tmp_path / "scans"
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    packed = tmp_path / "scans.zip"
    packed.write_bytes(_zip(**files))
    readings = [read_glyphs(folder), read_glyphs(packed)]
    for reading in readings:
        assert [glyph.private for glyph in reading.glyphs] == ["\ue000", "\ue001"]
        assert sorted((finding.file, finding.code, finding.severity) for finding in reading.findings) == [
            ("F042.png", "glyph_file_broken", "error"),
            ("notes.txt", "glyph_file_unknown", "error"),
        ]
    assert [glyph.digest for glyph in readings[0].glyphs] == [glyph.digest for glyph in readings[1].glyphs]


def test_two_scans_of_one_code_keep_none() -> None:
    raw = _zip(**{"F040.png": as_bytes(drawn(KI)), "U+E000.png": as_bytes(drawn(RIVER))})
    reading = read_data(raw, "scans.zip")
    assert _codes(reading) == ["glyph_code_twice"]
    assert [glyph.private for glyph in reading.glyphs] == ["", ""]


def test_a_zip_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yakuba.characters.glyphs.inside.ARCHIVE_BYTES", 1 << 25)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("F040.png", "w") as entry:
        for _ in range(3):
            entry.write(b"\0" * (1 << 24))
    assert _codes(read_data(out.getvalue(), "bomb.zip")) == ["glyph_file_too_large"]


def test_a_zip_that_lies_about_its_sizes_or_is_damaged_is_told() -> None:
    honest = bytearray(_zip(**{"F040.png": as_bytes(drawn(KI))}))
    place = honest.rindex(b"PK\x01\x02")
    lying = honest[:]
    lying[place + 24 : place + 28] = struct.pack("<I", 9)
    assert _codes(read_data(bytes(lying), "a.zip")) == ["glyph_file_broken"]
    secret = honest[:]
    secret[6] |= 1
    secret[place + 8] |= 1
    assert _codes(read_data(bytes(secret), "a.zip")) == ["glyph_file_broken"]
    assert _codes(read_data(bytes(honest[:-30]), "a.zip")) == ["glyph_file_broken"]
    assert _codes(read_data(_zip(), "a.zip")) == ["glyph_none"]
