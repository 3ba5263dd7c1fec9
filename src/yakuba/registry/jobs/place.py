"""Where a municipality's files lie (団体の置き場所): its moves, its run folders, what jobs hand out."""

from __future__ import annotations

from pathlib import Path

from yakuba.kernel.errors import UsageError
from yakuba.kernel.home import yakuba_home

ROOTS = ("municipalities", "moves")
"""Folders of HOME in which every municipality has one of its own, named by its 団体コード."""


def job_folder(municipality: str, number: int) -> Path:
    """`HOME/municipalities/<団体コード>/jobs/<number>`: where a job puts what it hands out."""
    return _jobs(municipality) / str(number)


def job_folders(municipality: str) -> list[int]:
    """Numbers of the jobs that have a folder."""
    folder = _jobs(municipality)
    if not folder.is_dir():
        return []
    return sorted(int(path.name) for path in folder.iterdir() if path.name.isascii() and path.name.isdigit())


def _jobs(municipality: str) -> Path:
    return yakuba_home() / ROOTS[0] / municipality / "jobs"


def inside(municipality: str, value: object, *, new: bool = False) -> Path:
    """A path that an argument names, which must lie in a folder of this municipality; links cannot lead out of it.

    Args:
        value: absolute path. new: it need not be there yet, only the folder it goes to.

    Raises:
        UsageError: it leads elsewhere, is no path, or there is nothing.
    """
    text = value if isinstance(value, str) and "\0" not in value else ""
    path = Path(text).resolve()
    roots = [(yakuba_home() / root / municipality).resolve() for root in ROOTS if municipality]
    ours = any(root in path.parents for root in roots)
    if not ours or not Path(text).is_absolute() or not (path.parent if new else path).exists():
        raise UsageError("フォルダまたはファイルがありません", remedy="この団体の置き場所の中のものを指定してください")
    return path
