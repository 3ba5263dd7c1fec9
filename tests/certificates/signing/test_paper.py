"""What stands on a paper is read back from its bytes, whichever characters a name has.

Oracle: the record that was drawn; the characters and sequences that the font says it has.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.certificates.signing.papers import KEY, Request, drawn, request

from yakuba.certificates import tag
from yakuba.certificates.font import face
from yakuba.certificates.paper import read_paper

NAME = 12
"""Characters of a name here."""


def named(serial: int, name: str) -> Request:
    wanted = request(serial)
    people = ({**wanted.record.people[0], "氏名": name},)
    return Request(wanted.order, replace(wanted.record, people=people))


def test_the_words_of_names_come_back_character_by_character() -> None:
    """Ideographs of every plane, compatibility ideographs, and sequences, mixed."""
    rng = Random(20261121)  # noqa: S311 - the same names in every run
    found = face()
    single = [chr(code) for code in found.characters if code > 0x3400 and not 0xE000 <= code < 0xF900]
    doubtful = [one for one in single if "\u2f00" <= one <= "\u2fdf" or "\uf900" <= one <= "\ufaff"]
    pool = [*rng.sample(single, 400), *rng.sample(sorted(found.sequences), 400), *rng.sample(doubtful, 100)]
    rng.shuffle(pool)
    for serial, start in enumerate(range(0, len(pool), NAME)):
        name = "".join(pool[start : start + NAME])
        assert name in read_paper(drawn(named(serial, name)).pdf).pages[0]


@pytest.mark.parametrize("name", ["（株）甲野", "((((甲))))", ")甲(", "甲\\野", "甲<野>", "甲(野", "さ" * 6 + "々" * 4])
def test_signs_that_mean_something_in_a_pdf_come_back(name: str) -> None:
    assert name in read_paper(drawn(named(1, name)).pdf).pages[0]


def test_glyphs_whose_codes_are_parentheses_come_back() -> None:
    """Codes are dealt out in order of first use: with some hundred different characters all of them occur, in pairs."""
    pool = [chr(code) for code in range(0x4E00, 0x4E00 + 300) if code in face().characters]
    for shift in range(8):
        name = "".join(pool[shift :: len(pool) // NAME][:NAME]) * 2
        wanted = named(shift, name)
        assert name in read_paper(drawn(wanted).pdf).pages[0]


@given(
    st.builds(
        tag.Tag,
        *(st.text(st.characters(codec="utf-8"), max_size=30) for _ in range(7)),
    )
)
def test_a_tag_comes_back_whole(made: tag.Tag) -> None:
    text = tag.write(made)
    assert text.isascii()
    assert " " not in text
    assert tag.read(text) == made


def test_the_tag_names_nobody_and_no_two_are_seen_to_belong_together() -> None:
    one, two = request(1).order, replace(request(1).order, request=request(2).order.request)
    keyed = [tag.subject_key(KEY, order, order.members) for order in (one, two)]
    assert keyed[0] != keyed[1]
    assert one.subject not in tag.write(tag.Tag("r", "990019", keyed[0], "k", "n", "t", "d"))
    assert tag.subject_key(KEY, one, ["2", "1"]) == tag.subject_key(KEY, one, ["1", "2"])
    assert tag.subject_key(KEY, one, ["12", "3"]) != tag.subject_key(KEY, one, ["1", "23"])
