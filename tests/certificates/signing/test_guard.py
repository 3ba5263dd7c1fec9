"""The guard lets a document out only for the request it was drawn for, whichever way two of them get mixed up.

Oracle: our own statement (issue 4 §6) and the published incidents: another person's file printed after a time-out, a
later request that overwrites an earlier one, one program for several municipalities.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from io import BytesIO
from itertools import permutations
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import StreamObject
from tests.certificates.signing.papers import ISSUER, KEY, LOOK, Request, drawn, preview, request

from yakuba.certificates import tag
from yakuba.certificates.drawing import compose, render
from yakuba.certificates.guard import MismatchError, check
from yakuba.certificates.paper import UnreadableError, read_paper
from yakuba.certificates.record import Look

if TYPE_CHECKING:
    from yakuba.certificates.signing.keys import Keys

REQUESTS = [
    request(1),
    request(11),  # its number begins like the others'
    request(2, people=4),
    request(3, municipality="990027"),
    request(4, kind="kisai"),
    request(111),
]


class Sent:
    """Bytes that do not print themselves whole when a test fails."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pdf


@pytest.fixture(scope="module")
def sent(keys: Keys) -> list[Sent]:
    """The finished document of every request."""
    return [Sent(keys.signer.sign(drawn(wanted).pdf)) for wanted in REQUESTS]


def refused(pdf: bytes, wanted: Request, *, key: bytes = KEY) -> tuple[str, ...]:
    with pytest.raises(MismatchError) as found:
        check(pdf, wanted.order, key, names=wanted.names)
    return found.value.reasons


# ---- the right one passes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", range(len(REQUESTS)))
def test_the_right_document_passes(sent: list[Sent], place: int) -> None:
    check(sent[place].pdf, REQUESTS[place].order, KEY, names=REQUESTS[place].names)


def test_a_preview_passes_unsigned_and_never_signed(keys: Keys) -> None:
    wanted = preview(request(5))
    pdf = drawn(wanted).pdf
    check(pdf, wanted.order, KEY, names=wanted.names)
    assert refused(keys.signer.sign(pdf), wanted) == ("a preview is signed",)


@pytest.mark.parametrize("look", [Look(), Look(copy_guard=True, background=True, scramble=True)], ids=["bare", "full"])
def test_whatever_is_printed_besides_and_however_many_sheets(keys: Keys, look: Look) -> None:
    wanted = request(6, people=12)
    made = render(compose(wanted.order, wanted.record, ISSUER, look), "CODE", key=KEY)
    assert made.pages > 1
    check(keys.signer.sign(made.pdf), wanted.order, KEY, names=wanted.names)


@pytest.mark.parametrize(
    "remark", ["発行番号R8-000099の再交付", "発行番号　R8-000099　1／2ページ", "見本", "2／2ページ"]
)
def test_a_remark_that_reads_like_a_foot_stops_nobody(keys: Keys, remark: str) -> None:
    wanted = request(10)
    people = ({**wanted.record.people[0], "備考": remark, "氏名": remark},)
    wanted = Request(wanted.order, replace(wanted.record, people=people))
    check(keys.signer.sign(drawn(wanted).pdf), wanted.order, KEY, names=wanted.names)


def test_a_finished_paper_is_no_preview_and_a_preview_no_finished_paper(keys: Keys) -> None:
    wanted = request(10)
    finished = keys.signer.sign(drawn(wanted).pdf)
    assert any("foot" in reason for reason in refused(finished, preview(wanted)))
    assert any("foot" in reason for reason in refused(drawn(preview(wanted)).pdf, wanted))


# ---- every mix-up is caught ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("mine", "other"), list(permutations(range(len(REQUESTS)), 2)))
def test_swapped_documents_are_caught(sent: list[Sent], mine: int, other: int) -> None:
    assert refused(sent[other].pdf, REQUESTS[mine])


def test_swaps_planted_among_papers_made_at_the_same_time_are_all_caught_and_nothing_else(keys: Keys) -> None:
    rng = Random(6)  # noqa: S311 - the same swaps in every run
    wanted = [request(1000 + serial, people=1 + serial % 3) for serial in range(60)]
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda one: keys.signer.sign(drawn(one).pdf), wanted))
    mixed = rng.sample(range(60), 20)
    for one, other in zip(mixed[::2], mixed[1::2], strict=True):
        made[one], made[other] = made[other], made[one]
    caught = set()
    for place, (pdf, mine) in enumerate(zip(made, wanted, strict=True)):
        try:
            check(pdf, mine.order, KEY, names=mine.names)
        except MismatchError:
            caught.add(place)
    assert caught == set(mixed)


@pytest.mark.parametrize("people", [1, 4])
def test_a_record_fetched_for_somebody_else_is_caught(keys: Keys, people: int) -> None:
    """The order is right, the tag is written for it, but the people on the paper are others."""
    wanted, other = request(7, people=people), request(8, people=people)
    mixed = replace(compose(other.order, other.record, ISSUER, LOOK), order=wanted.order)
    reasons = refused(keys.signer.sign(render(mixed, key=KEY).pdf), wanted)
    assert "the tag is of another subject_key" in reasons
    assert any("names are not on the paper" in reason for reason in reasons)


def test_one_member_too_many_or_too_few_is_caught(keys: Keys) -> None:
    wanted = request(9, people=3)
    pdf = keys.signer.sign(drawn(wanted).pdf)
    for members in (wanted.order.members[:2], (*wanted.order.members, "999999999999999")):
        assert refused(pdf, Request(replace(wanted.order, members=members), wanted.record))


@pytest.mark.parametrize("other", [request(21), request(11), request(12, people=4)], ids=["short", "long", "many"])
def test_another_persons_pages_under_the_right_tag_are_caught(keys: Keys, other: Request) -> None:
    """As if the pages were swapped after the tag was written: only reading the words themselves can see it."""
    wanted = request(1)
    right = PdfReader(BytesIO(drawn(wanted).pdf))
    forged = PdfWriter(clone_from=BytesIO(drawn(other).pdf))
    assert right.metadata is not None
    forged.add_metadata({"/Keywords": right.metadata["/Keywords"]})
    (described, replaced) = (one.root_object["/Metadata"].get_object() for one in (right, forged))
    assert isinstance(described, StreamObject)
    assert isinstance(replaced, StreamObject)
    replaced.set_data(described.get_data())
    out = BytesIO()
    forged.write(out)
    assert {"/Keywords"} <= set(PdfReader(out).metadata or {})
    reasons = refused(keys.signer.sign(out.getvalue()), wanted)
    assert not any("tag" in reason for reason in reasons)
    assert reasons


def test_a_sheet_of_another_paper_among_the_right_ones_is_caught(keys: Keys) -> None:
    wanted, other = request(31, people=12), request(32, people=12)
    mixed = PdfWriter(clone_from=BytesIO(drawn(wanted).pdf))
    foreign = PdfReader(BytesIO(drawn(other).pdf)).pages[1]
    sheets = len(mixed.pages)
    mixed.insert_page(foreign, 1)
    mixed.remove_page(2)
    out = BytesIO()
    mixed.write(out)
    assert len(PdfReader(out).pages) == sheets
    assert any("foot" in reason for reason in refused(keys.signer.sign(out.getvalue()), wanted))


@pytest.mark.parametrize("field", [field.name for field in fields(tag.Tag) if field.name != "data_digest"])
def test_every_field_of_the_tag_counts(keys: Keys, monkeypatch: pytest.MonkeyPatch, field: str) -> None:
    wanted = request(41)
    whole = tag.tag_of
    monkeypatch.setattr(tag, "tag_of", lambda *args, **kwargs: replace(whole(*args, **kwargs), **{field: "0"}))
    reasons = refused(keys.signer.sign(drawn(wanted).pdf), wanted)
    assert reasons == (f"the tag is of another {field}",)


def test_another_municipalitys_secret_is_another_person(sent: list[Sent]) -> None:
    assert refused(sent[0].pdf, REQUESTS[0], key=bytes(32)) == ("the tag is of another subject_key",)


def test_another_version_of_the_form_is_caught(sent: list[Sent]) -> None:
    with pytest.raises(MismatchError, match="template_digest"):
        check(sent[0].pdf, REQUESTS[0].order, KEY, template_digest="0" * 64)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (lambda _: "nothing", "no inner tag"),
        (lambda _: tag.PREFIX + "e30", "the tag has other fields than a tag has"),
        (lambda made: tag.write(made)[:-9], "the tag is damaged"),
        (lambda made: f"{tag.write(made)} {tag.PREFIX}e30", "more than one inner tag"),
    ],
    ids=["missing", "empty", "cut", "double"],
)  # fmt: skip
def test_a_tag_that_is_missing_cut_or_double_is_caught(
    keys: Keys, monkeypatch: pytest.MonkeyPatch, written: object, reason: str
) -> None:
    wanted, whole = request(51), tag.write
    assert callable(written)

    def forged(made: tag.Tag) -> str:
        monkeypatch.setattr(tag, "write", whole)
        return str(written(made))

    monkeypatch.setattr(tag, "write", forged)
    pdf = drawn(wanted).pdf
    assert refused(keys.signer.sign(pdf), wanted) == (reason,)


def test_an_unsigned_document_is_not_sent() -> None:
    assert refused(drawn(REQUESTS[0]).pdf, REQUESTS[0]) == ("not one signature over the whole file",)


# ---- damaged files -------------------------------------------------------------------------------------------


@settings(max_examples=60)
@given(where=st.floats(0, 1, exclude_max=True))
def test_a_cut_file_is_caught_wherever_it_is_cut(sent: list[Sent], where: float) -> None:
    pdf = sent[0].pdf
    assert refused(pdf[: int(where * (len(pdf) - 1))], REQUESTS[0])


def test_a_file_cut_down_to_what_it_was_before_the_signature_is_caught(sent: list[Sent]) -> None:
    pdf = sent[0].pdf
    assert refused(pdf[: pdf.index(b"%%EOF") + 5], REQUESTS[0]) == ("not one signature over the whole file",)


@settings(max_examples=100)
@given(where=st.floats(0, 1, exclude_max=True), other=st.integers(1, 255))
def test_a_changed_byte_that_is_signed_is_caught(sent: list[Sent], where: float, other: int) -> None:
    pdf = sent[0].pdf
    place = int(where * pdf.index(b"/ByteRange") / 2)
    assert refused(pdf[:place] + bytes([pdf[place] ^ other]) + pdf[place + 1 :], REQUESTS[0])


@pytest.mark.parametrize("changed", [b"/Fl`teDecode", b"/DCTDecode__"])
def test_a_way_of_packing_that_nobody_can_read_is_caught(sent: list[Sent], changed: bytes) -> None:
    assert refused(sent[0].pdf.replace(b"/FlateDecode", changed, 1), REQUESTS[0])


@settings(max_examples=100)
@given(noise=st.binary(max_size=300), at=st.floats(0, 1))
def test_noise_in_the_file_never_makes_it_fail_otherwise(sent: list[Sent], noise: bytes, at: float) -> None:
    pdf = sent[0].pdf
    place = int(at * len(pdf))
    try:
        read_paper(pdf[:place] + noise + pdf[place + len(noise) :])
    except UnreadableError:
        return


def test_reasons_hold_nobodys_data(sent: list[Sent]) -> None:
    with pytest.raises(MismatchError) as found:
        check(sent[1].pdf, REQUESTS[0].order, KEY, names=REQUESTS[0].names)
    said = str(found.value)
    for wanted in REQUESTS[:2]:
        for secret in (*wanted.names, wanted.order.subject, wanted.order.number, wanted.order.request):
            assert secret not in said
