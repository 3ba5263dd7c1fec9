"""How often a right surname is called strange, measured on the surnames that Japan really has.

Provenance: shuheilocale/japanese-personal-name-dataset (MIT), 1,999 surnames with estimated numbers of persons.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from yakuba.migration.checks._kana import plausible

NAMES = Path(__file__).resolve().parents[4] / "shared" / "reference" / "names" / "last_name_org.csv"


@pytest.mark.skipif(not NAMES.exists(), reason="the reference data are not beside this checkout")
def test_right_names_pass_and_strange_ones_are_found() -> None:
    with NAMES.open(encoding="utf-8", newline="") as stream:
        people = [(row[0], row[2], int(row[1])) for row in csv.reader(stream)]
    total = sum(count for _, _, count in people)
    strange = sum(count for name, kana, count in people if not plausible(name, kana))
    assert strange / total < 0.001
    readings = [kana for _, kana, _ in people]
    # Every surname gets the reading of one far away in the list.
    pairs = zip(people, readings[777:] + readings[:777], strict=True)
    noticed = sum(count for (name, _, count), kana in pairs if not plausible(name, kana))
    assert noticed / total > 0.6
