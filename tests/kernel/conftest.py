"""Vector files: a line of provenance, a header, rows."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest


def read_vectors(name: str) -> list[dict[str, str]]:
    lines = (Path(__file__).parent / "vectors" / name).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# 出典: "), f"{name} does not say where its facts come from"
    return list(csv.DictReader(lines[1:]))


@pytest.fixture(scope="session")
def check_digit_vectors() -> list[dict[str, str]]:
    return read_vectors("check_digits.csv")


@pytest.fixture(scope="session")
def wareki_vectors() -> list[dict[str, str]]:
    return read_vectors("wareki.csv")


@pytest.fixture(scope="session")
def fushobi_vectors() -> list[dict[str, str]]:
    return read_vectors("fushobi.csv")
