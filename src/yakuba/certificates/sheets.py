"""Sheets (改ページ): what stands on which sheet. The total is known before drawing, so every page can say x/y."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from yakuba.certificates.fields import WIDTH, present
from yakuba.certificates.fitting import POINT, broken, fit
from yakuba.certificates.grid import fitted_text, grid
from yakuba.certificates.problems import problem
from yakuba.certificates.reading import NUMBER, who

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from yakuba.certificates.fields import Field
    from yakuba.certificates.reading import Reader

CONTINUED = "続紙に記載"
"""Stands in the cell whose text is on a continuation sheet."""
_NOTE_SIZE = 9.0
_NOTE_LINES = 40
"""Lines of a continuation sheet."""
_TOTAL = "合計"


@dataclass(frozen=True, slots=True)
class _Note:
    head: str
    lines: tuple[str, ...]


def sheets(reader: Reader) -> list[dict[str, Any]]:
    """All sheets of a paper in order, each with its header, body, notes and page number."""
    notes: list[_Note] = []
    bodies = _rows(reader) if reader.kind.columns else _cards(reader, notes)
    made = [{"body": body, "notes": [], "rest": _has_rest(reader, body)} for body in bodies]
    made += [{"body": [], "notes": page, "rest": True} for page in _continuation(notes)]
    header = _header(reader)
    for number, sheet in enumerate(made, start=1):
        sheet |= {"header": header, "page": number, "last": number == len(made)}
    return made


def _has_rest(reader: Reader, body: list[dict[str, Any]]) -> bool:
    """Whether 以下余白 stands below: wherever one more card or row would have had room, or only one ever has."""
    per_sheet = reader.per_sheet
    return len(body[0]["h"]) - 1 < per_sheet if reader.kind.columns else len(body) < per_sheet or per_sheet == 1


def _header(reader: Reader) -> dict[str, Any]:
    first = reader.record.people[0]
    fields = present(reader.kind.header, reader.chosen)
    texts = {one.name: reader.text(one, first) for one in fields}
    for one in fields:
        if one.same and any(reader.text(one, person) != texts[one.name] for person in reader.record.people[1:]):
            reader.findings.append(problem("household_differs", one.items[0]))
    return grid(reader, fields, who(first), texts)


def _cards(reader: Reader, notes: list[_Note]) -> list[list[dict[str, Any]]]:
    per_sheet = reader.per_sheet
    people = enumerate(reader.record.people, start=1)
    cards = [_card(reader, number, person, notes) for number, person in people]
    return [cards[at : at + per_sheet] for at in range(0, len(cards), per_sheet)]


def _card(reader: Reader, number: int, person: Mapping[str, str], notes: list[_Note]) -> dict[str, Any]:
    form = who(person)
    texts = {}
    fields = present(reader.kind.cards, reader.chosen)
    for one in fields:
        if one.who in ("", form):
            texts[one.name] = reader.text(one, person)
            if one.spill and fit(texts[one.name], one.width, one.room, one.sizes) is None:
                notes.append(_note(reader, number, one, texts[one.name]))
                texts[one.name] = CONTINUED
    return grid(reader, fields, form, texts) | {"n": number}


def _note(reader: Reader, number: int, one: Field, text: str) -> _Note:
    """A text as it stands on a continuation sheet: whole, under the number and name of the person."""
    person = reader.record.people[number - 1]
    name = person.get("氏名") or person.get("氏名_外国人ローマ字", "")
    head = f"（{number}）{name}　{one.label.replace('/', '')}"
    return _Note(head, broken(text, WIDTH / (_NOTE_SIZE * POINT) - 1) or ())


def _continuation(notes: list[_Note]) -> Iterator[list[dict[str, Any]]]:
    """Notes page by page; a note longer than the rest of a page goes on under its head on the next."""
    page: list[dict[str, Any]] = []
    left = _NOTE_LINES
    for note in notes:
        lines = note.lines
        while lines:
            if left <= 1:
                yield page
                page, left = [], _NOTE_LINES
            page.append({"h": note.head, "t": lines[: left - 1], "s": _NOTE_SIZE})
            left -= 1 + len(lines[: left - 1])
            lines = lines[len(page[-1]["t"]) :]
    if page:
        yield page


def _rows(reader: Reader) -> list[list[dict[str, Any]]]:
    """The table of a kind, as many rows a sheet as it says, labels above each."""
    rows = _chosen_rows(reader)
    if not rows:
        reader.findings.append(problem("rows_missing", reader.kind.rows_table))
    filled = [_row(reader, row, before) for row, before in zip(rows, [None, *rows], strict=False)]
    if any(one.total for one in reader.kind.columns) and filled:
        filled.append(_total(reader, rows))
    per_sheet = reader.per_sheet
    chunks = [filled[at : at + per_sheet] for at in range(0, len(filled), per_sheet)] or [[]]
    return [[_table(reader, chunk)] for chunk in chunks]


def _chosen_rows(reader: Reader) -> list[Mapping[str, str]]:
    members = {person.get(NUMBER, "") for person in reader.record.people}
    found = reader.record.tables.get(reader.kind.rows_table, ())
    mine = (row for row in found if row.get(NUMBER, next(iter(members))) in members)
    return [row for row in mine if reader.fits(row, reader.kind.rows_where)]


def _row(reader: Reader, row: Mapping[str, str], before: Mapping[str, str] | None) -> dict[str, str]:
    texts = {}
    for one in reader.kind.columns:
        repeated = bool(one.once) and before is not None and all(row.get(item) == before.get(item) for item in one.once)
        texts[one.name] = "" if repeated else _column_text(reader, one, row)
    return texts


def _column_text(reader: Reader, one: Field, row: Mapping[str, str]) -> str:
    """A cell of the table: its parts read the row of the table itself."""
    parts = (reader.words(part, row, reader.kind.rows_table) for part in one.parts if _wanted(reader, part.choice))
    words = one.between.join(word for word in parts if word)
    if one.choice and not reader.chosen(one.choice):
        return one.omitted
    return reader.checked(one, words)


def _wanted(reader: Reader, choice: str) -> bool:
    return not choice or bool(reader.chosen(choice))


def _total(reader: Reader, rows: list[Mapping[str, str]]) -> dict[str, str]:
    texts = {one.name: "" for one in reader.kind.columns}
    texts[reader.kind.columns[0].name] = _TOTAL
    for one in reader.kind.columns:
        if one.total:
            amounts = (reader.words(one.parts[0], row, reader.kind.rows_table) for row in rows)
            texts[one.name] = _with_sign(sum(_number(amount) for amount in amounts))
    return texts


def _number(amount: str) -> int:
    return int(amount.replace(",", "").replace("△", "-") or "0")


def _with_sign(number: int) -> str:
    return f"△{-number:,}" if number < 0 else f"{number:,}"


def _table(reader: Reader, rows: list[dict[str, str]]) -> dict[str, Any]:
    columns = reader.kind.columns
    cells: list[list[Any]] = []
    for one in columns:
        label = fit(one.label.replace("/", "\n"), one.width, one.label_height, one.sizes)
        assert label is not None, f"the label of column {one.name} does not fit"
        cells.append(["l", 1, label.lines, label.size, "center"])
    for texts in rows:
        for one in columns:
            fitted = fitted_text(reader, one, texts[one.name])
            cells.append(["v", 1, fitted.lines, fitted.size, one.align])
    heights = [columns[0].label_height, *([max(one.height for one in columns)] * len(rows))]
    return {"w": [one.width for one in columns], "h": heights, "c": cells}
