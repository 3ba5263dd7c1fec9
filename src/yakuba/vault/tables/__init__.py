"""The tables of a generation (世代の表): a folder of standard-layout CSV ⇄ the content of a sealed object.

Content of an object: 8 bytes big-endian length of the header, the header (JSON, UTF-8), then the parts. A part is a
Parquet file (zstd); its offset counts from the end of the header.

A full table is all its rows, in the order of the feed, in parts of some thousand rows. A delta table is counted
against the table in the generation before: `removed`, positions there in ascending order, each stored as the
difference from the one before it; and `added`, whole rows that follow the surviving ones. Cells are text and never
null; a column that is empty in every row of a part is left out of the part.

The text of a row is its CSV record as `layouts.csv_text` writes it, without the line end. Its digest is the first 16
bytes of SHA-256 over the salt's letters and that text; the table's digest is the sum of its rows' digests as big-endian
numbers, modulo 2**128, and so knows nothing of their order.
"""
