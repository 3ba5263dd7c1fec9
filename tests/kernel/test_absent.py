from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakuba.kernel.absent import Absence, absence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Absence.EMPTY),
        (" ", Absence.EMPTY),
        ("　　", Absence.EMPTY),
        ("なし", Absence.NONE),
        ("　なし ", Absence.NONE),
        ("不明", Absence.UNKNOWN),
        ("なしだ", None),
        ("不明瞭", None),
        ("梨", None),
        ("0", None),
        ("年月日不詳", None),
    ],
)
def test_three_different_values(text: str, expected: Absence | None) -> None:
    assert absence(text) is expected


def test_every_kind_is_written_as_its_text_and_read_back() -> None:
    assert [absence(str(kind)) for kind in Absence] == list(Absence)
    assert len({str(kind) for kind in Absence}) == 3


@given(st.text())
def test_content_is_never_absent(text: str) -> None:
    content = text.strip(" 　") not in ("", "なし", "不明")
    assert (absence(text) is None) == content
