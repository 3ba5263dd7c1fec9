"""An installation's keys, a signer, and one drawn paper, made once for all tests of the folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.certificates.signing.papers import drawn, request

from yakuba.certificates.signing.keys import Keys, open_keys

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.certificates.drawing import Drawn


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Home of an installation whose keys were made by itself."""
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(scope="session")
def keys(made: Path) -> Keys:
    return open_keys("990019", "見本町", made)


@pytest.fixture(scope="session")
def root(made: Path, keys: Keys) -> Path:  # noqa: ARG001 - makes them
    """Certificate of the authority that vouches for the keys."""
    return made / "certificates" / "ca" / "ca.cert.pem"


@pytest.fixture(scope="session")
def paper() -> Drawn:
    return drawn(request(1))


@pytest.fixture(scope="session")
def signed(keys: Keys, paper: Drawn) -> bytes:
    return keys.signer.sign(paper.pdf)
