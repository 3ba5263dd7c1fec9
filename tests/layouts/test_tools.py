"""The scripts that recreate official folders give the shipped ones. Oracle: the official tables themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools import catalog_031_api, catalog_031_sheet, catalog_municipalities

from yakuba.kernel.discover import catalog_root
from yakuba.layouts.importing import import_workbook

REFERENCE = Path(__file__).parents[2].parent / "shared" / "reference"


def shared(name: str) -> Path:
    path = REFERENCE / name
    if not path.exists():
        pytest.skip(f"{path} is not here: the reference data are not shipped")
    return path


def same(made: Path, shipped: Path) -> None:
    assert sorted(path.name for path in made.iterdir()) == sorted(path.name for path in shipped.iterdir())
    for path in made.iterdir():
        assert path.read_bytes() == (shipped / path.name).read_bytes(), path.name


def test_031_of_the_api_specification(tmp_path: Path) -> None:
    request, response = (shared(f"digital_agency/api_fuban_{name}.csv") for name in ("request", "response"))
    catalog_031_api.main(request, response, tmp_path)
    place = "kihon/2023-03/031_jutogaishaatenabangokanri"
    same(tmp_path / place, catalog_root() / "standards" / place)


def test_031_of_the_item_sheet(tmp_path: Path) -> None:
    path = shared("digital_agency/2026-08_digital-agency_atenabango-kanri_item-definition.xlsx")
    found = import_workbook(path, tmp_path, catalog_031_sheet.FACTS)
    same(tmp_path / found.id, catalog_root() / "standards" / found.id)


def test_municipalities(tmp_path: Path) -> None:
    made = tmp_path / "2024-01-01.csv"
    catalog_municipalities.main(shared("lgcode/lgcode_20240101.csv"), made)
    assert made.read_bytes() == (catalog_root() / "municipalities" / made.name).read_bytes()
