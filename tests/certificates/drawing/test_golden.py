"""Every page of every kind looks as it did when somebody looked at it; a single other character is seen."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.certificates.drawing import golden
from tests.certificates.drawing.conftest import Bench, bench

from yakuba.certificates.drawing import render
from yakuba.certificates.kinds import kinds

if TYPE_CHECKING:
    import numpy as np

    from yakuba.certificates.samples import Sample

pytestmark = pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="the Debian package poppler-utils draws pages")


@pytest.mark.parametrize("sample", golden.drawn(), ids=lambda one: f"{one.kind.identifier}-{one.name}")
def test_every_page_looks_as_it_did(sample: Sample) -> None:
    found = golden.pages(sample)
    kept = sorted(golden.FOLDER.glob(f"{sample.kind.identifier}-{sample.name}-*.png"))
    assert len(found) == len(kept)
    for path, picture in zip(kept, found, strict=True):
        assert golden.difference(golden.read_png(path), picture) <= golden.TOLERANCE, path.name


def test_every_kind_has_pictures_and_no_picture_is_left_over() -> None:
    kept = {path.name for path in golden.FOLDER.glob("*.png")}
    assert {name.split("-")[0] for name in kept} == set(kinds())
    assert {name.rsplit("-", 1)[0] for name in kept} == {f"{one.kind.identifier}-{one.name}" for one in golden.drawn()}
    assert sum(path.stat().st_size for path in golden.FOLDER.glob("*.png")) < 3_000_000


@pytest.mark.parametrize(
    "items", [{"氏名": "葛西　一"}, {"氏名": "葛\U000e0103西　一"}, {"生年月日": "1926-12-24"}, {"続柄表記": "世帶主"}]
)
def test_another_character_is_seen(items: dict[str, str]) -> None:
    case = bench("juminhyo", "異体字と不詳日")
    right = picture(case)
    assert golden.difference(right, picture(case.person(0, **items))) > golden.TOLERANCE


def picture(case: Bench) -> np.ndarray:
    """The first page; the code is the same, so that the words alone make the difference."""
    case.look = replace(case.look, copy_guard=False)
    return golden.rasterised(render(case.compose(), golden.CODE).pdf)[0]
