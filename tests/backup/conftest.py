"""The backup centre's tests work on a real database, two municipalities, and vaults written by the real writer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.installation import prepared

prepared()

from tests.tenancy.cast import cast  # noqa: E402, F401 - it names tables, which need the line above

if TYPE_CHECKING:
    from pathlib import Path

    from tests.backup.vaults import Sender
    from tests.tenancy.cast import Cast


@pytest.fixture(scope="session")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run folder of 見本町, proven; nobody changes it."""
    from tests.journeys.towns import move

    return move(tmp_path_factory.mktemp("town"), "kihon", "none", residents=60).out


@pytest.fixture
def sender(tmp_path: Path) -> Sender:
    """見本町's vault at home, with its keys."""
    from tests.backup.vaults import Sender
    from tests.world import TOWN_A

    return Sender(tmp_path / "home", TOWN_A)


@pytest.fixture
def centre(
    tmp_path: Path,
    sender: Sender,
    cast: Cast,  # noqa: F811, ARG001 - the towns are put into it
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """The folder of 見本町's vault in the centre, empty; its plan is made, with a second centre beside it."""
    from tests.backup.vaults import LINK, second_of
    from tests.world import TOWN_A

    from yakuba.backup.services import set_plan
    from yakuba.tenancy.acting import system

    monkeypatch.setenv("YAKUBA_HOME", str(tmp_path / "yakuba"))  # what is on its way lies there
    place = tmp_path / "centre"
    signer = sender.signer.fingerprint
    set_plan(system(), TOWN_A, place=str(place), second_place=str(second_of(place)), signer=signer, link=LINK)
    return place
