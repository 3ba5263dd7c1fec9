"""XML form of a written group, and the schema (XSD) beside it.

The official XML form of 中間標準レイアウト could not be read, so the form is our own and says so in both files:
one element per row, one child per filled item, named by the item's romaji identifier.

XML has no way to write control characters. Each stands as its picture (U+2400 and on) and the two noncharacters as
U+FFFD; a row that holds one has a finding, and CSV and Parquet have it as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

import polars as pl

from yakuba.layouts.model import DataType, Output
from yakuba.migration.whole import whole

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.layouts.model import Group, Item, Layout

BLOCK = 100_000
"""Rows turned into text at a time."""

_WRITTEN = {
    **{chr(code): chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n\r"},
    **dict.fromkeys("\ufffe\uffff", "\ufffd"),
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "\r": "&#13;",
}
"""How characters that XML cannot have as they are stand in it."""

_PATTERNS = {
    DataType.HALF: r"[ -~]*",
    DataType.INTEGER: r"[0-9]*",
    DataType.SIGNED: r"-?[0-9]*",
    DataType.DECIMAL: r"-?[0-9]*(\.[0-9]*)?",
}


def write_xml(csv: Path, xml: Path, layout: Layout, group: Group) -> None:
    """Write `csv` (a written group) again as XML, a block of rows at a time.

    Args:
        csv: the written standard-layout file. xml: where to; the schema gets the same name with `.xsd`.
    """
    names = {item.name: item.identifier for item in group.items}
    head = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{group.identifier} layout={quoteattr(layout.id)}'
        f" standing={quoteattr(layout.source.standing)} name={quoteattr(f'{layout.business}/{group.name}')}>\n"
    )
    texts = pl.scan_csv(csv, infer_schema=False)
    total = texts.select(pl.len()).collect().item()
    row = pl.concat_str([pl.lit("<row>"), *(_element(name, tag) for name, tag in names.items()), pl.lit("</row>\n")])
    with whole(xml) as temporary, temporary.open("w", encoding="utf-8", newline="") as stream:
        stream.write(head)
        for start in range(0, total, BLOCK):
            block = texts.slice(start, BLOCK).select(row.alias("row")).collect()
            stream.write("".join(block["row"]))
        stream.write(f"</{group.identifier}>\n")
    with whole(xml.with_suffix(".xsd")) as temporary:
        temporary.write_text(xsd(layout, group), encoding="utf-8")


def _element(name: str, tag: str) -> pl.Expr:
    text = pl.col(name).str.replace_many(list(_WRITTEN), list(_WRITTEN.values()))
    return pl.format(f"<{tag}>{{}}</{tag}>", text).fill_null("")


def xsd(layout: Layout, group: Group) -> str:
    """Schema of the XML form of a group, made from the layout's own types, digits and conditions."""
    items = "".join(_declared(item) for item in group.items)
    note = escape(f"{layout.business}/{group.name} {layout.id} ({layout.source.standing}: {layout.source.title})")
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:annotation><xs:documentation>{note}</xs:documentation></xs:annotation>
<xs:element name="{group.identifier}"><xs:complexType><xs:sequence>
<xs:element name="row" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>
{items}</xs:sequence></xs:complexType></xs:element>
</xs:sequence>
<xs:attribute name="layout" use="required"/><xs:attribute name="standing" use="required"/>
<xs:attribute name="name" use="required"/>
</xs:complexType></xs:element>
</xs:schema>
"""


def _declared(item: Item) -> str:
    least = 1 if item.output is Output.REQUIRED or item.key else 0
    rules = ""
    if item.type in _PATTERNS:
        rules += f"<xs:pattern value={quoteattr(_PATTERNS[item.type])}/>"
    base = f'<xs:restriction base="xs:string">{rules}</xs:restriction>'
    return (
        f'<xs:element name="{item.identifier}" minOccurs="{least}"><xs:annotation><xs:documentation>'
        f"{escape(item.name)}</xs:documentation></xs:annotation><xs:simpleType>{base}</xs:simpleType></xs:element>\n"
    )
