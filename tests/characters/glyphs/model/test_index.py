from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.glyph_index import known_index

from yakuba.characters import tables
from yakuba.characters.glyphs import index as module
from yakuba.characters.glyphs import mj_font as fonts
from yakuba.characters.glyphs.index import Index, index_path
from yakuba.characters.glyphs.mj_font import Entry, MjFont, mj_font
from yakuba.characters.glyphs.model import Model, model, model_folder
from yakuba.kernel.errors import CannotContinueError
from yakuba.kernel.source import read_source

if TYPE_CHECKING:
    from pathlib import Path


def test_every_character_that_can_be_drawn_is_there_once() -> None:
    known = known_index()
    names = [name for entry in known.entries for name in entry.names]
    assert len(names) == len(set(names))
    assert set(names) <= tables.form_by_name().keys()
    assert len(tables.form_by_name()) - len(names) <= 2
    assert len({entry.glyph for entry in known.entries}) == len(known.entries) == len(known.vectors)


def test_the_index_is_small() -> None:
    known = known_index()
    assert known.vectors.nbytes <= 60_000_000
    assert np.linalg.norm(known.wide(slice(0, 100)), axis=1) == pytest.approx(np.ones(100), abs=0.02)


def test_the_nearest_come_first_and_of_equals_the_lower_row() -> None:
    some = Index(tuple(Entry(row, (f"MJ{row}",)) for row in range(4)), np.eye(4, dtype=np.int8), 1.0)
    rows, cosines = some.nearest(np.array([[0.9, 0.3, 0.3, 0.0], [0.0, 0.0, 0.0, 1.0]], np.float32), 3)
    assert rows.tolist()[0] == [0, 1, 2]
    assert rows[1, 0] == 3
    assert cosines[0].tolist() == pytest.approx([0.9, 0.3, 0.3])


def test_a_broken_index_is_built_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known_index()
    entries = module._entries()[:40]
    monkeypatch.setattr(module, "_entries", lambda: entries)
    monkeypatch.setattr(module, "_loaded", {})
    monkeypatch.setenv("YAKUBA_HOME", str(tmp_path))
    path = index_path()
    path.parent.mkdir(parents=True)
    for broken in (b"", b"PK\x03\x04 and then nothing", b"x" * 4000):
        path.write_bytes(broken)
        module._loaded.clear()
        assert len(module.index().vectors) == 40
        assert path.read_bytes() != broken
    module._loaded.clear()
    again = module.index()
    assert again.vectors.shape == (40, model().size)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_home_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known_index()
    entries = module._entries()[:10]
    monkeypatch.setattr(module, "_entries", lambda: entries)
    monkeypatch.setattr(module, "_loaded", {})
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("YAKUBA_HOME", str(tmp_path / "file"))
    with pytest.raises(CannotContinueError, match="cannot be written"):
        module.index()


def test_without_the_font_the_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "find_font", lambda: None)
    with pytest.raises(CannotContinueError, match="fonts-ipamj-mincho"):
        mj_font.__wrapped__()


def test_a_file_that_is_no_font_is_told(tmp_path: Path) -> None:
    (tmp_path / "ipamjm.ttf").write_bytes(b"<html>")
    with pytest.raises(CannotContinueError, match="not a font"):
        MjFont(tmp_path / "ipamjm.ttf")


def test_a_missing_or_broken_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotContinueError, match=r"model\.onnx"):
        Model(tmp_path / "model.onnx")
    (tmp_path / "model.onnx").write_bytes(b"no model")
    with pytest.raises(CannotContinueError, match="broken"):
        Model(tmp_path / "model.onnx")


def test_the_model_is_the_one_that_its_source_names() -> None:
    how = read_source(model_folder()).how
    assert model().digest in how
    assert (model_folder() / "model.onnx").stat().st_size <= 4_000_000


def test_vectors_do_not_depend_on_what_they_come_with() -> None:
    random = np.random.default_rng(0)
    pictures = [(random.random((40, 50)) > 0.6).astype(np.uint8) * np.uint8(255) for _ in range(70)]
    together = model().embed(pictures)
    assert together.shape == (70, model().size)
    assert np.abs(together - np.concatenate([model().embed([one]) for one in pictures])).max() < 1e-5
    assert np.linalg.norm(together, axis=1) == pytest.approx(np.ones(70), abs=1e-5)
    assert model().embed([]).shape == (0, model().size)
