from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from yakuba.kernel import discover as module
from yakuba.kernel.discover import catalog_root, discover, folders

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    folder = tmp_path / "sample_kinds"
    folder.mkdir()
    for name in ("__init__", "_shared", "beta", "alpha"):
        (folder / f"{name}.py").write_text(f"NAME = {name!r}\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    return "sample_kinds"


def test_a_file_is_a_kind_and_a_leading_underscore_is_none(package: str) -> None:
    kinds = discover(package)
    assert list(kinds) == ["alpha", "beta"]
    assert [kind.NAME for kind in kinds.values()] == ["alpha", "beta"]
    for name in [name for name in sys.modules if name.startswith(package)]:
        del sys.modules[name]


def test_an_unknown_package_is_an_import_error() -> None:
    with pytest.raises(ModuleNotFoundError):
        discover("yakuba.nowhere")


def test_the_catalog_of_a_checkout_holds_the_eras() -> None:
    assert (catalog_root() / "eras.csv").is_file()


def test_the_catalog_of_an_installed_package_is_inside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "yakuba" / "_catalog"
    inside.mkdir(parents=True)
    monkeypatch.setattr(module, "__file__", str(tmp_path / "yakuba" / "kernel" / "discover.py"))
    assert catalog_root() == inside


def test_folders_are_those_with_a_source_at_any_depth(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("b/2024", "a/2026/deep", "c"):
        (tmp_path / "standards" / name).mkdir(parents=True)
    for name in ("b/2024", "a/2026/deep"):
        (tmp_path / "standards" / name / "SOURCE.toml").touch()
    monkeypatch.setattr(module, "catalog_root", lambda: tmp_path)
    assert [str(path.relative_to(tmp_path)) for path in folders("standards")] == [
        "standards/a/2026/deep",
        "standards/b/2024",
    ]
    assert list(folders("nothing")) == []
