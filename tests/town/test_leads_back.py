"""The project file of a dump leads back to the standard records. Oracle: the records the dump was written from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from yakuba.kernel.progress import SILENT
from yakuba.layouts.read import standard
from yakuba.migration.pipeline.run import run
from yakuba.town.make import make
from yakuba.town.records import make_town

if TYPE_CHECKING:
    from pathlib import Path

_RESIDENTS, _SEED = 150, 4
_PREVIOUS = {"転入前住所_都道府県", "転入前住所_市区郡町村名", "転入前住所_町字", "転入前住所_番地号表記",
             "本籍_町字", "本籍_地番号または、街区符号"}  # fmt: skip
"""Vendor C keeps some previous addresses and 本籍 whole in 町字; nobody can say where to cut them."""


@pytest.mark.parametrize("form", ["vendor-a", "vendor-b", "vendor-c", "kihon"])
def test_mapping_and_cleansing_give_back_every_cell(form: str, tmp_path: Path) -> None:
    make(_RESIDENTS, _SEED, form, tmp_path / "dump")
    outcome = run(tmp_path / "dump" / "project.toml", tmp_path / "out", progress=SILENT)
    assert outcome.proven
    assert outcome.rejected == 0
    assert (outcome.findings["error"], outcome.findings["stop"]) == (0, 0)
    layouts = {layout.business: layout for layout in standard("kihon").layouts}
    for name, expected in make_town(_RESIDENTS, _SEED).records.items():
        business, _, group = name.partition("/")
        layout = layouts[business]
        if expected.is_empty():
            continue
        path = (
            tmp_path
            / "out"
            / "data"
            / f"{layout.code}_{layout.identifier}"
            / f"{layout.by_name[group].identifier}.parquet"
        )
        keys = [item.name for item in layout.by_name[group].keys]
        loaded = pl.read_parquet(path).cast(pl.String).fill_null("")
        columns = [column for column in expected.columns if form != "vendor-c" or column not in _PREVIOUS]
        assert loaded.select(columns).sort(keys).equals(expected.select(columns).sort(keys)), name
