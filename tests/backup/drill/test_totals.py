"""Control totals: an amount that changed after the load, a sender who counted wrong, a sender who did not count.

Oracle: the files that were sealed, added up by Python.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.backup.bcp.vaults import Sealed, sealed
from tests.backup.drill.drills import alarms, drill
from tests.backup.drill.tampering import ITEM, TABLE

from yakuba.backup.drill import counting as drilled
from yakuba.backup.drill import living
from yakuba.registry.queries import totals
from yakuba.registry.services import load
from yakuba.vault.services.restore import restore
from yakuba.vault.tables import totals as counting
from yakuba.vault.tables import whole_table

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

    from yakuba.tenancy.acting import Actor
    from yakuba.vault.tables.totals import Totals

NAME = "/".join(TABLE)

pytestmark = pytest.mark.usefixtures("quickly")


def summed(folder: Path) -> dict[str, Decimal]:
    """Of every item of the file, cells that are whole numbers."""
    found = Counter[str]()
    with next((folder / "data").glob("x08_*/fukajoho.csv")).open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            found.update({item: int(cell) for item, cell in row.items() if cell.removeprefix("-").isdecimal()})
    return {item: Decimal(number) for item, number in found.items()}


def sealed_totals(vault: Sealed, out: Path) -> dict[str, Totals | None]:
    """As a restore gives them out."""
    restore(vault.place, identity=vault.identity, out=out)
    return {one["name"]: one["totals"] for one in json.loads((out / "generation.json").read_text("utf-8"))["tables"]}


def test_file_sender_and_database_agree_and_one_who_counted_wrong_or_not_at_all_is_told(
    vault: Sealed, centre: Actor, moved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said, right = sealed_totals(vault, tmp_path / "out"), summed(moved)
    assert said[NAME] == {item: [str(right.get(item, 0)), 0] for item in said[NAME] or ()}
    assert right[ITEM] > 0
    load(moved, centre)
    assert totals(centre, {NAME: [ITEM]}) == {NAME: {ITEM: (right[ITEM], 0)}}
    good = drilled.added_up(said, centre.municipality)
    assert (good["unknown"], good["differing"], good["compared"] > 50) == ([], [], True)

    def wrong(frame: pl.DataFrame, items: tuple[str, ...]) -> Totals:
        return {name: [str(int(number) - 5), others] if name == ITEM else [number, others]
                for name, (number, others) in counting.totals(frame, items).items()}  # fmt: skip

    monkeypatch.setattr(whole_table, "added_up", wrong)
    bad = drilled.added_up(sealed_totals(sealed(tmp_path / "wrong", moved), tmp_path / "other"), centre.municipality)
    assert bad["differing"] == [(NAME, ITEM, "5")]
    # A generation of before there were totals.
    assert drilled.added_up({NAME: None, "予備/x": {}}, centre.municipality) == {
        "compared": 0, "unknown": [NAME], "differing": [],
    }  # fmt: skip


def test_an_amount_changed_in_the_restored_database_fails_by_its_item(
    vault: Sealed, centre: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(living, "INSIDE", "tests.backup.drill.tampering")
    held = drill(vault, centre)
    assert held.findings == (("totals_differ", f"{NAME}「{ITEM}」: 登録簿の合計が封印した合計と 1 違います"),)
    assert held.document["totals"]["differing"] == [[NAME, ITEM, "1"]]
    assert alarms(centre) == ["drill"]
    page = held.files[1].read_text("utf-8")
    assert f"{ITEM}」" in page
