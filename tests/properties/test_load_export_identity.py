"""What is loaded comes out identical, byte for byte, whatever the cells hold: export is the inverse of load."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.installation import prepared
from tests.world import TOWN_A

prepared()

from yakuba.layouts.csv_text import csv_text, header  # noqa: E402
from yakuba.layouts.read import standard  # noqa: E402 - a module that names a table needs Django to be set up
from yakuba.migration.verification.digest import FrameDigest  # noqa: E402
from yakuba.registry.models import Ledger, Load, Record  # noqa: E402
from yakuba.registry.services import export  # noqa: E402
from yakuba.registry.services.copying import copy_records  # noqa: E402
from yakuba.registry.services.proofs import Signed  # noqa: E402
from yakuba.registry.services.run_folder import RunTable  # noqa: E402
from yakuba.tenancy.acting import system  # noqa: E402
from yakuba.tenancy.database.walls import wall  # noqa: E402
from yakuba.tenancy.models import Municipality  # noqa: E402

GROUPS = [
    (layout, group) for family in ("kihon", "chukan") for layout, group in standard(family) if len(group.items) < 60
]
_TEXTS = st.text(st.characters(exclude_characters="\x00", codec="utf-8"), max_size=12)
_HARD = st.sampled_from(
    ["", ",", '"', "\n", "\r\n", "\\", "\\N", "\\.", "NULL", "{}", "\t", " ", "葛\U000e0102", "𠮷", "=1+1", '"",']
)
CELLS = st.one_of(st.just(""), _HARD, _TEXTS)


@st.composite
def tables(draw: st.DrawFn) -> tuple[int, list[list[str]]]:
    """A group of the catalog and rows for it; the first cell is filled, as no key is empty."""
    place = draw(st.integers(0, len(GROUPS) - 1))
    width = len(GROUPS[place][1].items)
    rows = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=6))
    return place, [["x" + row[0], *row[1:]] for row in rows]


@pytest.mark.usefixtures("database")
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(tables(), st.integers(0))
def test_export_is_the_inverse_of_load(
    tmp_path_factory: pytest.TempPathFactory, table: tuple[int, list[list[str]]], salt: int
) -> None:
    place, rows = table
    layout, group = GROUPS[place]
    names = [item.name for item in group.items]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String()), orient="row")
    folder = tmp_path_factory.mktemp("loaded")
    csv = folder / "data" / f"{layout.code}_{layout.identifier}" / f"{group.identifier}.csv"
    csv.parent.mkdir(parents=True)
    csv.write_bytes(header(names) + (csv_text(frame, names) if rows else b""))
    digest = FrameDigest(names)
    digest.update(frame)
    written = RunTable(
        layout.id, group.identifier, layout.business, group.name, csv.parent.name, csv, tuple(names),
        len(rows), Signed(tuple(facts.as_dict() for facts in digest.facts()), frozenset(), csv), "", "",
    )  # fmt: skip
    assert _loaded(written, salt) == len(rows)
    exported = export(folder / "out", system(TOWN_A), layout.id)
    assert exported.rows == len(rows)
    assert (folder / "out" / csv.relative_to(folder)).read_bytes() == csv.read_bytes()
    assert _cells() == [[cell or None for cell in row] for row in rows]
    _empty()


def _loaded(table: RunTable, salt: int) -> int:
    Municipality.objects.get_or_create(code=TOWN_A, defaults={"name": "見本町", "kana": "", "prefecture": "見本県"})
    with wall(TOWN_A):
        taken = Load.objects.create(
            municipality_id=TOWN_A, evidence=str(salt)[:64], signer="", standard="kihon", as_of="2026-11-20", by=""
        )
        ledger = Ledger.objects.create(
            municipality_id=TOWN_A, load=taken, layout=table.layout, group=table.group, business=table.business,
            title=table.title, folder=table.folder, place=0, columns=list(table.columns),
        )  # fmt: skip
        return copy_records(table, ledger.pk, TOWN_A).rows


def _cells() -> list[list[str | None]]:
    with wall(TOWN_A):
        return [record.cells for record in Record.objects.order_by("row")]


def _empty() -> None:
    from django.db import connection

    with wall(TOWN_A), connection.cursor() as cursor:
        cursor.execute("SELECT registry_take_back(%s)", [list(Load.objects.values_list("pk", flat=True))])
