from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from yakuba.kernel.discover import catalog_root, folders
from yakuba.kernel.errors import UsageError
from yakuba.kernel.source import Standing, read_source

if TYPE_CHECKING:
    from pathlib import Path

FULL = {
    "title": "見本",
    "edition": "第1.0版",
    "date": "2026-08",
    "licence": "CC BY 4.0",
    "how": "typed",
    "standing": "official",
}


def write(folder: Path, facts: dict[str, str]) -> Path:
    (folder / "SOURCE.toml").write_text(
        "".join(f'{key} = "{value}"\n' for key, value in facts.items()), encoding="utf-8"
    )
    return folder


def test_every_field_is_read(tmp_path: Path) -> None:
    source = read_source(write(tmp_path, FULL))
    assert (source.title, source.edition, source.date, source.licence, source.how) == tuple(FULL.values())[:5]
    assert source.standing is Standing.OFFICIAL
    assert source.references == ()


def test_references_are_read(tmp_path: Path) -> None:
    write(tmp_path, FULL)
    with (tmp_path / "SOURCE.toml").open("a", encoding="utf-8") as end:
        end.write('references = ["甲", "乙"]\n')
    assert read_source(tmp_path).references == ("甲", "乙")


@pytest.mark.parametrize("missing", sorted(FULL))
def test_a_missing_field_is_named(tmp_path: Path, missing: str) -> None:
    write(tmp_path, {key: value for key, value in FULL.items() if key != missing})
    with pytest.raises(UsageError, match=missing):
        read_source(tmp_path)


@pytest.mark.parametrize("text", ["title =", 'standing = "perhaps"', "\x00"])
def test_other_mistakes_name_the_file(tmp_path: Path, text: str) -> None:
    write(tmp_path, {key: value for key, value in FULL.items() if key != "standing"})
    with (tmp_path / "SOURCE.toml").open("a", encoding="utf-8") as end:
        end.write(text)
    with pytest.raises(UsageError, match=r"SOURCE\.toml"):
        read_source(tmp_path)


def test_a_folder_without_source_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="give the catalog folder its SOURCE"):
        read_source(tmp_path)


def test_the_words_shown_to_people() -> None:
    assert [standing.japanese for standing in Standing] == ["公式", "再構成"]


def test_every_folder_of_the_catalog_says_where_it_comes_from() -> None:
    found = [read_source(folder) for folder in folders()]
    assert found
    assert all(source.title and source.licence and source.how for source in found)


def test_the_eras_are_told_to_be_reconstructed() -> None:
    with (catalog_root() / "SOURCE.toml").open("rb") as file:
        assert tomllib.load(file)["standing"] == read_source(catalog_root()).standing
