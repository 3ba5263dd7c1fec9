"""Kinds (証明書の種類): every folder of `kinds/` is one; adding a kind is adding a folder.

A folder holds certificate.toml (which items, which choices, which never together, widths and sizes of the cells),
page.typ (how the sheet is put together from the shared library) and cases.yaml (its hard cases).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from yakuba.certificates.fields import (
    FOREIGN,
    JAPANESE,
    Choice,
    Field,
    Picture,
    Where,
    check_widths,
    frozen_where,
    present,
    read_field,
    rows_of,
)
from yakuba.kernel.discover import data_folders
from yakuba.kernel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS = Path(__file__).resolve().parent / "kinds"
_LIBRARY = "page"
"""Folder beside that of the kinds: what their templates share."""
_MARKER = "certificate.toml"
_CASES = "cases.yaml"
"""Samples change nothing on a paper, so they are no part of the digest."""
SUBJECTS = ("person", "household")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of certificate.

    Attributes:
        identifier: name of its folder. label: 証明書の名称. title: as spaced out on the paper.
        version: date of this form; a changed form has another digest in any case.
        items: official item names it may print, in order. choices: what the requester may choose.
        never_together: choices that refuse each other.
        subject: "person" (one 宛名番号) or "household" (members of one household).
        business: 業務 its data belong to. layouts: id of the standard layout of every group it reads.
        group: group of the rows in `Record.people`.
        standing: how the form stands to the official one. source: facts the form rests on.
        statements: 認証文 by variant: `all` and `part` of a household, or `text`.
        header, cards, columns: fields printed once a sheet, once a person, once a row of `rows_table`.
        pictures: what of `Record.images` must be there. people_where: what every person's row must say (除票フラグ).
        needed_rows: table and condition of rows that every person must have (印鑑登録 in force).
        per_sheet: cards or rows a sheet holds.
        one_per_sheet_unless: choice without which every person has a sheet of their own (個人票).
        digest: SHA-256 of the folder and of the shared library, hexadecimal.
    """

    identifier: str
    label: str
    title: str
    version: str
    items: tuple[str, ...]
    choices: tuple[Choice, ...]
    never_together: tuple[tuple[str, ...], ...]
    subject: str
    business: str
    layouts: Mapping[str, str]
    group: str
    standing: str
    source: str
    statements: Mapping[str, str]
    header: tuple[Field, ...]
    cards: tuple[Field, ...]
    columns: tuple[Field, ...]
    pictures: tuple[Picture, ...]
    people_where: Where
    needed_rows: tuple[tuple[str, Where], ...]
    rows_table: str
    rows_where: Where
    per_sheet: int
    one_per_sheet_unless: str
    folder: Path
    digest: str

    def choice(self, identifier: str) -> Choice | None:
        """The choice with a name."""
        return next((one for one in self.choices if one.identifier == identifier), None)

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields."""
        return (*self.header, *self.cards, *self.columns)

    @property
    def needs(self) -> tuple[tuple[str, str], ...]:
        """(group, item) of everything it reads; the group of a person's own row is `group`."""
        found = {
            (part.table or (self.rows_table if field in self.columns else self.group), item): None
            for field in self.fields
            for part in field.parts
            for item in (*part.items, *(name for name, _ in part.where))
        }
        return tuple(found)


@cache
def kinds(root: Path = KINDS) -> Mapping[str, Kind]:
    """All kinds by identifier, sorted. Read once per process.

    Raises:
        UsageError: a folder's certificate.toml cannot be meant.
    """
    return MappingProxyType({folder.name: _read(folder) for folder in data_folders(root, _MARKER)})


def kind(identifier: str, root: Path = KINDS) -> Kind:
    """The kind with an identifier.

    Raises:
        UsageError: there is none.
    """
    found = kinds(root).get(identifier)
    if found is None:
        raise UsageError(f"no certificate {identifier!r}", remedy=f"choose from {', '.join(kinds(root))}")
    return found


def _read(folder: Path) -> Kind:
    path = folder / _MARKER
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        made = _kind(folder, raw)
    except KeyError as error:
        raise UsageError(f"{path}: {error} is missing", remedy="see the file of another kind") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError) as error:
        raise UsageError(f"{path}: {error}") from error
    _check(made, path)
    return made


def _kind(folder: Path, raw: dict[str, Any]) -> Kind:
    library = folder.parent.parent / _LIBRARY
    shared = _shared(library)
    sections = {
        name: tuple(read_field(one, shared["fields"], folder) for one in raw.get(name, ()))
        for name in ("header", "card", "column")
    }
    items = {item: None for found in sections.values() for one in found for item in one.items}
    rows = raw.get("rows", {})
    return Kind(
        identifier=folder.name,
        label=raw["label"],
        title=raw["title"],
        version=str(raw["version"]),
        items=tuple(items),
        choices=tuple(_choice(one, shared["choices"]) for one in raw.get("choices", ())),
        never_together=tuple(tuple(one) for one in raw.get("never_together", ())),
        subject=raw["subject"],
        business=raw["business"],
        layouts=MappingProxyType(dict(raw["layouts"])),
        group=raw["group"],
        standing=raw["standing"],
        source=raw["source"],
        statements=MappingProxyType(dict(raw["statement"])),
        header=sections["header"],
        cards=sections["card"],
        columns=sections["column"],
        pictures=tuple(Picture(**one) for one in raw.get("pictures", ())),
        people_where=frozen_where(raw.get("people_where", {})),
        needed_rows=tuple((one["table"], frozen_where(one["where"])) for one in raw.get("needed_rows", ())),
        rows_table=rows.get("table", ""),
        rows_where=frozen_where(rows.get("where", {})),
        per_sheet=raw["per_sheet"],
        one_per_sheet_unless=raw.get("one_per_sheet_unless", ""),
        folder=folder,
        digest=_digest(folder, library),
    )


@cache
def _shared(library: Path) -> dict[str, Any]:
    """Fields and choices that several kinds have."""
    return tomllib.loads((library / "fields.toml").read_text(encoding="utf-8"))


def _choice(raw: str | dict[str, Any], shared: Mapping[str, Any]) -> Choice:
    """A choice: the name of a shared one, or a table of its own."""
    given = {"id": raw, **shared[raw]} if isinstance(raw, str) else dict(raw)
    given["values"] = tuple(given.get("values", ()))
    return Choice(identifier=given.pop("id"), **given)


def _check(made: Kind, path: Path) -> None:
    """What the file says holds together.

    Raises:
        UsageError: it does not.
    """
    if made.subject not in SUBJECTS:
        raise UsageError(f"{path}: subject {made.subject!r}", remedy=f"one of {', '.join(SUBJECTS)}")
    if bool(made.columns) != bool(made.rows_table):
        raise UsageError(f"{path}: columns and the table of [rows] belong together")
    known = frozenset(one.identifier for one in made.choices)
    named = {name for together in made.never_together for name in together}
    named |= {one.choice for one in made.fields} | {made.one_per_sheet_unless}
    named |= {one.only for one in made.fields} | {one.unless for one in made.fields}
    named |= {part.choice or part.choice_off for one in made.fields for part in one.parts}
    named -= {""}
    if named - known:
        raise UsageError(
            f"{path}: choice {'、'.join(sorted(named - known))} is not listed", remedy="add it to [[choices]]"
        )
    for who, chosen in product((JAPANESE, FOREIGN), (frozenset[str](), known)):
        for found in (made.header, made.cards):
            check_widths(rows_of(present(found, chosen.__contains__), who), path)
    check_widths([list(made.columns)] if made.columns else [], path)


def _digest(*roots: Path) -> str:
    digest = sha256()
    for root in roots:
        for path in sorted(one for one in root.rglob("*") if one.is_file() and one.name != _CASES):
            raw = path.read_bytes()
            name = path.relative_to(root).as_posix().encode()
            digest.update(b"%d:%s%d:" % (len(name), name, len(raw)))
            digest.update(raw)
    return digest.hexdigest()
