"""Oracle: the promise of `read`: whatever a file does to the process that reads it, the caller gets a finding."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.characters.glyphs.fonts import (
    CROSS,
    CROSS_BITS,
    EMPTY_BITS,
    FRAME,
    FRAME_BITS,
    ROUND,
    bdf,
    collection,
    font,
    postscript_font,
)  # fmt: skip
from tests.characters.glyphs.pcf import pcf
from tests.characters.glyphs.reading.test_images import KI, _zip, as_bytes, drawn

from yakuba.characters.glyphs import read
from yakuba.characters.glyphs.read import Limits, read_glyphs
from yakuba.characters.glyphs.wire import unpacked
from yakuba.kernel.errors import UsageError

CASES = 500


def seeds(folder: Path) -> list[Path]:
    """Whole files of every kind."""
    plain = font({0xE000: CROSS, 0xE001: FRAME, 0xE002: ROUND, 0xF0000: FRAME})
    files = {
        "a.ttf": plain,
        "a.otf": postscript_font({0xE000: CROSS, 0xE001: FRAME}),
        "a.ttc": collection(plain, font({0xE005: ROUND})),
        "symbol.ttf": font({0xF040: CROSS, 0xF141: FRAME}, format_=(3, 0)),
        "a.bdf": bdf({0xE000: CROSS_BITS, 0xE001: FRAME_BITS}),
        "a.pcf": pcf({0x20: EMPTY_BITS, 0xE000: CROSS_BITS, 0xE001: FRAME_BITS}),
        "F040.png": as_bytes(drawn(KI)),
        "F040.tif": as_bytes(drawn(KI), "TIFF", compression="tiff_lzw"),
        "F040.jpg": as_bytes(drawn(KI), "JPEG"),
        "F040.bmp": as_bytes(drawn(KI), "BMP"),
        "a.zip": _zip(**{"F040.png": as_bytes(drawn(KI)), "F041.bmp": as_bytes(drawn(KI), "BMP")}),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in files]


def test_500_damaged_files_are_read_or_told(tmp_path: Path) -> None:
    command = [sys.executable, str(Path(__file__).with_name("fuzz.py")), str(CASES), "6", *map(str, seeds(tmp_path))]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    outcome = json.loads(done.stdout)
    assert outcome["cases"] == CASES
    assert outcome["glyphs"] > CASES / 4
    assert outcome["told"].keys() >= {"glyph_file_broken", "glyph_broken"}
    assert outcome["slowest"] < 5


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("import os; os.abort()", "signal 6"),
        ("import ctypes; ctypes.string_at(0)", "signal 11"),
        ("raise ValueError('渡辺')", "ValueError"),
        ("print('渡辺')", "?"),
        ("import sys; sys.exit(3)", "exit 3"),
    ],
    ids=["abort", "crash", "exception", "nonsense", "exit"],
)
def test_a_reader_that_dies_is_a_finding(code: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "READER", (sys.executable, "-c", code))
    path = tmp_path / "a.ttf"
    path.write_bytes(font({0xE000: CROSS}))
    reading = read_glyphs(path)
    assert reading.glyphs == ()
    assert [(one.code, one.value) for one in reading.findings] == [("glyph_reader_stopped", why)]


def test_time_and_memory_are_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.ttf"
    path.write_bytes(font({0xE000: CROSS}) + bytes(1 << 24))
    assert len(read_glyphs(path).glyphs) == 1
    (finding,) = read_glyphs(path, limits=Limits(memory=1 << 20)).findings
    assert (finding.code, finding.value) == ("glyph_reader_stopped", "MemoryError")
    hungry = "import sys; from yakuba.characters.glyphs import _reader as r; r.confine(1 << 29, 9); bytearray(1 << 30)"
    monkeypatch.setattr(read, "READER", (sys.executable, "-c", hungry))
    (finding,) = read_glyphs(path).findings
    assert finding.value == "MemoryError"
    monkeypatch.setattr(read, "READER", (sys.executable, "-c", "import time; time.sleep(60)"))
    (finding,) = read_glyphs(path, limits=Limits(seconds=1)).findings
    assert finding.value == "1 s"
    busy = "import sys; from yakuba.characters.glyphs import _reader as r; r.confine(1 << 31, 1)\nwhile True: pass"
    monkeypatch.setattr(read, "READER", (sys.executable, "-c", busy))
    (finding,) = read_glyphs(path, limits=Limits(seconds=30)).findings
    assert finding.value.startswith("signal")


def test_the_reader_gets_no_secret_and_writes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.ttf"
    path.write_bytes(font({0xE000: CROSS}))
    monkeypatch.setenv("DATABASE_URL", "postgresql://yakuba:secret@localhost/yakuba")
    look = "import os, sys; sys.exit(7 if 'secret' in str(os.environ) else 8)"
    monkeypatch.setattr(read, "READER", (sys.executable, "-c", look))
    assert [one.value for one in read_glyphs(path).findings] == ["exit 8"]
    write = (
        "import sys; from yakuba.characters.glyphs import _reader as r; r.confine(1 << 31, 9)\n"
        "with open(sys.argv[1] + '.out', 'wb') as out: out.write(b'x')"
    )
    monkeypatch.setattr(read, "READER", (sys.executable, "-c", write))
    assert [one.value for one in read_glyphs(path).findings] == ["OSError"]


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"{}\n", b'{"glyphs": [["", "", 9, 9, 0, ""]], "findings": []}\n', b"[1]\n", b"\xff\n",
             b'{"glyphs": [], "findings": [{}]}\n', b'{"glyphs": [], "findings": []}\nmore',
             b'{"glyphs": [["", "", -1, -1, 0, ""]], "findings": []}\n '],
)  # fmt: skip
def test_what_a_reader_says_is_checked(data: bytes) -> None:
    with pytest.raises(ValueError, match="not a reading"):
        unpacked(data)


def test_what_is_no_font_is_a_finding_and_what_is_nowhere_an_error(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("氏名\n", encoding="utf-8")
    assert [one.code for one in read_glyphs(path).findings] == ["glyph_file_unknown"]
    path.write_bytes(b"")
    assert [one.code for one in read_glyphs(path).findings] == ["glyph_file_unknown"]
    with pytest.raises(UsageError, match="no such file"):
        read_glyphs(tmp_path / "nowhere.ttf")
    with pytest.raises(UsageError, match="unicode or cp932"):
        read_glyphs(path, codes="jis")
