"""The town of the API's tests: sixty residents of 見本町, loaded from a proven migration."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from tests.remembered import remembered
from tests.tenancy.cast import Cast, browser, make_cast
from tests.world import TOWN_A, TOWN_B

from yakuba.migration.pipeline.run import run
from yakuba.registry.services import load
from yakuba.tenancy.acting import system
from yakuba.tenancy.tokens.services import make_token
from yakuba.town.make import make

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

API = "/api/v1/"


@dataclass
class ApiTown:
    """Staff, residents by the files that were loaded, and a token for each of the staff of a municipality."""

    cast: Cast
    rows: list[dict[str, str]]
    protected: list[str]
    tokens: dict[str, str]

    @property
    def now(self) -> dict[str, dict[str, str]]:
        """Newest row of each person by 宛名番号."""
        return {row["宛名番号"]: row for row in self.rows if row["最新フラグ"] == "1"}

    @property
    def plain(self) -> dict[str, str]:
        """Somebody who lives here and is not protected."""
        return next(
            row for number, row in self.now.items() if row["除票フラグ"] == "0" and number not in self.protected
        )

    def asks(self, who: str) -> Callable[..., Any]:
        """GET below /api/v1/ with somebody's token."""
        headers = {"Authorization": f"Bearer {self.tokens[who]}"}
        client = browser()
        return lambda path, **query: client.get(API + path, query, headers=headers)

    def sends(self, who: str) -> Callable[..., Any]:
        """POST likewise."""
        headers = {"Authorization": f"Bearer {self.tokens[who]}"}
        post = partial(browser(csrf=True).post, content_type="application/json", headers=headers)
        return lambda path, body=None: post(API + path, body or {})


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A proven run folder."""
    folder = tmp_path_factory.mktemp("api-town")
    make(120, 5, "kihon", folder / "dump")
    run(folder / "dump" / "project.toml", folder / "run", key_home=folder / "keys")
    return folder / "run"


@pytest.fixture
def town(database: Path, run_folder: Path) -> ApiTown:  # noqa: ARG001 - the towns are put into it
    """The town, loaded."""
    return remembered("town of the API", lambda: _loaded(make_cast(), run_folder))


def _loaded(cast: Cast, run_folder: Path) -> ApiTown:
    load(run_folder, system(TOWN_A))
    business = run_folder / "data/001_juminkihondaicho"
    protected = [row["宛名番号"] for row in _rows(business / "shiensochi.csv")]
    protected += [row["併支援者_宛名番号"] for row in _rows(business / "shiensochiheishiensha.csv")]
    codes = {"outsider": TOWN_B}
    names = ("clerk", "nobody", "administrator", "protector", "outsider")
    tokens = {who: make_token(system(codes.get(who, TOWN_A)), who, "試験") for who in names}
    return ApiTown(cast, _rows(business / "juminjoho.csv"), protected, tokens)


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))
