"""Source (出典): where a piece of the catalog comes from. Every catalog folder has a SOURCE.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path


class Standing(StrEnum):
    """Whether a table is the official one or put together from what could be read."""

    OFFICIAL = "official"
    """Typed or imported from the official document, item by item."""
    RECONSTRUCTED = "reconstructed"
    """Put together from facts about the document; never to be taken for it."""

    @property
    def japanese(self) -> str:
        """The word shown to people (公式/再構成)."""
        return "公式" if self is Standing.OFFICIAL else "再構成"


@dataclass(frozen=True, slots=True)
class Source:
    """What SOURCE.toml says.

    Attributes:
        title: title of the document the data come from.
        edition: edition as printed (第2.1版, V2.7 …).
        date: date of that edition, ISO, as exact as known ("2021-05").
        licence: licence of the data and whom to name.
        how: how this folder was made (typed, imported by which tool, from which facts).
        standing: see `Standing`.
        references: documents and lists the data were taken from.
    """

    title: str
    edition: str
    date: str
    licence: str
    how: str
    standing: Standing
    references: tuple[str, ...] = field(default=())


def read_source(folder: Path) -> Source:
    """Read `folder/SOURCE.toml`.

    Raises:
        UsageError: the file is missing, is not TOML, or lacks a field.
    """
    path = folder / "SOURCE.toml"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return Source(
            title=data["title"],
            edition=data["edition"],
            date=data["date"],
            licence=data["licence"],
            how=data["how"],
            standing=Standing(data["standing"]),
            references=tuple(data.get("references", ())),
        )
    except OSError as error:
        raise UsageError(f"{path}: cannot be read", remedy="give the catalog folder its SOURCE.toml") from error
    except KeyError as error:
        raise UsageError(f"{path}: {error} is missing", remedy="say where the data come from") from error
    except ValueError as error:
        raise UsageError(f"{path}: {error}") from error
