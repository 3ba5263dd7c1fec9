"""Digests of source columns in the evidence: of a plain copy it is the item's own, and always that of the dump's text.

Oracle: the digest spelled out over the cells of the dump as Python's csv module reads them.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from tests.migration.pipeline.desk import CODES, COLUMNS, GOOD, HEAD, HEADER, PROJECT, SOURCE, TABLE_OF_ATENA

from yakuba.migration.verification.digest import digest_frame

if TYPE_CHECKING:
    from tests.migration.pipeline.desk import Desk

FIXED = PROJECT.replace("[codes", '[cleansing]\nrules = ["half_width_digits", "full_width_text"]\n[codes', 1)
SECOND = SOURCE.replace('"atena"', '"gai"').replace("ATENA*", "GAI*")
BOTH = HEAD + SOURCE + SECOND + TABLE_OF_ATENA + TABLE_OF_ATENA.replace('"atena"', '"gai"') + CODES
WHERE = HEAD + SOURCE + TABLE_OF_ATENA.replace(COLUMNS, f'where = {{ SEX = ["M"] }}\n{COLUMNS}') + CODES
CASES = {
    "copied as it is": (GOOD, PROJECT),
    "corrected": (GOOD + "０００５,Abe,五郎,M,3640107,\n", FIXED),
    "a row is merged": (GOOD + GOOD.splitlines()[1] + "\n", PROJECT),
    "a row is rejected": (GOOD + ",無番,六,M,3640107,\n", PROJECT),
    "a record is unreadable": (GOOD + "0007,七\n", PROJECT),
    "an unresolved character": (GOOD + "0008,\ue000田,八,M,3640107,\n", PROJECT),
    "rows are taken by condition": (GOOD, WHERE),
    "two sources in one group": (GOOD, BOTH),
}


@pytest.mark.parametrize("case", CASES)
def test_every_source_column_has_the_digest_of_its_text(desk: Desk, case: str) -> None:
    data, project = CASES[case]
    desk.town(data, project)
    desk.put("GAI.csv", HEADER + "9001,外山,一,M,3640107,a\n")
    desk.go()
    for source in entries(desk, "source"):
        text = GAI if source["source"] == "gai" else data
        assert source["columns"] == [facts.as_dict() for facts in digest_frame(read(text))]


GAI = HEADER + "9001,外山,一,M,3640107,a\n"


def read(text: str) -> pl.DataFrame:
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    return pl.DataFrame(
        [row for row in rows if len(row) == len(head)], schema=dict.fromkeys(head, pl.String), orient="row"
    )


def entries(desk: Desk, kind: str) -> list[dict[str, Any]]:
    evidence = json.loads((desk.folder / "run/evidence/evidence.json").read_text("utf-8"))
    return [entry["content"] for entry in evidence["entries"] if entry["kind"] == kind]
