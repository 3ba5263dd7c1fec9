"""Columns find their standard items by name, and the values say how they must be converted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from yakuba.migration.proposal.names import is_known_name, spelled

if TYPE_CHECKING:
    from tests.migration.proposal.conftest import Bench

    from yakuba.migration.contracts import ColumnSpec

HEAD = ("ATENA_NO", "RIREKI_NO", "SETAI_NO", "SIMEI", "KANA", "SEX", "UMARE", "ZIP", "KATAGAKI", "MYSTERY")


def residents() -> str:
    rows = [
        (
            f"{n:010}",
            "1",
            f"{n // 3:010}",
            f"甲野　{n}",
            "ｺｳﾉ ﾊﾅ",
            "MF"[n % 2],
            f"3{n % 60 + 3:02}0{n % 9 + 1}15",
            "060-0001",
            "",
            "?",
        )
        for n in range(300)
    ]
    return "".join(",".join(row) + "\n" for row in (HEAD, *rows))


def columns(bench: Bench) -> dict[str, ColumnSpec]:
    (table,) = bench.project().tables
    return {column.item: column for column in table.columns}


def test_residents_are_recognised(bench: Bench) -> None:
    bench.put("JUKI.CSV", residents(), "cp932")
    project = bench.project()
    assert [table.group for table in project.tables] == ["住民基本台帳/住民情報"]
    found = columns(bench)
    assert found["宛名番号"].sources == ("ATENA_NO",)
    assert dict(found["生年月日"].steps) == {"date": "era7"}
    assert dict(found["住所_郵便番号"].steps) == {"replace": {"-": ""}}
    assert dict(found["氏名_フリガナ"].steps) == {"width": "full"}
    assert dict(found["性別"].steps) == {"codes": "juki_SEX"}
    assert project.codes["juki_SEX"] == {"M": "1", "F": "2"}
    assert dict(found["個人履歴番号_枝番号"].steps) == {"constant": "0"}
    assert dict(found["市区町村コード"].steps) == {"constant": "990019"}
    used = {name for column in found.values() for name in column.sources}
    assert "MYSTERY" not in used


def test_a_column_whose_name_promises_too_much_is_not_taken(bench: Bench) -> None:
    bench.put("JUKI.CSV", residents().replace("KATAGAKI,MYSTERY", "MYSTERY,KATAGAKI"), "cp932")
    assert columns(bench)["住所_方書"].sources == ("KATAGAKI",)
    bench.put("other.csv", "A1,B2,C3\n" + "1,2,3\n" * 9)
    assert len(bench.project().tables) == 1


def test_a_group_without_its_key_is_proposed_as_a_comment(bench: Bench) -> None:
    bench.put("JUKI.CSV", residents().replace("ATENA_NO", "NANDA_KORE"), "cp932")
    project = bench.project()
    text = (bench.folder / "project.toml").read_text(encoding="utf-8")
    assert project.tables == ()
    assert "no column was found for the key 宛名番号" in text
    assert '# "氏名" = "SIMEI"' in text


def test_codes_that_do_not_fit_wait_for_their_table(bench: Bench) -> None:
    head, *rows = residents().splitlines()
    lines = [f"{head},IDO_JIYU", *(f"{row},{'101' if n % 2 else '202'}" for n, row in enumerate(rows))]
    bench.put("JUKI.CSV", "\n".join(lines) + "\n", "cp932")
    assert "異動事由" not in columns(bench)
    text = (bench.folder / "project.toml").read_text(encoding="utf-8")
    assert "IDO_JIYU → 異動事由: values seen: 101 ×150, 202 ×150" in text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SHIMEI", "simei"),
        ("JUSHO", "JUSYO"),
        ("SETAI_BANGOU", "setaibango"),
        ("Choaza", "TYOAZA"),
        ("FURIGANA", "HURIGANA"),
    ],
)
def test_romaji_in_other_spellings(one: str, other: str) -> None:
    assert spelled(one) == spelled(other)


def test_known_names() -> None:
    assert all(map(is_known_name, ("宛名番号", "atenabango", "ATENA_NO", "ＡＴＥＮＡ＿ＮＯ", "氏名", "SEX")))
    assert not any(map(is_known_name, ("", " ", "zzz", "1", "2020-01-01")))
