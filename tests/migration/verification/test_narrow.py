"""Items that are empty so far are not parsed: the bytes must prove that nothing stands there."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - pytest looks at the annotation

import pytest
from polars.exceptions import PolarsError

from yakuba.kernel.errors import NotProvenError
from yakuba.migration.verification import reread
from yakuba.migration.verification.reread import CsvReread
from yakuba.migration.verification.written import Written

ITEMS = ("番号", "氏名", "空", "方書", "備考")


def blocks(path: Path, body: str, monkeypatch: pytest.MonkeyPatch) -> list[list[tuple[str, ...]]]:
    """Rows by block; each line is a block of its own."""
    monkeypatch.setattr(reread, "BLOCK_BYTES", 8)
    path.write_bytes((",".join(ITEMS) + "\n" + body).encode())
    return [block.rows() for block in CsvReread(Written("g", ITEMS, path, path))]


def rows(path: Path, body: str, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    return [row for block in blocks(path, body, monkeypatch) for row in block]


def test_an_item_that_is_filled_late_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = rows(tmp_path / "x.csv", '1,a,,,\n2,b,,,\n3,c,x,,\n4,d,,"y,\n",\n5,e,,,z\n6,,,,\n', monkeypatch)
    assert found == [
        ("1", "a", "", "", ""),
        ("2", "b", "", "", ""),
        ("3", "c", "x", "", ""),
        ("4", "d", "", "y,\n", ""),
        ("5", "e", "", "", "z"),
        ("6", "", "", "", ""),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "3,c,,\n",  # a separator less
        "3,c,,,,\n",  # one more
        "3,c,,x\n",  # a value in its place: the record is as long as it should be
        "3,c,,,,\n4,d,,\n",  # one more, then one less: the block is as long as it should be
        "3,c,,\n4,d,,,,\n",
    ],
)
def test_a_record_with_other_fields_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    monkeypatch.setattr(reread, "BLOCK_BYTES", 1 << 20)
    path = tmp_path / "x.csv"
    reader = CsvReread(Written("g", ITEMS, path, path))
    assert reader._whole(b"1,a,,,\n").height == 1
    assert reader._narrow(b"2,b,,,\n") is not None
    assert reader._narrow(b"2,b,,,\n" + body.encode()) is None
    with pytest.raises((NotProvenError, PolarsError)):
        reader._whole(b"2,b,,,\n" + body.encode())
