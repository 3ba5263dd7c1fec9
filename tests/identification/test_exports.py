"""What goes out: the 外字対応表 converts names as it is; the vendor's zip has every decided glyph with its picture.

Oracle: the reader of 外字対応表 that migrations use, and `yakuba.characters.convert`.
"""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import polars as pl
from click.testing import CliRunner
from PIL import Image
from tests.identification.maker import NABE, brought, line
from tests.identification.test_ledger import settled

from yakuba.characters import convert, tables
from yakuba.characters.vendor import Likeness, read_vendor_table
from yakuba.cli import root
from yakuba.identification import queries, services
from yakuba.identification.standing import Choice

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tenancy.cast import Cast

    from yakuba.tenancy.acting import Actor

CHOICES = {
    0: Choice(NABE[0], Likeness.SAME),
    1: Choice(NABE[5], Likeness.DESIGN),
    2: Choice(NABE[2], Likeness.SIMILAR),
    3: Choice("", Likeness.NONE),
}


def decided(cast: Cast) -> int:
    made = brought(cast.clerk, *NABE[:5])
    settled(cast.clerk, cast.protector, made, CHOICES)
    return made


def test_the_mapping_converts_names_as_it_is(cast: Cast, tmp_path: Path) -> None:
    made = decided(cast)
    path = tmp_path / "gaiji.csv"
    path.write_bytes(queries.mapping(cast.clerk, made))
    table = read_vendor_table(path)
    forms = tables.form_by_name()
    assert table.forms == {chr(0xE000 + place): forms[CHOICES[place].mj] for place in range(3)}
    assert table.undecided == {"\ue003"}

    names = pl.Series(["渡\ue000", "渡\ue001", "渡\ue003", "渡\ue004"])
    converted = convert(names, source="unicode", vendor=table)
    assert converted.values.to_list() == [f"渡{forms[NABE[0]]}", f"渡{forms[NABE[5]]}", "渡\ue003", "渡\ue004"]
    assert converted.unresolved["character"].to_list() == ["U+E003", "U+E004"]

    (tmp_path / "names.csv").write_text("氏名\n渡\ue001\n", "utf-8")
    words = ["characters", "convert", str(tmp_path / "names.csv"), "--columns", "氏名", "--source", "unicode"]
    result = CliRunner().invoke(root, [*words, "--gaiji", str(path), "--out", str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    assert forms[NABE[5]] in (tmp_path / "out" / "converted.csv").read_text("utf-8")


def test_the_mapping_says_who_has_decided_and_whose_decision_was_used(
    cast: Cast, neighbours: tuple[Actor, Actor]
) -> None:
    made = decided(cast)
    rows = list(csv.DictReader(StringIO(queries.mapping(cast.clerk, made).decode())))
    assert {row["決定者"] for row in rows} == {f"{cast.clerk.name}・{cast.protector.name}"}
    assert all(row["決定日"] for row in rows)
    theirs = brought(neighbours[0], NABE[0])
    services.settle_together(neighbours[0], theirs, {line(neighbours[0], theirs).id})
    (row,) = csv.DictReader(StringIO(queries.mapping(neighbours[0], theirs).decode()))
    assert row["決定者"] == f"{neighbours[0].name}（見本町の決定を利用）"


def test_the_vendor_gets_codes_and_pictures(cast: Cast) -> None:
    made = decided(cast)
    with ZipFile(BytesIO(queries.vendor_folder(cast.operator, made))) as packed:
        text = packed.read("vendor.csv").decode("utf-8-sig")
        rows = list(csv.DictReader(StringIO(text)))
        assert [row["外字コード"] for row in rows] == ["U+E000", "U+E001", "U+E002", "U+E003"]
        assert (rows[1]["MJ名"], rows[1]["Unicode"], rows[1]["IVS"]) == ("MJ026195", "U+9089", "U+9089 U+E011C")
        assert (rows[0]["IVS"], rows[3]["MJ名"], rows[3]["区分"]) == ("", "", "該当なし")
        for row in rows:
            with Image.open(BytesIO(packed.read(row["字形画像"]))) as image:
                assert max(image.size) > 20
    assert len(rows) == 4
