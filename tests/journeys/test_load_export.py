"""The exit from the vendor: a town of every old system goes in and comes out again, file by file the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.installation import prepared
from tests.journeys.towns import make_town, move
from tests.world import TOWN_A

from yakuba.migration.pipeline.run import run

prepared()

TOWNS = [("vendor-a", "realistic"), ("vendor-c", "realistic"), ("chukan", "none")]


@pytest.mark.parametrize(("form", "defects"), TOWNS)
@pytest.mark.usefixtures("database")
def test_migrate_load_export_compare(form: str, defects: str, tmp_path: Path) -> None:
    from tests.registry.desk import csv_files

    from yakuba.registry import queries
    from yakuba.registry.models import Resident
    from yakuba.registry.services import export, load
    from yakuba.tenancy import audit
    from yakuba.tenancy.acting import system
    from yakuba.tenancy.database.walls import wall
    from yakuba.tenancy.models import Municipality

    moved = move(tmp_path, form, defects, residents=60).out
    Municipality.objects.create(code=TOWN_A, name="見本町", kana="", prefecture="見本県")
    town = system(TOWN_A)
    loaded = load(moved, town)
    files = csv_files(moved)
    exported = export(tmp_path / "out", town, queries.loads(town)[0].standard)
    assert csv_files(tmp_path / "out") == files
    reserve = sum(rows for name, rows in loaded.tables.items() if name.startswith("予備/"))
    assert exported.rows == loaded.rows - reserve
    assert not exported.reserved
    with wall(TOWN_A):
        people = list(Resident.objects.filter(removed=False, outsider=False, protected=False)[:20])
    assert people
    for one in people:
        found = queries.search(town, one.name)
        assert one.addressee in [line.addressee for line in found.items]
        assert queries.resident(town, one.addressee)
    assert not audit.verify(town)


@pytest.mark.usefixtures("database")
def test_columns_without_a_place_in_the_standard_come_back_too(tmp_path: Path) -> None:
    from tests.registry.desk import csv_files

    from yakuba.registry import queries
    from yakuba.registry.services import export, load
    from yakuba.tenancy.acting import system
    from yakuba.tenancy.models import Municipality

    project = make_town(tmp_path / "dump", "vendor-a", "none", residents=20)
    dump = project.parent / "JUKI.CSV"
    head, *lines = dump.read_text("cp932").splitlines()
    spoken = [f"{head},DOKUJI", *(f'{line},"町独自, {number}"' for number, line in enumerate(lines))]
    dump.write_text("\r\n".join(spoken) + "\r\n", "cp932", newline="")
    out = Path(run(project, tmp_path / "run", key_home=tmp_path / "keys").out)
    Municipality.objects.create(code=TOWN_A, name="見本町", kana="", prefecture="見本県")
    town = system(TOWN_A)
    load(out, town)
    export(tmp_path / "out", town, "kihon")
    assert csv_files(tmp_path / "out") == csv_files(out)
    assert "町独自, 0".encode() in csv_files(tmp_path / "out")["data/yobi/juki.csv"]
    number = lines[0].split(",")[0].strip('"')
    reserve = [tab for tab in queries.records(town, number, reason="試験") if tab.business == "予備"]
    assert [value.text for tab in reserve for value in tab.rows[0] if value.name == "DOKUJI"] == ["町独自, 0"]


@pytest.mark.usefixtures("database")
def test_a_town_in_another_family_loses_nothing(tmp_path: Path) -> None:
    """Every filled cell is in the other family's file or in the reserve area beside it."""
    import polars as pl

    from yakuba.registry.services import export, load
    from yakuba.tenancy.acting import system
    from yakuba.tenancy.models import Municipality

    moved = move(tmp_path, "vendor-a", "none", residents=40).out
    Municipality.objects.create(code=TOWN_A, name="見本町", kana="", prefecture="見本県")
    load(moved, system(TOWN_A))
    exported = export(tmp_path / "out", system(TOWN_A), "chukan")
    before = pl.read_csv(moved / "data/001_juminkihondaicho/juminjoho.csv", infer_schema=False)
    after = pl.read_csv(tmp_path / "out/data/01_juminkihondaicho/juminhyojoho.csv", infer_schema=False)
    beside = pl.read_csv(tmp_path / "out/data/yobi/001_juminkihondaicho_juminjoho.csv", infer_schema=False)
    assert after.height == beside.height == before.height
    assert after["氏名"].to_list() == before["氏名"].to_list()
    assert after["住所_番地"].to_list() == before["住所_番地号表記"].to_list()
    lost = [name for name in exported.reserved["住民基本台帳/住民票情報"] if name not in beside.columns]
    assert not lost
    columns = {tuple(after[name].to_list()) for name in after.columns} | {
        tuple(beside[name]) for name in beside.columns
    }
    missing = [name for name in before.columns if before[name].count() and tuple(before[name].to_list()) not in columns]
    assert not missing
