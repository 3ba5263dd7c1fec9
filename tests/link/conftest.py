"""A town and a link to work with."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from tests.backup.founded import copied, template
from tests.link.feeds import Days, Desk, make_desk, make_dump
from tests.link.furnishing import TOWNS
from tests.link.serving import furnished, serving

from yakuba.link.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_dump(tmp_path_factory.mktemp("town") / "dump")


@pytest.fixture
def town(dump: Path) -> Days:
    return Days.of(dump)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path / "link")


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An installation that is a backup centre, with a link for each of a few towns."""
    path = Path(tempfile.mkdtemp(prefix="yakuba-"))
    path.chmod(0o755)
    copied(template(tmp_path_factory), path)
    furnished(path)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="session")
def address(home: Path) -> Iterator[str]:
    with serving(home) as found:
        yield found


@pytest.fixture(scope="session")
def _codes() -> Iterator[str]:
    return iter(TOWNS)


@pytest.fixture
def linked(home: Path, address: str, dump: Path, _codes: Iterator[str]) -> tuple[Desk, Days, Path]:
    """A link whose centre is there, its town, and the folder in which the centre keeps its vault."""
    code = next(_codes)
    desk = Desk(Place(home / "links" / code))
    desk.set('url = ""', f'url = "{address}"')
    return desk, Days.of(dump, code), home / "centre" / code


@pytest.fixture
def rng() -> Random:
    """Chance that is the same each time."""
    return Random(20261121)  # noqa: S311 - no secret
