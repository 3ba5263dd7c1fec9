"""gz and zip: the same records as from the plain file."""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from yakuba.kernel.errors import CannotContinueError

if TYPE_CHECKING:
    from tests.migration.intake.conftest import Bench

TEXT = "A,B\n" + "".join(f"{n},甲野\n" for n in range(1000))


def packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_gz(bench: Bench) -> None:
    data = gzip.compress(TEXT.encode("cp932"))
    bench.put("a.csv.gz", data)
    out = bench.stage("*.gz", encoding="cp932")
    assert out.staged.records == 1000
    assert out.staged.files[0].sha256 == hashlib.sha256(data).hexdigest()
    assert out.staged.files[0].bytes == len(data)


def test_members_of_a_zip(bench: Bench) -> None:
    one, two = TEXT.encode("cp932"), "A,B\n9,乙\n".encode("cp932")
    bench.put("dump.zip", packed({"JUMIN2.csv": two, "JUMIN1.csv": one, "other.csv": b"X"}))
    out = bench.stage("dump.zip/JUMIN*.csv", encoding="cp932")
    assert out.staged.records == 1001
    assert [file.path for file in out.staged.files] == ["dump.zip/JUMIN1.csv", "dump.zip/JUMIN2.csv"]
    assert out.staged.files[0].sha256 == hashlib.sha256(one).hexdigest()


def test_a_member_named_in_cp932(bench: Bench) -> None:
    raw = packed({"XXXX.csv": b"A,B\n1,2\n"}).replace(b"XXXX", "住民".encode("cp932"))
    bench.put("dump.zip", raw)
    out = bench.stage("dump.zip/住*.csv")
    assert out.staged.files[0].path == "dump.zip/住民.csv"
    assert out.rows == [("1", "2")]


@pytest.mark.parametrize("name", ["a.csv.gz", "a.zip"])
def test_a_packed_file_cut_off_stops_and_leaves_nothing_complete(bench: Bench, name: str) -> None:
    whole = gzip.compress(TEXT.encode()) if name.endswith("gz") else packed({"a.csv": TEXT.encode()})
    bench.put(name, whole[: len(whole) // 2])
    with pytest.raises(CannotContinueError, match=name):
        bench.stage(name)
    assert not (bench.dump.parent / "work" / "staged.json").exists()


def test_a_damaged_member_stops(bench: Bench) -> None:
    whole = bytearray(packed({"a.csv": TEXT.encode()}))
    whole[len(whole) // 2] ^= 0xFF
    bench.put("a.zip", bytes(whole))
    with pytest.raises(CannotContinueError, match=r"a\.zip/a\.csv: .*damaged"):
        bench.stage("a.zip/*.csv")
