"""A town's private characters as its old vendor hands them over: the font, the usage list, and what they really are.

The first codes are those of `town make --form vendor-a` for the same town, used by the residents who bear such names.
More follow as towns have them (forms of 邉, 髙, 﨑 …, three that no list has), used by a few people of invented names.
"""

from __future__ import annotations

import csv
from collections import Counter
from random import Random
from typing import TYPE_CHECKING

from yakuba.characters.tables import form_by_name, name_by_form
from yakuba.town._draw import table
from yakuba.town.gaiji import HEADER, assign, lacking
from yakuba.town.names import NameBook
from yakuba.town.population import make_population
from yakuba.town.vendor_font import Shape, write_vendor_font

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from yakuba.town.population import Population

FONT, USAGE, TRUTH = "gaiji.tte", "usage.csv", "truth.csv"
USAGE_HEADER = ("外字コード", "人数", "氏名", "フリガナ", "別表記")
_ENCODING = "cp932"
_STAND_IN = "〓"
_DECIDED = ("見本町町民課", "2026-04-01")
Use = tuple[str, str, str]


def write_gaiji(out: Path, residents: int, seed: int) -> dict[str, int]:
    """Write font, usage list and truth into a folder, which exists.

    Args:
        residents, seed: of the town, as for `town make`.

    Returns:
        how many glyphs, people and names.
    """
    population = make_population(residents, seed)
    invented = table("names", "private.csv")
    codes = _codes(population, invented)
    uses: dict[str, Counter[Use]] = {form: Counter() for form in codes}
    _residents(population, codes, uses)
    _invented(invented, seed, uses)
    write_vendor_font([Shape(code, form) for form, code in codes.items()], out / FONT, "見本外字明朝")
    _csv(out / USAGE, USAGE_HEADER, _rows(codes, uses))
    _csv(out / TRUTH, HEADER, (_truth(form, code) for form, code in codes.items()))
    people = sum(counts.total() for counts in uses.values())
    return {"glyphs": len(codes), "people": people, "names": sum(map(len, uses.values()))}


def _codes(population: Population, invented: Iterable[dict[str, str]]) -> dict[str, str]:
    """Private character by form: what the town's names lack in CP932, then the list's."""
    names = {word.text for person in population.people for word in (person.surname, person.given)}
    listed = [form_by_name()[row["MJ名"]] if row["MJ名"] else row["部品"] for row in invented]
    return assign(dict.fromkeys([*lacking(names, _ENCODING), *listed]))


def _residents(population: Population, codes: dict[str, str], uses: dict[str, Counter[Use]]) -> None:
    """Names of the people who live here, each under the character that it lacks."""
    usual = NameBook().bases
    longest_first = sorted(codes, key=len, reverse=True)
    for person in population.people:
        if not person.live or person.foreign:
            continue
        surname, given = person.surname, person.given
        form = next((form for form in longest_first if form in surname.text), "")
        if form and (len(form) > 1 or not _writes(form)):
            text = surname.text.replace(form, _STAND_IN)
            other = usual.get(surname.text, "")
            use = (f"{text}　{given.text}", f"{surname.kana}　{given.kana}", f"{other}　{given.text}" if other else "")
            uses[form][use] += 1


def _writes(character: str) -> bool:
    return not lacking([character], _ENCODING)


def _invented(rows: Iterable[dict[str, str]], seed: int, uses: dict[str, Counter[Use]]) -> None:
    """The list's surnames with given names of their own."""
    rng, book = Random(seed), NameBook()  # noqa: S311 - fiction, not secrets
    for row in rows:
        form = form_by_name()[row["MJ名"]] if row["MJ名"] else row["部品"]
        for _ in range(int(row["人数"])):
            given = book.given(rng, rng.choice("12"), 1930 + int(rng.random() * 90))
            kana = f"{row['フリガナ']}　{given.kana}" if row["フリガナ"] else ""
            other = f"{row['別表記']}　{given.text}" if row["別表記"] else ""
            uses[form][(f"{row['氏']}　{given.text}", kana, other)] += 1


def _rows(codes: dict[str, str], uses: dict[str, Counter[Use]]) -> list[tuple[str, ...]]:
    """Rows of the usage list, with the private character where the stand-in was."""
    return [
        (f"U+{ord(code):04X}", str(times), text.replace(_STAND_IN, code), kana, other)
        for form, code in codes.items()
        for (text, kana, other), times in uses[form].most_common()
    ]


def _truth(form: str, code: str) -> tuple[str, ...]:
    """A row of the 外字対応表 as it should come out."""
    name = name_by_form().get(form, "")
    likeness = "字形一致" if name else "該当なし"
    return f"U+{ord(code):04X}", form if name else "", name, likeness, *_DECIDED


def _csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as target:
        out = csv.writer(target, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)
