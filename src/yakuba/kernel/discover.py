"""The one loader of kinds: a folder of modules or of data folders is the list, there is no hub to edit."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType


def discover(package: str) -> dict[str, ModuleType]:
    """Import every module of a package whose name does not start with `_`.

    Args:
        package: dotted name, e.g. `yakuba.migration.checks`.

    Returns:
        module by its short name (= file name = the kind's public name), sorted by name.
    """
    parent = import_module(package)
    names = sorted(info.name for info in iter_modules(parent.__path__) if not info.name.startswith("_"))
    return {name: import_module(f"{package}.{name}") for name in names}


def data_folders(root: Path, marker: str) -> tuple[Path, ...]:
    """Folders directly below `root` that hold a file named `marker`, sorted by name: one folder is one kind."""
    return tuple(path.parent for path in sorted(root.glob(f"*/{marker}")))


def catalog_root() -> Path:
    """The folder `catalog/`: inside the installed package, or beside `src/` in a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_catalog"
    return installed if installed.is_dir() else package.parent.parent / "catalog"


def folders(*parts: str) -> Iterator[Path]:
    """Sub-folders of `catalog/<parts>` that hold a SOURCE.toml, at any depth, sorted by path."""
    root = catalog_root().joinpath(*parts)
    return (path.parent for path in sorted(root.rglob("SOURCE.toml")))
