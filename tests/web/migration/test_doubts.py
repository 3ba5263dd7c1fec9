"""What a look at a dump is not sure of is said in Japanese."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from yakuba.migration.proposal import look
from yakuba.web.migration.doubts import doubt

if TYPE_CHECKING:
    from pathlib import Path

DUMPS = {
    "broken.csv": b"A,B\r\n" + b"1,2\r\n" * 50 + b"3,4,5\r\n" * 2,
    "mixed.csv": b"A,B\r\n" + "1,住民課\r\n".encode("cp932") * 60 + "2,税務課の記録\r\n".encode() * 3,
    "guess.csv": "NAMAE,MACHI\r\n町田　花子,中央一丁目\r\n佐藤　一郎,東二丁目\r\n".encode(),
}


@pytest.mark.parametrize("name", DUMPS)
def test_real_doubts_are_known(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(DUMPS[name])
    found = [text for source in look(tmp_path).sources for text in source.doubts]
    assert found
    assert [text for text in found if doubt(text) == text] == []


def test_an_unknown_one_stays_as_it_is() -> None:
    assert doubt("something new") == "something new"
