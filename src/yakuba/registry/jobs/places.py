"""Where kinds and chores are found (仕事の置き場所): this room's own, and those of every app above that has some."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from django.apps import apps

from yakuba.kernel.discover import discover

if TYPE_CHECKING:
    from types import ModuleType

_HOUSE = "yakuba."


def found(own: str, folder: str) -> dict[str, ModuleType]:
    """Modules by name.

    Args:
        own: package of this room. folder: name of the package that an app above may have beside its models.
    """
    names = [app.name for app in apps.get_app_configs() if app.name.startswith(_HOUSE)]
    packages = [own, *(f"{name}.{folder}" for name in names if find_spec(f"{name}.{folder}"))]
    return {name: module for package in packages for name, module in discover(package).items()}
