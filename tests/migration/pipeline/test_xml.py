"""XML output: valid against the schema beside it, and cell for cell the CSV. Oracle: libxml2."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import etree
from tests.migration.pipeline.desk import GOOD, PROJECT, TABLE

from yakuba.layouts.read import standard
from yakuba.migration.pipeline.xml import xsd

if TYPE_CHECKING:
    from tests.migration.pipeline.desk import Desk

XML = PROJECT.replace('"parquet"]', '"xml"]')


def cells(desk: Desk) -> list[dict[str, str]]:
    """Rows of the XML file by official item name, read by libxml2."""
    _, group = standard("kihon").group("住登外者宛名番号管理/住登外者宛名基本情報")
    names = {item.identifier: item.name for item in group.items}
    root = etree.parse(desk.folder / "run" / f"{TABLE}.xml").getroot()
    return [{names[str(cell.tag)]: cell.text or "" for cell in row} for row in root]


def valid(desk: Desk) -> bool:
    schema = etree.XMLSchema(etree.parse(desk.folder / "run" / f"{TABLE}.xsd"))
    return schema.validate(etree.parse(desk.folder / "run" / f"{TABLE}.xml"))


def test_the_xml_says_what_the_csv_says_and_is_valid(desk: Desk) -> None:
    hard = '0005,"＜山＞&""",\' ]]> ,M,3640107,\n0006, 空白 ,𠮷葛\U000e0102,F,3640107,\n'
    desk.town(GOOD + hard, XML)
    desk.go()
    assert valid(desk)
    filled = [{name: text for name, text in row.items() if text} for row in desk.rows()]
    assert len(filled) == 6
    assert cells(desk) == filled


def test_line_ends_inside_a_cell_survive(desk: Desk) -> None:
    ends = '0005,"a\r\nb\rc\nd\te",五郎,M,3640107,\n'
    desk.town(GOOD.replace("\n", "\r\n").encode() + ends.encode(), XML)
    desk.go()
    assert cells(desk)[-1]["氏_日本人"] == "a\r\nb\rc\nd\te" == desk.rows()[-1]["氏_日本人"]


def test_control_characters_do_not_break_the_file(desk: Desk) -> None:
    desk.town(GOOD + "0005,戊\x01山\x1f,\ufffe五郎,M,3640107,\n", XML)
    desk.go()
    assert desk.rows()[-1]["氏_日本人"] == "戊\x01山\x1f"
    assert (cells(desk)[-1]["氏_日本人"], cells(desk)[-1]["名_日本人"]) == ("戊␁山␟", "\ufffd五郎")
    assert "control_character" in {code for code, line in desk.told() if line == "7"}


def test_an_empty_group_is_a_valid_file(desk: Desk) -> None:
    desk.town(GOOD.splitlines(keepends=True)[0], XML)
    desk.go()
    assert valid(desk)
    assert cells(desk) == []


def test_the_schema_refuses_what_the_layout_refuses(desk: Desk) -> None:
    """Full width in a half-width item, and a required item that is not there; both are findings too."""
    desk.town(GOOD, XML.replace('"ikou"', '"移行"'))
    desk.go()
    assert len(cells(desk)) == 4
    assert not valid(desk)
    desk.town(GOOD, XML.replace('"操作者ID" = { constant = "ikou" }\n', ""))
    desk.go("second")
    schema = etree.XMLSchema(etree.parse(desk.folder / "second" / f"{TABLE}.xsd"))
    assert not schema.validate(etree.parse(desk.folder / "second" / f"{TABLE}.xml"))


@pytest.mark.parametrize("selector", ["kihon", "chukan"])
def test_every_group_of_the_catalog_has_a_schema(selector: str) -> None:
    count = 0
    for layout, group in standard(selector):
        etree.XMLSchema(etree.fromstring(xsd(layout, group).encode()))
        count += 1
    assert count > 30
