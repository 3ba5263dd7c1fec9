"""Reading (記載内容): the words of one field for one person, with everything that is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from yakuba.certificates.fields import FOREIGN, JAPANESE
from yakuba.certificates.forms import FORMS, Reading, UnreadableError
from yakuba.certificates.glyphs import drawable
from yakuba.certificates.pictures import millimetres
from yakuba.certificates.problems import problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from yakuba.certificates.fields import Field, Part, Where
    from yakuba.certificates.kinds import Kind
    from yakuba.certificates.record import Order, Record
    from yakuba.kernel.finding import Finding

NUMBER = "宛名番号"
_FOREIGN_KIND = "2"
_HOUSEHOLD = "household"


@dataclass(slots=True)
class Reader:
    """Reads fields of one order; what it finds wrong it collects, so that all of it is told at once.

    Attributes:
        asked: rows that were asked for before: a form asks for the same ones (this 年度's) for nearly every cell.
    """

    kind: Kind
    order: Order
    record: Record
    findings: list[Finding] = field(default_factory=list)
    asked: dict[tuple[str, Where, str], tuple[Mapping[str, str], ...]] = field(default_factory=dict)

    def chosen(self, identifier: str) -> bool | str:
        """What was chosen, or the default."""
        choice = self.kind.choice(identifier)
        return self.order.choices.get(identifier, choice.default if choice else False)

    @property
    def per_sheet(self) -> int:
        """Cards or rows a sheet holds, as chosen."""
        single = self.kind.one_per_sheet_unless
        return 1 if single and not self.chosen(single) else self.kind.per_sheet

    def text(self, one: Field, person: Mapping[str, str]) -> str:
        """The words of a field; a field that was not chosen says so."""
        if one.choice and not self.chosen(one.choice):
            return one.omitted
        return self.checked(one, self._words(one, person))

    def checked(self, one: Field, words: str) -> str:
        """Words that can be drawn, with what stands for nothing; what is wrong with them is a finding."""
        self.findings += drawable(words.replace("\n", ""), one.label.replace("/", ""))
        if one.required and not words:
            self.findings.append(problem("item_empty", one.items[0]))
        return words or one.fill

    def _words(self, one: Field, person: Mapping[str, str]) -> str:
        if any(person.get(item, "") != value for item, value in one.when):
            return ""
        if any(person.get(item) == person.get(one.items[0]) for item in one.blank_if if person.get(item)):
            return ""
        found = (words for part in one.parts for words in self._part(part, person))
        return one.between.join(words for words in found if words)

    def _part(self, part: Part, person: Mapping[str, str]) -> Iterator[str]:
        if part.choice and not self.chosen(part.choice):
            return
        if part.choice_off and self.chosen(part.choice_off):
            return
        group = part.table if part.table not in ("", _HOUSEHOLD) else self.kind.group
        for row in self.rows(part, person):
            yield self.words(part, row, group)
            if not part.many:
                return

    def words(self, part: Part, row: Mapping[str, str], group: str) -> str:
        """One row in the form of a part; a value that cannot be read is a finding and prints nothing."""
        reading = Reading(row, part.items, self.kind.layouts.get(group, ""), group, self.order.issued_on)
        try:
            return FORMS[part.form](reading)
        except UnreadableError as error:
            self.findings.append(problem(str(error), part.items[0], reading.first))
            return ""

    def rows(self, part: Part, person: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
        """Rows of the part's table that belong to the person and are asked for."""
        if not part.table:
            yield person
        elif part.table == _HOUSEHOLD:
            yield self.record.household
        else:
            key = (part.table, part.where, person.get(NUMBER, ""))
            if key not in self.asked:
                self.asked[key] = tuple(self._rows(*key))
            yield from self.asked[key]

    def _rows(self, table: str, where: Where, mine: str) -> Iterator[Mapping[str, str]]:
        for row in self.record.tables.get(table, ()):
            if row.get(NUMBER, mine) == mine and self.fits(row, where):
                yield row

    def fits(self, row: Mapping[str, str], where: Where) -> bool:
        """Whether a row has what `where` asks for; `$x` stands for what was chosen for x, nothing chosen for any."""
        for item, wanted in where:
            if isinstance(wanted, str) and wanted.startswith("$"):
                given = self.chosen(wanted[1:])
                if given and row.get(item, "") != given:
                    return False
            elif row.get(item, "") not in ((wanted,) if isinstance(wanted, str) else wanted):
                return False
        return True

    def picture_size(self, item: str) -> tuple[float, float]:
        """Real size of a picture in millimetres; an unknown one is a finding."""
        found = next(one for one in self.kind.pictures if one.item == item)
        row = next(iter(self.record.tables.get(found.table, ())), {})
        said = (row.get(name, "") for name in (found.width, found.height, found.resolution))
        size = millimetres(self.record.images[item], *said)
        if size is None:
            self.findings.append(problem("image_size_missing", item))
        return size or (0.0, 0.0)


def who(person: Mapping[str, str]) -> str:
    """Whose form of the sheet a person gets."""
    return FOREIGN if person.get("住民種別") == _FOREIGN_KIND else JAPANESE
