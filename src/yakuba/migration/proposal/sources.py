"""Files of one form and one header become one source (ファイルのまとまり)."""

from __future__ import annotations

import glob
import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yakuba.migration.contracts import SourceSpec
    from yakuba.migration.intake.files import InputFile
    from yakuba.migration.proposal.sample import Seen

_DIGITS = re.compile(r"\d+")
_NOT_A_NAME = re.compile(r"[^\w-]+")


@dataclass(frozen=True, slots=True)
class Bundle:
    """Files that are read as one source, with what was seen of the first."""

    name: str
    seen: tuple[Seen, ...]
    patterns: tuple[str, ...]


def bundles(seen: Sequence[Seen], everything: Sequence[InputFile]) -> list[Bundle]:
    """Group files whose settings and columns are equal and whose names differ in digits only."""
    groups: dict[tuple[object, ...], list[Seen]] = {}
    for one in seen:
        key = (_stem(one.file.label), _form(one.spec), one.spec.columns)
        groups.setdefault(key, []).append(one)
    taken: set[str] = set()
    made = []
    for members in groups.values():
        name = _unused(_name(members), taken)
        labels = [one.file.label for one in members]
        made.append(Bundle(name, tuple(members), _patterns(labels, [file.label for file in everything])))
    return made


def _form(spec: SourceSpec) -> tuple[object, ...]:
    return (spec.format, spec.encoding, spec.delimiter, spec.quote, spec.header)


def _stem(label: str) -> str:
    return _DIGITS.sub("#", label)


def _name(members: Sequence[Seen]) -> str:
    """A word for the project: the file's name without folders, endings and, for several files, digits."""
    name = PurePosixPath(members[0].file.label).name.lower()
    while (suffix := PurePosixPath(name).suffix) and suffix[1:].isalnum():
        name = name.removesuffix(suffix)
    if len(members) > 1:
        name = _DIGITS.sub("", name)
    return _NOT_A_NAME.sub("_", name).strip("_-") or "source"


def _unused(name: str, taken: set[str]) -> str:
    plain, count = name, 1
    while name in taken:
        count += 1
        name = f"{plain}_{count}"
    taken.add(name)
    return name


def _patterns(labels: list[str], everything: list[str]) -> tuple[str, ...]:
    """One pattern with stars for digits when it means exactly these files, else their names."""
    exact = tuple(glob.escape(label) for label in labels)
    if len(labels) == 1:
        return exact
    star = "*".join(glob.escape(part) for part in _DIGITS.split(labels[0]))
    same_folders = len({label.count("/") for label in labels}) == 1
    if same_folders and {label for label in everything if fnmatchcase(label, star)} == set(labels):
        return (star,)
    return exact
