"""docs/ja/api.md tells every operation, every kind of job, every status; and nothing that is not there."""

from __future__ import annotations

import re
from pathlib import Path

from tests.architecture.manual import tables, words

from yakuba.registry.jobs.kinds import kinds
from yakuba.web.api.asking import NO
from yakuba.web.api.urls import api

PAGE = Path(__file__).parents[3] / "docs/ja/api.md"


def test_every_operation_is_told() -> None:
    paths = api.get_openapi_schema()["paths"]
    known = {f"{method.upper()} {path.split('/api/v1/')[1]}" for path, ways in paths.items() for method in ways}
    told = {word for word in words(PAGE, "窓口の一覧") if " " in word}
    assert told == known


def test_every_kind_of_job_is_told() -> None:
    assert {word for word in words(PAGE, "窓口の一覧") if " " not in word} == set(kinds())


def test_every_status_is_told() -> None:
    rows = next(rows for heading, rows in tables(PAGE) if heading == "答え")
    assert {int(code) for row in rows for code in re.findall(r"\d+", row[0])} == {200, 202, *NO}


def test_every_item_of_search_is_told() -> None:
    operation = api.get_openapi_schema()["paths"]["/api/v1/search"]["get"]
    text = PAGE.read_text("utf-8")
    for one in operation["parameters"]:
        if one["name"] != "page":
            assert f"`{one['name']}" in text, one["name"]
